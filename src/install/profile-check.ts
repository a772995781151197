import { CallerError, InvalidInput } from "../errors.js";
import type { InstallPlan } from "./install-plan.js";
import { isSecretName, mergedParameters, valuesByName } from "./parameters.js";
import { rendersForPeople } from "./render-thread.js";
import type { Vault } from "./vault.js";

/**
 * Does what this plan is made of render for a machine of which everything is known?
 *
 * @throws InvalidInput in the field `arguments` or `template`
 */
export async function checkPlan(plan: InstallPlan, vault: Vault): Promise<void> {
  const merged = mergedParameters(plan.levels, vault);
  const secrets = new Set(merged.filter(({ isSecret }) => isSecret).map(({ name }) => name));
  const parameters = valuesByName(merged);
  const { template, snippets } = plan;
  const name = `${plan.profile}.arguments`;
  const line = { name, format: "KERNEL_ARGUMENTS", text: plan.arguments, field: ["arguments"] } as const;
  const names = await rendersForPeople.check({ ...line, parameters, snippets });
  const secret = names.find((each) => secrets.has(each) || isSecretName(each));
  if (secret !== undefined) {
    const why = "a kernel line stands on the machine's screen and in PXELINUX's files; write it into the template";
    throw new InvalidInput(`${name}: parameters.${secret} is a secret, and ${why}`, line.field);
  }
  await rendersForPeople.check({ ...template, parameters, snippets, field: ["template"] });
}

/** As `checkPlan`, where somebody else's profile is checked: names it, in the field that was given. */
export async function checkPlanOf(plan: InstallPlan, vault: Vault, field: string): Promise<void> {
  try {
    await checkPlan(plan, vault);
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
