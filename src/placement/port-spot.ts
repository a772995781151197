import type { Face } from "../rack/rack-space.js";

/** A port, and the place in a rack that it is for. */
export interface PortSpot {
  readonly port: string;
  readonly rack: string;
  readonly unit: number;
  readonly column: number;
  readonly columns: number;
  /** Null: as the machine's model says. */
  readonly face: Face | null;
}

export interface SwitchSpot extends PortSpot {
  readonly switch: string;
}

/** A port that a rule gives no place, and why. */
export interface LeftOut {
  readonly port: string;
  readonly reason: string;
}
