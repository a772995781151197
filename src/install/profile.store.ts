import { In, type EntityManager } from "typeorm";
import type { Transaction } from "../db/database.js";
import { insertWithId } from "../db/insert-with-id.js";
import { Conflict, inField, InvalidInput, NotFound } from "../errors.js";
import type { Machine } from "../machine/machine.entity.js";
import { machineKind } from "../machine/machine.kind.js";
import { parseName } from "../name.js";
import { profileKind } from "./install.kinds.js";
import { planOf } from "./install-plan.store.js";
import { Installation } from "./installation.entity.js";
import { changedParameters } from "./parameters.js";
import { checkImage, checkPlan, checkPlanOf } from "./profile-check.js";
import { INHERITABLE, Profile, ProfileAssignment, type ProfileBoots, type Template } from "./profile.entity.js";
import { checkParent, descendantsOf } from "./profile-tree.store.js";
import { emptyTemplate, templateNamed } from "./template.store.js";
import type { Vault } from "./vault.js";
import type { ProfileContent } from "./version.entity.js";
import { keepProfileVersion } from "./version.store.js";

/** What is not given stays; null is the parent's, where there is one, and elsewhere stays too. */
export interface ProfileChanges {
  readonly title?: string | null | undefined;
  /** Null: none. What was inherited becomes its own. */
  readonly parent?: string | null | undefined;
  readonly boots?: ProfileBoots | null | undefined;
  readonly kernel?: string | null | undefined;
  readonly initrds?: readonly string[] | null | undefined;
  readonly arguments?: string | null | undefined;
  readonly template?: string | null | undefined;
  readonly parameters?: Readonly<Record<string, unknown>> | null | undefined;
}

/** @throws InvalidInput, NotFound for the template or the parent, Conflict when the name is taken */
export async function createProfile(
  transaction: Transaction,
  vault: Vault,
  values: ProfileChanges & { readonly name: string },
): Promise<Profile> {
  const { manager, changes } = transaction;
  const name = inField(["name"], () => parseName("profile", values.name));
  if (await manager.existsBy(Profile, { name })) throw new Conflict(`there is a profile ${name} already`, ["name"]);
  const parent = await parentOf(manager, undefined, values.parent);
  const isBare = parent === undefined && values.template == null;
  const template = isBare ? await emptyTemplate(transaction, vault) : undefined;
  const bare = { boots: "KERNEL", kernel: "", initrds: [], arguments: "" } as const;
  const blank = { name, title: name, parentId: null, inherited: [...INHERITABLE], parameters: {}, ...bare };
  const profile = manager.create(Profile, blank as unknown as Profile);
  const given = { ...values, parent, ...(template && { template: template.name }) };
  const saved = await saveProfile(transaction, vault, profile, given, values.title ?? name);
  changes.created(profileKind, [saved.id]);
  return saved;
}

/** Changes what is given, here and in the profiles that inherit it. Who is armed stays with what it was armed with. */
export async function updateProfile(
  transaction: Transaction,
  vault: Vault,
  name: string,
  given: ProfileChanges,
): Promise<Profile> {
  const { manager, changes } = transaction;
  const profile = await profileNamed(manager, name);
  await changes.watch(profileKind, [profile.id]);
  const { parentId } = profile;
  const known = parentId === null ? undefined : await manager.findOneByOrFail(Profile, { id: parentId });
  const parent = given.parent === undefined ? known : await parentOf(manager, profile, given.parent);
  return saveProfile(transaction, vault, profile, { ...given, parent }, given.title ?? profile.title);
}

type Resolved = Omit<ProfileChanges, "parent"> & { readonly parent: Profile | undefined };

async function saveProfile(
  transaction: Transaction,
  vault: Vault,
  profile: Profile,
  given: Resolved,
  title: string,
): Promise<Profile> {
  const { manager } = transaction;
  checkTexts(given, title);
  const parameters = inField(["parameters"], () =>
    changedParameters(vault, profile.parameters, given.parameters ?? {}),
  );
  const template = await templateOf(manager, given.template);
  const parentId = given.parent?.id ?? null;
  Object.assign(profile, { title: title.trim(), parameters, parentId, ...merged(profile, { ...given, template }) });
  const saved = await manager.save(profile);
  await keepProfileVersion(transaction, saved, given.parent?.name ?? null);
  await checkPlan(await planOf(manager, saved), vault);
  const heirs = await descendantsOf(manager, saved);
  await handDown(manager, saved, heirs);
  for (const heir of heirs) await checkPlanOf(await planOf(manager, heir), vault, "profile");
  return saved;
}

interface Fields {
  readonly boots: ProfileBoots;
  readonly kernel: string;
  readonly initrds: readonly string[];
  readonly arguments: string;
  readonly template: Template;
}

/** The fields of a profile after a change, and which of them are its parent's. */
function merged(
  profile: Profile,
  given: Omit<Resolved, "template"> & { readonly template: Template | null | undefined },
): Fields & { readonly inherited: Profile["inherited"] } {
  const { parent } = given;
  const inherited = INHERITABLE.filter((field) => {
    if (parent === undefined) return false;
    return given[field] === null || (given[field] === undefined && profile.inherited.includes(field));
  });
  const value = (field: keyof Fields) =>
    inherited.includes(field) ? (parent as Fields | undefined)?.[field] : (given[field] ?? profile[field]);
  return { ...(Object.fromEntries(INHERITABLE.map((field) => [field, value(field)])) as unknown as Fields), inherited };
}

