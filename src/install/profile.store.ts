import { In, type EntityManager } from "typeorm";
import type { Transaction } from "../db/database.js";
import { Conflict, InvalidInput, NotFound } from "../errors.js";
import type { Machine } from "../machine/machine.entity.js";
import { parseName } from "../name.js";
import { checkParameters } from "./install-values.js";
import { Profile, ProfileAssignment, Template } from "./profile.entity.js";
import { checkTemplate, type ConfigFormat } from "./render.js";
import { TEMPLATE_LIMIT } from "./template-language.js";
import { SHIPPED_PROFILES, shippedTemplate } from "./shipped/shipped-profiles.js";

/** @throws InvalidInput when the text is no template, names an unknown value or does not render for a sample machine */
export async function saveTemplate(
  manager: EntityManager,
  values: { name: string; format: ConfigFormat; text: string },
): Promise<Template> {
  const name = parseName("template", values.name);
  if (values.text.length > TEMPLATE_LIMIT || values.text.includes("\0")) {
    throw new InvalidInput(`a template is a text of at most ${TEMPLATE_LIMIT} characters without NUL`);
  }
  checkTemplate(name, values.format, values.text);
  const known = await manager.findOneBy(Template, { name });
  if (
    known !== null &&
    known.format !== values.format &&
    (await manager.existsBy(Profile, { template: { id: known.id } }))
  ) {
    throw new Conflict(`template ${name} is a ${known.format} that profiles use; save this text under another name`);
  }
  return manager.save(manager.create(Template, { ...(known ?? {}), name, format: values.format, text: values.text }));
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
export async function createProfile(manager: EntityManager, values: ProfileValues): Promise<Profile> {
  const name = parseName("profile", values.name);
  if (await manager.existsBy(Profile, { name })) throw new Conflict(`there is a profile ${name} already`);
  return manager.save(manager.create(Profile, { name, ...(await checkedProfile(manager, name, values)) }));
}

/** Changes what is given. Parameters are merged; one that is null goes. */
export async function updateProfile(
  manager: EntityManager,
  name: string,
  changes: { readonly [key in keyof Omit<ProfileValues, "name">]?: ProfileValues[key] | null | undefined },
): Promise<Profile> {
  const profile = await profileNamed(manager, name);
  const parameters = Object.entries({ ...profile.parameters, ...changes.parameters });
  const values = {
    title: changes.title ?? profile.title,
    kernel: changes.kernel ?? profile.kernel,
    initrds: changes.initrds ?? profile.initrds,
    arguments: changes.arguments ?? profile.arguments,
    template: changes.template ?? profile.template.name,
    parameters: Object.fromEntries(parameters.filter(([, value]) => value !== null)),
  };
  return manager.save(Object.assign(profile, await checkedProfile(manager, name, values)));
}

async function checkedProfile(manager: EntityManager, name: string, values: Omit<ProfileValues, "name">) {
  for (const file of [values.kernel, ...values.initrds]) checkImage(file);
  checkParameters(values.parameters);
  const parameters = values.parameters;
  const template = await manager.findOneBy(Template, { name: values.template });
  if (template === null) throw new NotFound(`no template ${JSON.stringify(values.template)}`);
  checkTemplate(`${name}.arguments`, "KERNEL_ARGUMENTS", values.arguments, parameters);
  checkTemplate(template.name, template.format, template.text, parameters);
  const title = values.title.trim();
  if (title === "" || title.length > 128 || /[\x00-\x1f\x7f]/.test(title)) {
    throw new InvalidInput("a title is one line of 1 to 128 characters");
  }
  const { kernel, initrds, arguments: args } = values;
  return { title, kernel, initrds: [...initrds], arguments: args, template, parameters: { ...parameters } };
}

/** A path that /images serves, or somebody else's http URL: in both, nothing that a boot loader would read as more. */
function checkImage(file: string): void {
  const path = /^\/images\/[A-Za-z0-9._~/-]{1,400}$/;
  const url = /^https?:\/\/[A-Za-z0-9.:[\]-]+\/[A-Za-z0-9._~/%-]{1,400}$/;
  if ((!path.test(file) && !url.test(file)) || file.split("/").includes("..")) {
    throw new InvalidInput(
      `${JSON.stringify(file)} is no kernel or initrd; write a path like /images/debian-12/linux, or an http URL`,
    );
  }
}

export async function profileNamed(manager: EntityManager, name: string): Promise<Profile> {
  const profile = await manager.findOneBy(Profile, { name });
  if (profile === null) throw new NotFound(`no profile ${JSON.stringify(name)}`);
  return profile;
}

export async function assignProfile(
  { manager }: Transaction,
  machines: readonly Machine[],
  profile: Profile,
): Promise<void> {
  await manager.delete(ProfileAssignment, { machineId: In(machines.map(({ id }) => id)) });
  await manager.insert(
    ProfileAssignment,
    machines.map(({ id }) => ({ machineId: id, profileId: profile.id })),
  );
}

export async function assignedProfiles(manager: EntityManager, machineIds: number[]): Promise<Map<number, Profile>> {
  const assignments = await manager.find(ProfileAssignment, {
    where: { machineId: In(machineIds) },
    relations: { profile: true },
  });
  return new Map(assignments.map(({ machineId, profile }) => [machineId, profile]));
}

/** The profiles that Kickrack brings along, at the first start only: later they are the operator's. */
export async function addShippedProfiles(manager: EntityManager): Promise<void> {
  if (await manager.exists(Profile)) return;
  for (const shipped of SHIPPED_PROFILES) {
    const text = shippedTemplate(shipped);
    const template = await saveTemplate(manager, { name: shipped.name, format: shipped.configFormat, text });
    await createProfile(manager, { ...shipped, template: template.name });
  }
}
