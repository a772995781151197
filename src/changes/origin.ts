import { userInfo } from "node:os";

/** The way by which a write came in. */
export const WAYS = ["GRAPHQL", "BOOT", "CLOCK", "COMMAND", "START"] as const;
export type Way = (typeof WAYS)[number];

/** Who writes, through what, and which operation it is. */
export interface Origin {
  /** A token's name, or what of Kickrack itself does it. */
  readonly actor: string;
  readonly through: Way;
  /** A mutation's name, or a word for what a machine, the clock or a command does. */
  readonly operation: string;
  readonly requestId?: string;
}

/** What machines and installers do to themselves on the boot plane. */
export function byBootPlane(operation: string): Origin {
  return { actor: "boot plane", through: "BOOT", operation };
}

/** Whoever runs a `kickrack` command on the server itself. */
export function byCommand(operation: string): Origin {
  return { actor: userInfo().username, through: "COMMAND", operation };
}

export const BY_START: Origin = { actor: "Kickrack", through: "START", operation: "start" };
export const BY_CLOCK: Origin = { actor: "the clock", through: "CLOCK", operation: "expire" };
