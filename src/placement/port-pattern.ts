import type { Face } from "../rack/rack-space.js";

/** A placement rule in one line: `Gi1/0/{n}` for `n` from 1 to 40 stands at unit 1, 2, 3 and so on. */
export interface PortPattern {
  readonly pattern: string;
  readonly from: number;
  readonly to: number;
  readonly firstUnit: number;
  /** From one machine's lowest unit to the next one's; below 0 it goes down. */
  readonly step: number;
  /** Values of `n` that are for no machine. */
  readonly skippedPorts: readonly number[];
  /** Units where no machine stands: the next one is taken instead. */
  readonly skippedUnits: readonly number[];
  readonly portsPerMachine: number;
  /** Null: side by side, from the left to the right. */
  readonly column: number | null;
  readonly columns: number;
  readonly face: Face | null;
}
