import { open } from "node:fs/promises";
import { join } from "node:path";
import type { EntityManager } from "typeorm";
import type { App } from "../context.js";
import { CallerError, Conflict, forEachInput } from "../errors.js";
import { machineName } from "../machine/machine-name.js";
import type { Machine } from "../machine/machine.entity.js";
import { HEAD_BYTES, misfit, readBootImage, type BootImage } from "./image/boot-image.js";
import type { InstallPlan } from "./install-plan.js";
import { belongingsOf, valuesOf, type Belongings } from "./install-values.store.js";
import type { Arming } from "./installation.store.js";
import { rendersForPeople } from "./render-thread.js";

/**
 * Would these machines get their installers? Renders the boot script and the configuration of each and looks at the
 * images: better refused at a desk than failed on a floor.
 *
 * @throws Refusals naming each machine that would not, and why: a missing image, one for another architecture or
 * firmware, a value that the template needs and this machine lacks
 */
export async function checkBoots(app: App, manager: EntityManager, armings: readonly Arming[]): Promise<void> {
  const belongings = await belongingsOf(
    manager,
    armings.map(({ machine }) => machine),
  );
  // A thousand machines have one profile, or a few: its images are looked at once.
  const checks = new Map<number, Check>();
  for (const { planId, plan } of armings) {
    if (!checks.has(planId)) checks.set(planId, await checkOf(app, plan));
  }
  await forEachInput("machines", armings, async ({ machine, planId }) => {
    try {
      await checks.get(planId)?.(machine, belongings(machine));
    } catch (error) {
      throw error instanceof CallerError ? new Conflict(`${machineName(machine)}: ${error.message}`) : error;
    }
  });
}

/** @throws CallerError where this machine would not get its installer */
type Check = (machine: Machine, belongings: Belongings) => Promise<void>;

async function checkOf(app: App, plan: InstallPlan): Promise<Check> {
  const { kernel, initrds, boots, profile } = plan;
  if (boots !== "LOCAL_DISK" && kernel === "") {
    return () => Promise.reject(new Conflict(`profile ${profile} has no kernel: it is a parent of others`));
  }
  const { missing, image } = await lookAt(app.config.images, kernel, initrds);
  return async (machine, belongings) => {
    if (missing !== undefined) throw new Conflict(`profile ${profile} boots ${missing}`);
    const why = misfit(image, machine);
    if (why !== undefined) throw new Conflict(`profile ${profile} boots ${kernel}, which ${why}; ${OTHER_IMAGE}`);
    const values = valuesOf(app.vault, { machine, plan, token: "preview", base: app.bootAddress }, belongings);
    const [installer] = await Promise.all([
      rendersForPeople.installer(plan, values),
      rendersForPeople.config(plan, values),
    ]);
    app.boots.checkInstaller(installer);
  };
}

const OTHER_IMAGE = "import one that fits under another name, and give it to a child of the profile as its kernel";

/** What somebody else's URL leads to is not known. */
async function lookAt(
  folder: string,
  kernel: string,
  initrds: readonly string[],
): Promise<{ readonly missing?: string; readonly image: BootImage }> {
  let image: BootImage = {};
  for (const file of [kernel, ...initrds].filter((each) => each.startsWith("/images/"))) {
    const path = join(folder, file.slice("/images/".length));
    const head = await headOf(path);
    if (head === undefined) {
      const name = file.split("/")[2] ?? "";
      const what = `${file}, and there is no file ${path}; put it there with: kickrack image import ${name} SOURCE`;
      return { missing: what, image };
    }
    if (file === kernel) image = readBootImage(head);
  }
  return { image };
}

/** Undefined when there is no such file. */
async function headOf(path: string): Promise<Buffer | undefined> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } catch {
    return undefined; // a folder
  } finally {
    await file.close();
  }
}
