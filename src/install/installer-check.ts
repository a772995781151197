import { access } from "node:fs/promises";
import { join } from "node:path";
import type { EntityManager } from "typeorm";
import type { App } from "../context.js";
import { Conflict } from "../errors.js";
import type { Machine } from "../machine/machine.entity.js";
import { installValues } from "./install-values.store.js";
import type { Profile } from "./profile.entity.js";
import { parseTemplate, renderTemplate } from "./render.js";

/**
 * Would this machine get its installer? Renders its boot script and its configuration and looks for its images: better
 * refused at a desk than failed on a floor.
 *
 * @throws Conflict for a missing image, InvalidInput for a value that the template needs and this machine lacks
 */
export async function checkBoot(app: App, manager: EntityManager, machine: Machine, profile: Profile): Promise<void> {
  for (const file of [profile.kernel, ...profile.initrds]) {
    if (!file.startsWith("/images/")) continue;
    const path = join(app.config.images, file.slice("/images/".length));
    await access(path).catch(() => {
      throw new Conflict(`profile ${profile.name} boots ${file}, and there is no file ${path}`);
    });
  }
  const values = await installValues(manager, { machine, profile, token: "preview", base: app.bootAddress });
  const args = renderTemplate(
    parseTemplate(`${profile.name}.arguments`, "KERNEL_ARGUMENTS", profile.arguments),
    values,
  );
  const { title, kernel, initrds } = profile;
  app.boots.checkInstaller({ title, kernel, initrds, arguments: args });
  const { name, format, text } = profile.template;
  renderTemplate(parseTemplate(name, format, text), values);
}
