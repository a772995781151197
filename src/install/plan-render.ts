import type { InstallPlan } from "./install-plan.js";
import type { InstallValues } from "./install-values.js";
import { parseTemplate, renderTemplate } from "./render.js";

/** What a boot loader starts. Paths begin with /images/, or are absolute http URLs. */
export interface Installer {
  readonly title: string;
  /** Whether the kernel is a boot program of its own, and no Linux. */
  readonly isChained?: boolean;
  readonly kernel: string;
  readonly initrds: readonly string[];
  readonly arguments: string;
}

/** Reads a plan's texts once, for as many machines as there are. @throws InvalidInput */
export function renderersOf(plan: InstallPlan): {
  readonly installer: (values: InstallValues) => Installer;
  readonly config: (values: InstallValues, saltSeed?: string) => string;
} {
  const { title, boots, kernel, initrds, template, snippets } = plan;
  const line = parseTemplate(`${plan.profile}.arguments`, "KERNEL_ARGUMENTS", plan.arguments, snippets);
  const file = parseTemplate(template.name, template.format, template.text, snippets);
  return {
    installer: (values) => ({
      ...{ title, isChained: boots === "CHAIN", kernel, initrds },
      arguments: renderTemplate(line, values),
    }),
    config: (values, saltSeed) => renderTemplate(file, values, saltSeed),
  };
}
