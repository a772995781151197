import { InvalidInput } from "../errors.js";

/** What a token may touch, by feature; how much it may do there is its role's. */
export const SCOPES = {
  MACHINES: "Machines, their ports and sightings, their approval and locking; conflicts.",
  RACKS: "Racks, shelves, models, diagrams; placing machines.",
  INSTALLATIONS: "Profiles, templates, arming, installations; why a machine boots what it boots.",
  DHCP: "What dnsmasq reads: its hostsfile and its configuration.",
  SECRETS: "What may hold a password or a live token: profiles' parameters, rendered configurations, boot menus.",
  CHANGES: "Who changed what, and taking it back.",
  ACCESS: "Tokens.",
} as const;

export type Scope = keyof typeof SCOPES;

/**
 * The scopes of a new token. Nobody gives away more than is theirs: without this a token of one scope could make itself
 * one of all.
 *
 * @throws InvalidInput
 */
export function grantable(own: readonly Scope[], wanted: readonly Scope[]): Scope[] {
  const beyond = wanted.filter((scope) => own.length > 0 && !own.includes(scope));
  if (beyond.length === 0 && (own.length === 0 || wanted.length > 0)) return [...new Set(wanted)];
  throw new InvalidInput(`this token may give no other scopes than its own: ${own.join(", ")}`, ["scopes"]);
}
