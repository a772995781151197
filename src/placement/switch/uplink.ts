import type { SwitchPort } from "./switch.entity.js";

/** A host with that many virtual machines behind one port is rarer than a cable to a switch that says nothing of itself. */
const MACHINES_MACS = 24;

/** Does another switch hang on this port? Who is heard there stands behind it, and not here. A person's word goes first. */
export function isUplink({ role, macCount, neighbour }: Pick<SwitchPort, "role" | "macCount" | "neighbour">): boolean {
  if (role !== "AUTO") return role === "UPLINK";
  return neighbour !== null || (macCount ?? 0) > MACHINES_MACS;
}
