import { entityKind } from "../changes/entity-kind.js";
import { Installation } from "./installation.entity.js";
import { toldParameters } from "./parameters.js";
import { Profile, Template } from "./profile.entity.js";

export const profileKind = entityKind("Profile", Profile, (profile) => {
  const { name, title, parentId, inherited, boots, kernel, initrds, template, parameters } = profile;
  const fields = { boots, kernel, initrds, arguments: profile.arguments, template: template.name };
  const own = Object.entries(fields).map(([field, value]) => {
    // What is the parent's changes with the parent, and is no change of this one.
    return [field, (inherited as string[]).includes(field) ? null : value] as const;
  });
  const parent = parentId === null ? null : `Profile:${parentId}`;
  return { name, title, parent, ...Object.fromEntries(own), parameters: toldParameters(parameters) };
});

export const templateKind = entityKind("Template", Template, ({ name, format, text, parameters }) => ({
  name,
  format,
  text,
  parameters: toldParameters(parameters),
}));

/** Neither the token nor its seed; how often the installer was offered is an observation. */
export const installationKind = entityKind(
  "Installation",
  Installation,
  (installation) => ({
    machine: `Machine:${installation.machineId}`,
    profile: installation.profile.name,
    state: installation.state,
    armedBy: installation.armedBy,
    // While it installs, every word of the installer moves it.
    expiresAt: installation.state === "ARMED" ? installation.expiresAt.toISOString() : null,
  }),
  { profile: true },
);
