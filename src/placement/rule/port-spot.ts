import type { Spot } from "../spot.js";

/** A port, and the place in a rack that it is for. */
export interface PortSpot extends Spot {
  readonly port: string;
}

export interface SwitchSpot extends PortSpot {
  readonly switch: string;
}

/** A port that a rule gives no place, and why. */
export interface LeftOut {
  readonly port: string;
  readonly reason: string;
}
