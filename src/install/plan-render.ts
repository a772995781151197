import type { TemplateFormat } from "./config-format.js";
import type { InstallPlan } from "./install-plan.js";
import type { InstallValues } from "./install-values.js";
import { parseTemplate, renderTemplate, type ParsedTemplate } from "./render.js";
import type { Snippets } from "./template-include.js";

/** What a boot loader starts. Paths begin with /images/, or are absolute http URLs. */
export interface Installer {
  readonly title: string;
  /** Whether the kernel is a boot program of its own, and no Linux. */
  readonly isChained?: boolean;
  readonly kernel: string;
  readonly initrds: readonly string[];
  readonly arguments: string;
}

/** @throws InvalidInput when the kernel line cannot be written for this machine */
export function installerOf(plan: InstallPlan, values: InstallValues): Installer {
  const { profile, title, boots, kernel, initrds, snippets } = plan;
  const line = parsed(`${profile}.arguments`, "KERNEL_ARGUMENTS", plan.arguments, snippets);
  return {
    ...{ title, isChained: boots === "CHAIN", kernel, initrds },
    arguments: renderTemplate(line, values),
  };
}

/** @throws InvalidInput when the file cannot be written for this machine */
export function configOf({ template, snippets }: InstallPlan, values: InstallValues, saltSeed?: string): string {
  return renderTemplate(parsed(template.name, template.format, template.text, snippets), values, saltSeed);
}

// Reading a template takes some times as long as rendering it, and thousands of machines have the same few.
const KEPT = 64;
const kept = new Map<string, ParsedTemplate>();

function parsed(name: string, format: TemplateFormat, text: string, snippets: Snippets): ParsedTemplate {
  const key = JSON.stringify([name, format, text, snippets]);
  const known = kept.get(key);
  if (known !== undefined) return known;
  const template = parseTemplate(name, format, text, snippets);
  const [oldest] = kept.keys();
  if (kept.size >= KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(key, template);
  return template;
}
