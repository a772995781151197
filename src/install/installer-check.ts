import { access } from "node:fs/promises";
import { join } from "node:path";
import type { EntityManager } from "typeorm";
import type { App } from "../context.js";
import { CallerError, Conflict, forEachInput } from "../errors.js";
import { machineName } from "../machine/machine-name.js";
import type { Machine } from "../machine/machine.entity.js";
import type { InstallPlan } from "./install-plan.js";
import { belongingsOf, valuesOf, type Belongings } from "./install-values.store.js";
import type { Arming } from "./installation.store.js";
import { renderersOf } from "./plan-render.js";

/**
 * Would these machines get their installers? Renders the boot script and the configuration of each and looks for the
 * images: better refused at a desk than failed on a floor.
 *
 * @throws Refusals naming each machine that would not, and why: a missing image, a value that the template needs and
 * this machine lacks
 */
export async function checkBoots(app: App, manager: EntityManager, armings: readonly Arming[]): Promise<void> {
  const belongings = await belongingsOf(
    manager,
    armings.map(({ machine }) => machine),
  );
  // A thousand machines have one profile, or a few: each is read once.
  const checks = new Map<number, Check>();
  for (const { planId, plan } of armings) {
    if (!checks.has(planId)) checks.set(planId, await checkOf(app, plan));
  }
  await forEachInput("machines", armings, ({ machine, planId }) => {
    try {
      checks.get(planId)?.(machine, belongings(machine));
    } catch (error) {
      throw error instanceof CallerError ? new Conflict(`${machineName(machine)}: ${error.message}`) : error;
    }
    return Promise.resolve();
  });
}

/** @throws CallerError where this machine would not get its installer */
type Check = (machine: Machine, belongings: Belongings) => void;

async function checkOf(app: App, plan: InstallPlan): Promise<Check> {
  const { kernel, initrds } = plan;
  if (plan.boots !== "LOCAL_DISK" && kernel === "") {
    const why = `profile ${plan.profile} has no kernel: it is a parent of others`;
    return () => {
      throw new Conflict(why);
    };
  }
  const missing = await missingImage(app.config.images, [kernel, ...initrds]);
  const render = renderersOf(plan);
  return (machine, belongings) => {
    if (missing !== undefined) throw new Conflict(`profile ${plan.profile} boots ${missing}`);
    const values = valuesOf(app.vault, { machine, plan, token: "preview", base: app.bootAddress }, belongings);
    app.boots.checkInstaller(render.installer(values));
    render.config(values);
  };
}

async function missingImage(folder: string, files: readonly string[]): Promise<string | undefined> {
  for (const file of files.filter((each) => each.startsWith("/images/"))) {
    const path = join(folder, file.slice("/images/".length));
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (!isThere) {
      const name = file.split("/")[2] ?? "";
      return `${file}, and there is no file ${path}; put it there with: kickrack image import ${name} SOURCE`;
    }
  }
  return undefined;
}
