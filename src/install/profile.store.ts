import { In, type EntityManager } from "typeorm";
import type { Transaction } from "../db/database.js";
import { Conflict, inField, InvalidInput, NotFound } from "../errors.js";
import type { Machine } from "../machine/machine.entity.js";
import { machineKind } from "../machine/machine.kind.js";
import { parseName } from "../name.js";
import { profileKind, templateKind } from "./install.kinds.js";
import { Installation } from "./installation.entity.js";
import { checkParameters, type InstallValues } from "./install-values.js";
import { Profile, ProfileAssignment, Template } from "./profile.entity.js";
import { checkTemplate, type ConfigFormat } from "./render.js";
import { TEMPLATE_LIMIT } from "./template-language.js";
import { SHIPPED_PROFILES, shippedTemplate } from "./shipped/shipped-profiles.js";

/** @throws InvalidInput when the text is no template, names an unknown value or does not render for a sample machine */
export async function saveTemplate(
  { manager, changes }: Transaction,
  values: { name: string; format: ConfigFormat; text: string },
): Promise<Template> {
  const name = inField(["name"], () => parseName("template", values.name));
  if (values.text.length > TEMPLATE_LIMIT || values.text.includes("\0")) {
    throw new InvalidInput(`a template is a text of at most ${TEMPLATE_LIMIT} characters without NUL`, ["text"]);
  }
  inField(["text"], () => checkTemplate(name, values.format, values.text));
  const known = await manager.findOneBy(Template, { name });
  if (
    known !== null &&
    known.format !== values.format &&
    (await manager.existsBy(Profile, { template: { id: known.id } }))
  ) {
    throw new Conflict(`template ${name} is a ${known.format} that profiles use; save this text under another name`, [
      "format",
    ]);
  }
  if (known !== null) await changes.watch(templateKind, [known.id]);
  const template = await manager.save(
    manager.create(Template, { ...(known ?? {}), name, format: values.format, text: values.text }),
  );
  changes.created(templateKind, [template.id]);
  return template;
}

export interface ProfileValues {
  readonly name: string;
  readonly title: string;
  readonly kernel: string;
  readonly initrds: readonly string[];
  readonly arguments: string;
  readonly template: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** @throws InvalidInput, NotFound for the template, Conflict when the name is taken */
export async function createProfile({ manager, changes }: Transaction, values: ProfileValues): Promise<Profile> {
  const name = inField(["name"], () => parseName("profile", values.name));
  if (await manager.existsBy(Profile, { name })) throw new Conflict(`there is a profile ${name} already`, ["name"]);
  const profile = await manager.save(
    manager.create(Profile, { name, ...(await checkedProfile(manager, name, values)) }),
  );
  changes.created(profileKind, [profile.id]);
  return profile;
}

/** Changes what is given. Parameters are merged; one that is null goes. Who is armed with it boots what it is now. */
export async function updateProfile(
  { manager, changes, touch }: Transaction,
  name: string,
  given: { readonly [key in keyof Omit<ProfileValues, "name">]?: ProfileValues[key] | null | undefined },
): Promise<Profile> {
  const profile = await profileNamed(manager, name);
  await changes.watch(profileKind, [profile.id]);
  const parameters = Object.entries({ ...profile.parameters, ...given.parameters });
  const values = {
    title: given.title ?? profile.title,
    kernel: given.kernel ?? profile.kernel,
    initrds: given.initrds ?? profile.initrds,
    arguments: given.arguments ?? profile.arguments,
    template: given.template ?? profile.template.name,
    parameters: Object.fromEntries(parameters.filter(([, value]) => value !== null)),
  };
  const open = await manager.findBy(Installation, { profileId: profile.id, state: In(["ARMED", "INSTALLING"]) });
  touch(open.map(({ machineId }) => machineId));
  return manager.save(Object.assign(profile, await checkedProfile(manager, name, values)));
}

async function checkedProfile(manager: EntityManager, name: string, values: Omit<ProfileValues, "name">) {
  checkImage(values.kernel, ["kernel"]);
  values.initrds.forEach((file, i) => checkImage(file, ["initrds", String(i)]));
  const parameters = values.parameters;
  inField(["parameters"], () => checkParameters(parameters));
  const template = await manager.findOneBy(Template, { name: values.template });
  if (template === null) throw new NotFound(`no template ${JSON.stringify(values.template)}`, ["template"]);
  const known = parameters as InstallValues["parameters"];
  inField(["arguments"], () => checkTemplate(`${name}.arguments`, "KERNEL_ARGUMENTS", values.arguments, known));
  inField(["template"], () => checkTemplate(template.name, template.format, template.text, known));
  const title = values.title.trim();
  if (title === "" || title.length > 128 || /[\x00-\x1f\x7f]/.test(title)) {
    throw new InvalidInput("a title is one line of 1 to 128 characters", ["title"]);
  }
  const { kernel, initrds, arguments: args } = values;
  return { title, kernel, initrds: [...initrds], arguments: args, template, parameters: { ...parameters } };
}

/** A path that /images serves, or somebody else's http URL: in both, nothing that a boot loader would read as more. */
function checkImage(file: string, field: readonly string[]): void {
  const path = /^\/images\/[A-Za-z0-9._~/-]{1,400}$/;
  const url = /^https?:\/\/[A-Za-z0-9.:[\]-]+\/[A-Za-z0-9._~/%-]{1,400}$/;
  if ((!path.test(file) && !url.test(file)) || file.split("/").includes("..")) {
    throw new InvalidInput(
      `${JSON.stringify(file)} is no kernel or initrd; write a path like /images/debian-12/linux, or an http URL`,
      field,
    );
  }
}

export async function profileNamed(manager: EntityManager, name: string): Promise<Profile> {
  const profile = await manager.findOneBy(Profile, { name });
  if (profile === null) throw new NotFound(`no profile ${JSON.stringify(name)}`, ["profile"]);
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

/** The profiles that Kickrack brings along, at the first start only: later they are the operator's. */
export async function addShippedProfiles(transaction: Transaction): Promise<void> {
  if (await transaction.manager.exists(Profile)) return;
  for (const shipped of SHIPPED_PROFILES) {
    const text = shippedTemplate(shipped);
    const template = await saveTemplate(transaction, { name: shipped.name, format: shipped.configFormat, text });
    await createProfile(transaction, { ...shipped, template: template.name });
  }
}
