import { createHmac, randomBytes } from "node:crypto";
import type { Json } from "../changes/change-set.js";
import { canonicalJson } from "../changes/change-set.js";
import { entityKind } from "../changes/entity-kind.js";
import { Installation } from "./installation.entity.js";
import { Profile, Template } from "./profile.entity.js";

const SECRET_NAME = /passw|secret|token|private|credential|hash/i;
/** Of this process alone and kept nowhere: tells that a secret has changed and lets nobody try guesses at it. */
const MASK = randomBytes(32);

export const profileKind = entityKind("Profile", Profile, (profile) => ({
  name: profile.name,
  title: profile.title,
  kernel: profile.kernel,
  initrds: profile.initrds,
  arguments: profile.arguments,
  template: profile.template.name,
  parameters: Object.fromEntries(
    Object.entries(profile.parameters as Record<string, Json>).map(([name, value]) => {
      return [name, SECRET_NAME.test(name) ? masked(value) : value];
    }),
  ),
}));

export const templateKind = entityKind("Template", Template, ({ name, format, text }) => ({ name, format, text }));

/** Neither the token nor its seed; how often the installer was offered is an observation. */
export const installationKind = entityKind(
  "Installation",
  Installation,
  (installation) => ({
    machine: `Machine:${installation.machineId}`,
    profile: installation.profile.name,
    state: installation.state,
    armedBy: installation.armedBy,
    expiresAt: installation.expiresAt.toISOString(),
  }),
  { profile: true },
);

/** What stands in a change for a secret. */
export function masked(value: Json): string {
  return `(secret ${createHmac("sha256", MASK).update(canonicalJson(value)).digest("hex").slice(0, 8)})`;
}

export function isMasked(value: Json | undefined): boolean {
  return typeof value === "string" && /^\(secret [0-9a-f]{8}\)$/.test(value);
}
