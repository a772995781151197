import { byRelated, byRelation, byValue } from "../graphql/list/filter-fields.js";
import { EntityList } from "../graphql/list/entity-list.js";
import { enumFilter, idFilter, instantFilter, intFilter, textFilter } from "../graphql/list/value-filters.js";
import { machineList } from "../machine/machine.list.js";
import { Installation, InstallationEvent, InstallationStateEnum } from "./installation.entity.js";
import { ConfigFormatEnum, Profile, ProfileAssignment, ProfileBootsEnum, Template } from "./profile.entity.js";
import { ProfileVersion, TemplateVersion } from "./version.entity.js";

export const templateList: EntityList<Template> = new EntityList(Template, {
  filter: {
    id: byValue("id", idFilter("Template")),
    name: byValue("name", textFilter),
    format: byValue("format", enumFilter("ConfigFormat", ConfigFormatEnum)),
    text: byValue("text", textFilter),
  },
  orders: { NAME: ["name"] },
});

// Not by the parameters: who may not read a password's hash must not be able to guess it.
export const profileList: EntityList<Profile> = new EntityList(Profile, {
  filter: {
    id: byValue("id", idFilter("Profile")),
    name: byValue("name", textFilter),
    title: byValue("title", textFilter),
    boots: byValue("boots", enumFilter("ProfileBoots", ProfileBootsEnum)),
    kernel: byValue("kernel", textFilter),
    arguments: byValue("arguments", textFilter),
    template: byRelation(() => templateList.filter, { from: "templateId", to: "id" }),
    parent: byRelation(() => profileList.filter, { from: "parentId", to: "id" }),
  },
  orders: { NAME: ["name"] },
});

const ofVersion = {
  number: byValue("number", intFilter),
  savedAt: byValue("savedAt", instantFilter),
  savedBy: byValue("savedBy", textFilter),
};

export const templateVersionList: EntityList<TemplateVersion> = new EntityList(TemplateVersion, {
  filter: { id: byValue("id", idFilter("TemplateVersion")), text: byValue("text", textFilter), ...ofVersion },
});

export const profileVersionList: EntityList<ProfileVersion> = new EntityList(ProfileVersion, {
  filter: { id: byValue("id", idFilter("ProfileVersion")), ...ofVersion },
});

export const installationList: EntityList<Installation> = new EntityList(Installation, {
  filter: {
    id: byValue("id", idFilter("Installation")),
    state: byValue("state", enumFilter("InstallationState", InstallationStateEnum)),
    armedBy: byValue("armedBy", textFilter),
    armedAt: byValue("armedAt", instantFilter),
    expiresAt: byValue("expiresAt", instantFilter),
    startedAt: byValue("startedAt", instantFilter),
    finishedAt: byValue("finishedAt", instantFilter),
    installerBoots: byValue("installerBoots", intFilter),
    machine: byRelation(() => machineList.filter, { from: "machineId", to: "id" }),
    profile: byRelation(() => profileList.filter, { from: "profileId", to: "id" }),
    events: byRelated("InstallationEvent", () => installationEventList.filter, { from: "id", to: "installationId" }),
  },
  orders: { FINISHED_AT: ["finishedAt", "id"] },
});

export const installationEventList: EntityList<InstallationEvent> = new EntityList(InstallationEvent, {
  filter: {
    id: byValue("id", idFilter("InstallationEvent")),
    at: byValue("at", instantFilter),
    kind: byValue("kind", textFilter),
    text: byValue("text", textFilter),
    stage: byValue("stage", textFilter),
  },
});

export function isNewestOfMachine(alias: string): string {
  const newer = `SELECT 1 FROM installation newer WHERE newer.machine_id = ${alias}.machine_id AND newer.id > ${alias}.id`;
  return `NOT EXISTS (${newer})`;
}

const ofMachine = { from: "id", to: "machineId" };

machineList.filter.add({
  profile: byRelation(() => profileList.filter, {
    from: "id",
    to: "id",
    through: { entity: ProfileAssignment, here: "machineId", there: "profileId" },
    description: "The one it is meant to have; `not: {profile: {}}` finds what has none.",
  }),
  installation: byRelation(() => installationList.filter, {
    ...ofMachine,
    where: isNewestOfMachine,
    description: "The newest one.",
  }),
  installations: byRelated("Installation", () => installationList.filter, ofMachine),
});
