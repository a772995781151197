import { access } from "node:fs/promises";
import { join } from "node:path";
import type { EntityManager } from "typeorm";
import type { App } from "../context.js";
import { CallerError, Conflict, forEachInput } from "../errors.js";
import { groupBy } from "../graphql/batched.js";
import { machineName } from "../machine/machine-name.js";
import type { Machine } from "../machine/machine.entity.js";
import { belongingsOf, valuesOf, type Belongings } from "./install-values.store.js";
import type { Profile } from "./profile.entity.js";
import { parseTemplate, renderTemplate } from "./render.js";

/**
 * Would these machines get their installers? Renders the boot script and the configuration of each and looks for the
 * images: better refused at a desk than failed on a floor.
 *
 * @throws Refusals naming each machine that would not, and why: a missing image, a value that the template needs and
 * this machine lacks
 */
export async function checkBoots(
  app: App,
  manager: EntityManager,
  armings: ReadonlyArray<{ readonly machine: Machine; readonly profile: Profile }>,
): Promise<void> {
  const belongings = await belongingsOf(
    manager,
    armings.map(({ machine }) => machine),
  );
  // A thousand machines have one profile, or a few: each is read once.
  const checks = new Map<number, Check>();
  for (const [id, [first]] of groupBy(armings, ({ profile }) => profile.id)) {
    if (first !== undefined) checks.set(id, await checkOf(app, first.profile));
  }
  await forEachInput("machines", armings, ({ machine, profile }) => {
    try {
      checks.get(profile.id)?.(machine, belongings(machine));
    } catch (error) {
      throw error instanceof CallerError ? new Conflict(`${machineName(machine)}: ${error.message}`) : error;
    }
    return Promise.resolve();
  });
}

/** @throws CallerError where this machine would not get its installer */
type Check = (machine: Machine, belongings: Belongings) => void;

async function checkOf(app: App, profile: Profile): Promise<Check> {
  const { title, kernel, initrds, template } = profile;
  const missing = await missingImage(app.config.images, [kernel, ...initrds]);
  const args = parseTemplate(`${profile.name}.arguments`, "KERNEL_ARGUMENTS", profile.arguments);
  const config = parseTemplate(template.name, template.format, template.text);
  return (machine, belongings) => {
    if (missing !== undefined) throw new Conflict(`profile ${profile.name} boots ${missing}`);
    const values = valuesOf({ machine, profile, token: "preview", base: app.bootAddress }, belongings);
    app.boots.checkInstaller({ title, kernel, initrds, arguments: renderTemplate(args, values) });
    renderTemplate(config, values);
  };
}

async function missingImage(folder: string, files: readonly string[]): Promise<string | undefined> {
  for (const file of files.filter((each) => each.startsWith("/images/"))) {
    const path = join(folder, file.slice("/images/".length));
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (!isThere) return `${file}, and there is no file ${path}`;
  }
  return undefined;
}
