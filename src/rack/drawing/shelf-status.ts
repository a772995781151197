import type { MachineState } from "../../machine/machine-state.js";

/** What a drawing says of a machine: its state, or that it is locked, which matters more than the state beneath. */
export type ShelfStatus = MachineState | "LOCKED";

/** In the order of the legend: what needs a person comes first. */
export const SHELF_STATUSES: readonly ShelfStatus[] = [
  "FAILED",
  "DISCOVERED",
  "ARMED",
  "INSTALLING",
  "INSTALLED",
  "READY",
  "LOCKED",
  "RETIRED",
];

export function isStatus(name: string | null): name is ShelfStatus {
  return (SHELF_STATUSES as readonly (string | null)[]).includes(name);
}

/** The label in the legend and the tooltip: "Installed". */
export function statusLabel(status: ShelfStatus): string {
  return status.charAt(0) + status.slice(1).toLowerCase();
}

/**
 * One sign for each status, so that black and white paper and colour-blind eyes read it too. Outlines for an SVG path,
 * relative to the middle of the sign and about 12 px wide; drawn as a hole in the status stripe by the even-odd rule.
 */
export const STATUS_GLYPHS: Readonly<Record<ShelfStatus, string>> = {
  // a question mark: who is it?
  DISCOVERED: "m-3.7-2.2a3.7 3.7 0 1 1 4.9 3.5v1.2h-2.4v-3.4h1.2a1.3 1.3 0 1 0-1.3-1.3zm2.5 5.8h2.4v2.4h-2.4z",
  // a ring: empty, waiting
  READY: "m-4.8 0a4.8 4.8 0 1 0 9.6 0a4.8 4.8 0 1 0-9.6 0zm2 0a2.8 2.8 0 1 0 5.6 0a2.8 2.8 0 1 0-5.6 0z",
  // a flash: the next boot wipes the disk
  ARMED: "m1.3-6.2l-5.2 7.2h3.1l-1 5.2 5.5-7.6h-3.2z",
  // an arrow down onto a line
  INSTALLING: "m-1.3-5.8h2.6v4.2h2.9l-4.2 4.5-4.2-4.5h2.9zm-3.3 9.7h9.2v2h-9.2z",
  // a tick
  INSTALLED: "m-5.2.4l1.6-1.6 2.1 2.1 5.1-5.1 1.6 1.6-6.7 6.7z",
  // a cross
  FAILED: "m-4.6-3l1.6-1.6 3 3 3-3 1.6 1.6-3 3 3 3-1.6 1.6-3-3-3 3-1.6-1.6 3-3z",
  // a bar
  RETIRED: "m-4.8-1.2h9.6v2.4h-9.6z",
  // a padlock
  LOCKED: "m-4.4-.6h8.8v6h-8.8zm1.1-.1v-2a3.3 3.3 0 0 1 6.6 0v2h-1.9v-2a1.4 1.4 0 0 0-2.8 0v2z",
};