/** Gives the heirs, each behind its parent, what they have of their parents. */
async function handDown(manager: EntityManager, profile: Profile, heirs: readonly Profile[]): Promise<void> {
  const known = new Map([[profile.id, profile]]);
  for (const heir of heirs) {
    const parent = known.get(heir.parentId ?? 0) as unknown as Record<string, unknown>;
    Object.assign(heir, Object.fromEntries(heir.inherited.map((field) => [field, parent[field]])));
    known.set(heir.id, await manager.save(heir));
  }
}

/** Undefined and null are told on. */
async function templateOf(
  manager: EntityManager,
  name: string | null | undefined,
): Promise<Template | null | undefined> {
  if (name === undefined || name === null) return name;
  const template = await templateNamed(manager, name, "template");
  if (template.format !== "SNIPPET") return template;
  throw new InvalidInput(`${name} is a snippet; a profile has the template that includes it`, ["template"]);
}

async function parentOf(
  manager: EntityManager,
  profile: Profile | undefined,
  name: string | null | undefined,
): Promise<Profile | undefined> {
  if (name === null || name === undefined) return undefined;
  const parent = await profileNamed(manager, name, "parent");
  await checkParent(manager, profile, parent);
  return parent;
}

function checkTexts(given: Resolved, title: string): void {
  if (given.kernel) checkImage(given.kernel, ["kernel"]);
  given.initrds?.forEach((file, i) => checkImage(file, ["initrds", String(i)]));
  const line = title.trim();
  if (line === "" || line.length > 128 || /[\x00-\x1f\x7f]/.test(line)) {
    throw new InvalidInput("a title is one line of 1 to 128 characters", ["title"]);
  }
}

/** @throws Conflict for one that machines have or had, or that others inherit from */
export async function deleteProfile({ manager, changes }: Transaction, name: string): Promise<Profile> {
  const profile = await profileNamed(manager, name);
  const { id: profileId } = profile;
  const [heir] = await manager.findBy(Profile, { parentId: profileId });
  if (heir !== undefined)
    throw new Conflict(`${heir.name} inherits from ${name}; give it another parent first`, ["profile"]);
  if (await manager.existsBy(ProfileAssignment, { profileId })) {
    throw new Conflict(`machines are meant to have ${name}; assign them another one first`, ["profile"]);
  }
  if (await manager.existsBy(Installation, { profileId })) {
    throw new Conflict(`machines were installed with ${name}, and their history names it; it stays`, ["profile"]);
  }
  await checkNotExpected(manager, profile);
  await changes.watch(profileKind, [profileId]);
  await manager.delete(Profile, { id: profileId });
  return profile;
}

/** Plain SQL over another feature's table, as in machine.kind.ts. @throws Conflict that names who is to have it */
async function checkNotExpected(manager: EntityManager, { id, name }: Profile): Promise<void> {
  await manager.query(
    "UPDATE expected_machine SET profile_id = NULL WHERE profile_id = $1 AND fulfilled_at IS NOT NULL",
    [id],
  );
  const sql = "SELECT id, hostname FROM expected_machine WHERE profile_id = $1 ORDER BY id";
  const [plan] = await manager.query<Array<{ id: number; hostname: string }>>(sql, [id]);
  if (plan === undefined) return;
  const who = `ExpectedMachine:${plan.id} (${plan.hostname})`;
  throw new Conflict(`${who} is to have ${name}; give it another one first`, ["profile"]);
}

/** A deleted profile as its last version was, under its old id. */
export async function recreateProfile(
  { manager, changes }: Transaction,
  id: number,
  { name, title, parent: parentName, own, parameters }: ProfileContent,
): Promise<void> {
  if (await manager.existsBy(Profile, { name })) throw new Conflict(`there is a profile ${name} already`, ["change"]);
  const parent = parentName === null ? undefined : await profileNamed(manager, parentName, "change");
  const inherited = INHERITABLE.filter((field) => !(field in own));
  const all = { ...parent, ...own } as unknown as Omit<Fields, "template">;
  const { boots, kernel, initrds } = all;
  const template =
    own.template === undefined ? parent?.template : await templateNamed(manager, own.template as string, "change");
  await insertWithId(manager, Profile, {
    ...{ id, name, title, parentId: parent?.id ?? null, inherited, parameters },
    ...{ boots, kernel, initrds: [...initrds], arguments: all.arguments, templateId: template?.id ?? 0 },
  });
  changes.created(profileKind, [id]);
}

export async function profileNamed(manager: EntityManager, name: string, field = "profile"): Promise<Profile> {
  const profile = await manager.findOneBy(Profile, { name });
  if (profile === null) throw new NotFound(`no profile ${JSON.stringify(name)}`, [field]);
  return profile;
}

export async function assignProfile(
  { manager, changes }: Transaction,
  machines: readonly Machine[],
  profile: Profile,
): Promise<void> {
  await changes.watch(
    machineKind,
    machines.map(({ id }) => id),
  );
  await manager.delete(ProfileAssignment, { machineId: In(machines.map(({ id }) => id)) });
  await manager.insert(
    ProfileAssignment,
    machines.map(({ id }) => ({ machineId: id, profileId: profile.id })),
  );
}

export async function unassignProfile({ manager, changes }: Transaction, machine: Machine): Promise<void> {
  await changes.watch(machineKind, [machine.id]);
  await manager.delete(ProfileAssignment, { machineId: machine.id });
}

export async function assignedProfiles(manager: EntityManager, machineIds: number[]): Promise<Map<number, Profile>> {
  const assignments = await manager.find(ProfileAssignment, {
    where: { machineId: In(machineIds) },
    relations: { profile: true },
  });
  return new Map(assignments.map(({ machineId, profile }) => [machineId, profile]));
}
