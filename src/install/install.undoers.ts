import type { EntityManager } from "typeorm";
import { sameJson, type Facts, type Json } from "../changes/change-set.js";
import type { ChangeEntry } from "../changes/change.entity.js";
import type { WriteContext } from "../context.js";
import { Conflict } from "../errors.js";
import { Machine } from "../machine/machine.entity.js";
import { Rack } from "../rack/rack.entity.js";
import { setMachineParameters, setRackParameters } from "./machine-parameters.store.js";
import { isTold8, told8, type StoredParameters } from "./parameters.js";
import { Profile, Template } from "./profile.entity.js";
import { deleteProfile, recreateProfile, updateProfile, type ProfileChanges } from "./profile.store.js";
import { deleteTemplate, recreateTemplate, saveTemplate, type TemplateValues } from "./template.store.js";
import { isSealed, type Vault } from "./vault.js";
import { ProfileVersion, TemplateVersion } from "./version.entity.js";

const FIELD = ["change"];

export async function undoProfile({ app, transaction }: WriteContext, entry: ChangeEntry): Promise<void> {
  const { manager } = transaction;
  const { objectId: profileId, before, after } = entry;
  const versions = await manager.find(ProfileVersion, { where: { profileId }, order: { number: "DESC" } });
  if (after === null) {
    const [last] = versions;
    if (last === undefined) throw new Conflict(`${entry.object} was deleted before versions were kept`, FIELD);
    return recreateProfile(transaction, profileId, last.content);
  }
  const { name } = await manager.findOneByOrFail(Profile, { id: profileId });
  if (before === null) return void (await deleteProfile(transaction, name));
  const { parameters, parent, ...others } = before;
  const known = versions.map(({ content }) => content.parameters);
  await updateProfile(transaction, app.vault, name, {
    ...(others as ProfileChanges),
    ...(parent === undefined ? {} : { parent: await nameOfParent(manager, parent) }),
    parameters: parametersBack(app.vault, entry, parameters, after.parameters, known),
  });
}

async function nameOfParent(manager: EntityManager, parent: Json): Promise<string | null> {
  if (typeof parent !== "string") return null;
  const id = Number(parent.split(":")[1]);
  const found = await manager.findOneBy(Profile, { id });
  if (found === null) throw new Conflict(`${parent}, its parent then, is not there any more`, FIELD);
  return found.name;
}

export async function undoTemplate({ app, transaction }: WriteContext, entry: ChangeEntry): Promise<void> {
  const { manager } = transaction;
  const { objectId: templateId, before, after } = entry;
  const versions = await manager.find(TemplateVersion, { where: { templateId }, order: { number: "DESC" } });
  if (after === null) {
    const [last] = versions;
    if (last === undefined) throw new Conflict(`${entry.object} was deleted before versions were kept`, FIELD);
    return recreateTemplate(transaction, templateId, last);
  }
  const { name, format, text } = await manager.findOneByOrFail(Template, { id: templateId });
  if (before === null) return void (await deleteTemplate(transaction, name));
  const { parameters, ...others } = before;
  const known = versions.map((version) => version.parameters);
  await saveTemplate(transaction, app.vault, {
    ...{ name, format, text },
    ...(others as Partial<TemplateValues>),
    parameters: parametersBack(app.vault, entry, parameters, after.parameters, known),
  });
}

/** Of a machine or a rack, whichever the entry is of. No versions of these are kept, and so none of their secrets. */
export async function undoParametersOf({ app, transaction }: WriteContext, entry: ChangeEntry): Promise<void> {
  const { manager } = transaction;
  const { kind, objectId: id, before, after } = entry;
  const given = parametersBack(app.vault, entry, before?.parameters, after?.parameters, []);
  if (kind === "MachineParameters") {
    const machine = await manager.findOneByOrFail(Machine, { id });
    return setMachineParameters(transaction, app.vault, machine, given);
  }
  return setRackParameters(transaction, app.vault, await manager.findOneByOrFail(Rack, { id }), given);
}

/** Only the parameters that differ, null for those that were not there; secrets from the versions that still have them. */
function parametersBack(
  vault: Vault,
  { object }: ChangeEntry,
  before: Json | undefined,
  after: Json | undefined,
  versions: readonly StoredParameters[],
): Record<string, unknown> {
  const [old, young] = [(before ?? {}) as Facts, (after ?? {}) as Facts];
  const names = Object.keys({ ...old, ...young }).filter((name) => !sameJson(old[name], young[name]));
  return Object.fromEntries(
    names.map((name) => {
      const told = old[name];
      return [name, isTold8(told) ? secretBack(vault, object, name, told, versions) : (told ?? null)];
    }),
  );
}

function secretBack(vault: Vault, object: string, name: string, told: string, versions: readonly StoredParameters[]) {
  for (const { [name]: kept } of versions) {
    if (isSealed(kept) && told8(kept) === told) return { secret: vault.open(name, kept) };
  }
  throw new Conflict(`${object}: parameter ${name} was a secret, which is not kept; set it again`, FIELD);
}
