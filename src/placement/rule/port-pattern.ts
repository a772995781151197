import { InvalidInput } from "../../errors.js";
import { MAX_COLUMNS, type Face, type RackSpace } from "../../rack/rack-space.js";
import type { LeftOut, PortSpot } from "./port-spot.js";

/** A placement rule in one line: `Gi1/0/{n}` for `n` from 1 to 40 stands at unit 1, 2, 3 and so on. */
export interface PortPattern {
  readonly pattern: string;
  readonly from: number;
  readonly to: number;
  readonly firstUnit: number;
  /** From one machine's lowest unit to the next one's; below 0 it goes down. */
  readonly step: number;
  /** Values of `n` that are for no machine; they take no unit. */
  readonly skippedPorts: readonly number[];
  /** Units where no machine stands: the next one is taken instead. */
  readonly skippedUnits: readonly number[];
  readonly portsPerMachine: number;
  /** Null: side by side, from the left to the right. */
  readonly column: number | null;
  readonly columns: number;
  readonly face: Face | null;
}

// More than any chassis has.
const MOST_PORTS = 2_000;

/** @throws InvalidInput that names the field */
export function checkPattern(given: PortPattern): void {
  const { pattern, from, to, step, firstUnit, portsPerMachine, column, columns } = given;
  const refuse = (field: string, why: string) => {
    throw new InvalidInput(`${field}: ${why}`, ["pattern", field]);
  };
  if (pattern.split("{n}").length !== 2 || pattern.length > 200 || /[\x00-\x1f\x7f]/.test(pattern)) {
    refuse("pattern", "write a port's name with {n} once for its number, such as Gi1/0/{n}");
  }
  if (from < 0 || to < from || to - from >= MOST_PORTS) {
    refuse("to", `n goes from ${from} to ${to}; write numbers that rise, ${MOST_PORTS} at most`);
  }
  if (step === 0 || !Number.isInteger(step * 2)) refuse("step", "write a multiple of 0.5 that is not 0");
  if (!Number.isInteger(firstUnit * 2)) refuse("firstUnit", "write a multiple of 0.5, such as 1");
  if (portsPerMachine < 1 || portsPerMachine > 64) refuse("portsPerMachine", "write 1 to 64");
  if (columns < 1 || columns > MAX_COLUMNS) refuse("columns", `write 1 to ${MAX_COLUMNS}`);
  if (column !== null && (column < 1 || column > columns)) refuse("column", `write 1 to ${columns}, or leave it out`);
}

/** Every port of the pattern: with its place in the rack, or why it has none. */
export function expandPattern(
  given: PortPattern,
  rack: RackSpace & { readonly name: string },
): { spots: PortSpot[]; leftOut: LeftOut[] } {
  const spots: PortSpot[] = [];
  const leftOut: LeftOut[] = [];
  const skipped = new Set(given.skippedPorts);
  let machinePorts = 0;
  for (let n = given.from; n <= given.to; n++) {
    const port = given.pattern.replace("{n}", String(n));
    if (skipped.has(n)) {
      leftOut.push({ port, reason: "it is skipped" });
      continue;
    }
    const spot = spotOf(given, Math.floor(machinePorts++ / given.portsPerMachine));
    const isInside = spot.unit >= 1 && spot.unit <= rack.heightU;
    if (isInside) spots.push({ port, rack: rack.name, ...spot });
    else leftOut.push({ port, reason: `U${spot.unit} is outside rack ${rack.name} (${rack.heightU}U)` });
  }
  return { spots, leftOut };
}

/** Where the machine of this number stands, counted from 0. */
function spotOf({ firstUnit, step, skippedUnits, column, columns, face }: PortPattern, machine: number) {
  const isInTurn = column === null;
  let unit = firstUnit;
  const skipped = new Set(skippedUnits);
  const skip = () => {
    while (skipped.has(unit)) unit += step;
  };
  skip();
  for (let row = isInTurn ? Math.floor(machine / columns) : machine; row > 0; row--) {
    unit += step;
    skip();
  }
  return { unit, column: column ?? (machine % columns) + 1, columns, face };
}
