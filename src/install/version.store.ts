import type { Transaction } from "../db/database.js";
import { canonicalJson, type Json } from "../changes/change-set.js";
import { INHERITABLE, type Profile, type Template } from "./profile.entity.js";
import { ProfileVersion, TemplateVersion, type ProfileContent } from "./version.entity.js";

/** To be called after every save: the template as it is now becomes a version, when it is another than the last one. */
export async function keepTemplateVersion({ manager, origin }: Transaction, template: Template): Promise<void> {
  const { id: templateId, name, format, text, parameters } = template;
  const last = await manager.findOne(TemplateVersion, { where: { templateId }, order: { number: "DESC" } });
  const now = { name, format, text, parameters };
  if (
    last !== null &&
    isSame(now, { name: last.name, format: last.format, text: last.text, parameters: last.parameters })
  )
    return;
  await manager.insert(TemplateVersion, { templateId, ...now, ...after(last), savedBy: origin.actor });
}

export async function keepProfileVersion(
  { manager, origin }: Transaction,
  profile: Profile,
  parent: string | null,
): Promise<void> {
  const { id: profileId } = profile;
  const last = await manager.findOne(ProfileVersion, { where: { profileId }, order: { number: "DESC" } });
  const content = contentOf(profile, parent);
  if (last !== null && isSame(content, last.content)) return;
  await manager.insert(ProfileVersion, { profileId, content, ...after(last), savedBy: origin.actor });
}

export function contentOf(profile: Profile, parent: string | null): ProfileContent {
  const { name, title, boots, kernel, initrds, inherited, parameters } = profile;
  const all = { boots, kernel, initrds, arguments: profile.arguments, template: profile.template.name };
  const own = Object.fromEntries(
    INHERITABLE.filter((field) => !inherited.includes(field)).map((field) => [field, all[field]]),
  );
  return { name, title, parent, own, parameters };
}

function after(last: { readonly id: number; readonly number: number } | null) {
  return { number: (last?.number ?? 0) + 1, previousId: last?.id ?? null, savedAt: new Date() };
}

function isSame(one: object, other: object): boolean {
  return canonicalJson(one as Json) === canonicalJson(other as Json);
}
