import type { EntityManager } from "typeorm";
import type { Transaction } from "../db/database.js";
import { insertWithId } from "../db/insert-with-id.js";
import { Conflict, inField, InvalidInput, NotFound } from "../errors.js";
import { parseName } from "../name.js";
import type { ConfigFormat } from "./config-format.js";
import { templateKind } from "./install.kinds.js";
import { planOf, snippetsOf, defaultsOf, textsByName } from "./install-plan.store.js";
import { changedParameters, mergedParameters, valuesByName, type StoredParameters } from "./parameters.js";
import { checkPlanOf } from "./profile-check.js";
import { Profile, Template } from "./profile.entity.js";
import { rendersForPeople } from "./render-thread.js";
import { includedNames } from "./template-include.js";
import { TEMPLATE_LIMIT } from "./template-language.js";
import type { Vault } from "./vault.js";
import { keepTemplateVersion } from "./version.store.js";

export interface TemplateValues {
  readonly name: string;
  readonly format: ConfigFormat;
  readonly text: string;
  /** Changes of its defaults; see `changedParameters`. */
  readonly parameters?: Readonly<Record<string, unknown>> | null;
}

/**
 * Creates a template or replaces its text. It has to render, and so has every profile that it is part of.
 *
 * @throws InvalidInput when the text is no template, names an unknown value or does not render for a sample machine
 */
export async function saveTemplate(transaction: Transaction, vault: Vault, values: TemplateValues): Promise<Template> {
  const { manager, changes } = transaction;
  const name = inField(["name"], () => parseName("template", values.name));
  const { format, text } = values;
  if (text.length > TEMPLATE_LIMIT || text.includes("\0")) {
    throw new InvalidInput(`a template is a text of at most ${TEMPLATE_LIMIT} characters without NUL`, ["text"]);
  }
  const known = await manager.findOneBy(Template, { name });
  if (known !== null && known.format !== format) await checkUnused(manager, known, "format");
  const parameters = inField(["parameters"], () =>
    changedParameters(vault, known?.parameters ?? {}, values.parameters ?? {}),
  );
  if (known !== null) await changes.watch(templateKind, [known.id]);
  const template = await manager.save(manager.create(Template, { ...(known ?? {}), name, format, text, parameters }));
  changes.created(templateKind, [template.id]);
  await checkAlone(manager, vault, template);
  await checkUsers(manager, vault, template);
  await keepTemplateVersion(transaction, template);
  return template;
}

async function checkAlone(manager: EntityManager, vault: Vault, template: Template): Promise<void> {
  const snippets = await snippetsOf(manager, [template.text]);
  const parameters = valuesByName(mergedParameters([template, ...snippets].map(defaultsOf), vault));
  const { name, format, text } = template;
  await rendersForPeople.check({ name, format, text, parameters, snippets: textsByName(snippets), field: ["text"] });
}

/** Every template that includes it, and every profile that has one of them. */
async function checkUsers(manager: EntityManager, vault: Vault, template: Template): Promise<void> {
  const names = await usersOf(manager, template);
  const profiles = await manager.find(Profile);
  for (const profile of profiles) {
    if (!names.has(profile.template.name) && !includedNames(profile.arguments).some((each) => names.has(each)))
      continue;
    await checkPlanOf(await planOf(manager, profile), vault, "text");
  }
}

/** Its own name and those of the templates and snippets that include it, through others too. */
async function usersOf(manager: EntityManager, template: Template): Promise<Set<string>> {
  const names = new Set([template.name]);
  if (template.format !== "SNIPPET") return names;
  const all = await manager.find(Template);
  for (let before = 0; before < names.size;) {
    before = names.size;
    for (const { name, text } of all) if (includedNames(text).some((each) => names.has(each))) names.add(name);
  }
  return names;
}

/** @throws NotFound, Conflict while profiles or templates use it */
export async function deleteTemplate({ manager, changes }: Transaction, name: string): Promise<Template> {
  const template = await templateNamed(manager, name, "template");
  await checkUnused(manager, template, "template");
  await changes.watch(templateKind, [template.id]);
  await manager.delete(Template, { id: template.id });
  return template;
}

/** A deleted template as it was, under its old id. */
export async function recreateTemplate(
  transaction: Transaction,
  id: number,
  values: Omit<TemplateValues, "parameters"> & { readonly parameters: StoredParameters },
): Promise<void> {
  const { manager, changes } = transaction;
  const { name, format, text, parameters } = values;
  if (await manager.existsBy(Template, { name })) throw new Conflict(`there is a template ${name} already`, ["change"]);
  await insertWithId(manager, Template, { id, name, format, text, parameters });
  changes.created(templateKind, [id]);
}

async function checkUnused(manager: EntityManager, template: Template, field: string): Promise<void> {
  const { id, name } = template;
  const profile = await manager.findOneBy(Profile, { templateId: id });
  const users = profile === null ? await usersOf(manager, template) : [name, `profile ${profile.name}`];
  const [, user] = [...users];
  if (user === undefined) return;
  const instead = field === "format" ? "save this text under another name" : "give that another one first";
  throw new Conflict(`${user} uses template ${name}; ${instead}`, [field]);
}

export async function templateNamed(manager: EntityManager, name: string, field: string): Promise<Template> {
  const template = await manager.findOneBy(Template, { name });
  if (template === null) throw new NotFound(`no template ${JSON.stringify(name)}`, [field]);
  return template;
}

/** What a profile has that needs no configuration. */
export async function emptyTemplate(transaction: Transaction, vault: Vault): Promise<Template> {
  const known = await transaction.manager.findOneBy(Template, { name: "no-configuration" });
  return known ?? saveTemplate(transaction, vault, { name: "no-configuration", format: "NONE", text: "" });
}
