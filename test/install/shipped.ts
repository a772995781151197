import type { ParameterValue } from "../../src/install/install-values.js";
import { SHIPPED_PROFILES, type ShippedProfile } from "../../src/install/shipped/shipped-profiles.js";
import { SHIPPED_TEMPLATES, shippedText, type ShippedTemplate } from "../../src/install/shipped/shipped-templates.js";

/** A shipped profile with what it has of its parents and of its template. */
export interface Shipped {
  readonly name: string;
  readonly arguments: string;
  readonly template: ShippedTemplate;
  readonly text: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

/** What a template has no default for, and a profile or an operator has to give. */
export const NEEDED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "redhat.ks": { baseOs: "http://mirror.example.net/os/" },
  "suse.autoyast": { repository: "http://mirror.example.net/leap/" },
  "esxi.ks": { rootPasswordHash: "$6$abcdefgh$ABC" },
};

export function shipped(name: string): Shipped {
  const line: ShippedProfile[] = [];
  for (let next: string | undefined = name; next !== undefined; next = line.at(-1)?.parent) {
    const found = SHIPPED_PROFILES.find((each) => each.name === next);
    if (found === undefined) throw new Error(`no profile ${next}`);
    line.push(found);
  }
  const templateName = line.find((each) => each.template)?.template ?? "no-configuration";
  const template = SHIPPED_TEMPLATES.find((each) => each.name === templateName);
  if (template === undefined) throw new Error(`no template ${templateName}`);
  const levels = [NEEDED[templateName], template.parameters, ...line.toReversed().map((each) => each.parameters)];
  const parameters: Shipped["parameters"] = Object.fromEntries(levels.flatMap((level) => Object.entries(level ?? {})));
  const args = line.find((each) => each.arguments)?.arguments ?? "";
  return {
    name,
    arguments: args,
    template,
    text: shippedText(template),
    parameters,
  };
}
