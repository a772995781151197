import { CallerError, inField, InvalidInput } from "../errors.js";
import type { InstallPlan } from "./install-plan.js";
import { isSecretName, mergedParameters, valuesByName } from "./parameters.js";
import { checkTemplate } from "./render.js";
import type { Vault } from "./vault.js";

/**
 * Does what this plan is made of render for a machine of which everything is known?
 *
 * @throws InvalidInput in the field `arguments` or `template`
 */
export function checkPlan(plan: InstallPlan, vault: Vault): void {
  const parameters = mergedParameters(plan.levels, vault);
  const secrets = new Set(parameters.filter(({ isSecret }) => isSecret).map(({ name }) => name));
  const values = valuesByName(parameters);
  const { template, snippets } = plan;
  inField(["arguments"], () => {
    const name = `${plan.profile}.arguments`;
    const { parameterNames } = checkTemplate(name, "KERNEL_ARGUMENTS", plan.arguments, values, snippets);
    const secret = parameterNames.find((each) => secrets.has(each) || isSecretName(each));
    if (secret === undefined) return;
    const why = "a kernel line stands on the machine's screen and in PXELINUX's files; write it into the template";
    throw new InvalidInput(`${name}: parameters.${secret} is a secret, and ${why}`);
  });
  inField(["template"], () => checkTemplate(template.name, template.format, template.text, values, snippets));
}

/** As `checkPlan`, where somebody else's profile is checked: names it, in the field that was given. */
export function checkPlanOf(plan: InstallPlan, vault: Vault, field: string): void {
  try {
    checkPlan(plan, vault);
  } catch (error) {
    if (!(error instanceof CallerError)) throw error;
    throw new InvalidInput(`profile ${plan.profile} would not render: ${error.message}`, [field]);
  }
}

/** A path that /images serves, or somebody else's http URL: in both, nothing that a boot loader would read as more. */
export function checkImage(file: string, field: readonly string[]): void {
  const path = /^\/images\/[A-Za-z0-9._~/-]{1,400}$/;
  const url = /^https?:\/\/[A-Za-z0-9.:[\]-]+\/[A-Za-z0-9._~/%-]{1,400}$/;
  if ((!path.test(file) && !url.test(file)) || file.split("/").includes("..")) {
    throw new InvalidInput(
      `${JSON.stringify(file.slice(0, 200))} is no kernel or initrd; write a path like /images/debian-12/linux, or an http URL`,
      field,
    );
  }
}
