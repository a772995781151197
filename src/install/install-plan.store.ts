import { createHash } from "node:crypto";
import { In, type EntityManager } from "typeorm";
import { canonicalJson, type Json } from "../changes/change-set.js";
import type { InstallPlan } from "./install-plan.js";
import { KeptPlan } from "./install-plan.entity.js";
import type { ParameterLevel } from "./parameters.js";
import { Template, type Profile } from "./profile.entity.js";
import { ancestorsOf } from "./profile-tree.store.js";
import { includedNames } from "./template-include.js";

/** What a machine that is armed with this profile now would install. */
export async function planOf(manager: EntityManager, profile: Profile): Promise<InstallPlan> {
  const { name, title, boots, kernel, initrds, template } = profile;
  const parents = await ancestorsOf(manager, profile);
  const snippets = await snippetsOf(manager, [template.text, profile.arguments]);
  const levels: ParameterLevel[] = [
    { source: "PROFILE", from: name, parameters: profile.parameters },
    ...parents.map((parent) => ({ source: "PARENT" as const, from: parent.name, parameters: parent.parameters })),
    ...[template, ...snippets].map(defaultsOf),
  ];
  return {
    profile: name,
    title,
    boots,
    kernel,
    initrds,
    arguments: profile.arguments,
    template: { name: template.name, format: template.format, text: template.text },
    snippets: textsByName(snippets),
    levels,
  };
}

export function defaultsOf({ name, parameters }: Template): ParameterLevel {
  return { source: "DEFAULT", from: name, parameters };
}

export function textsByName(snippets: readonly Template[]): Record<string, string> {
  return Object.fromEntries(snippets.map(({ name, text }) => [name, text]));
}

/** The snippets that these texts include, and those that they include; one that is not there is left to the parser. */
export async function snippetsOf(manager: EntityManager, texts: readonly string[]): Promise<Template[]> {
  const found = new Map<string, Template>();
  let names = texts.flatMap(includedNames);
  while (names.length > 0) {
    const more = await manager.findBy(Template, { name: In(names), format: "SNIPPET" });
    for (const snippet of more) found.set(snippet.name, snippet);
    names = more.flatMap(({ text }) => includedNames(text)).filter((name) => !found.has(name));
  }
  return [...found.values()];
}

/** Keeps a plan, once. @returns its id */
export async function keepPlan(manager: EntityManager, content: InstallPlan): Promise<number> {
  const digest = createHash("sha256")
    .update(canonicalJson(content as unknown as Json))
    .digest("hex");
  await manager.createQueryBuilder().insert().into(KeptPlan).values({ digest, content }).orIgnore().execute();
  return (await manager.findOneByOrFail(KeptPlan, { digest })).id;
}

/** @throws Error when the installation was armed before there were plans: none of those is open any more */
export async function planById(manager: EntityManager, id: number | null): Promise<InstallPlan> {
  if (id === null) throw new Error("this installation has no plan");
  return (await manager.findOneByOrFail(KeptPlan, { id })).content;
}
