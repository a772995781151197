import type { RackElevation, ShelfView } from "../../src/rack/drawing/elevation.js";
import type { PlannedItem, RackPlan } from "../../src/rack/rack-plan.js";
import { rackdiagText } from "../../src/rack/rackdiag/rackdiag-text.js";

export const MACHINES = 42;
const two = (n: number) => String(n).padStart(2, "0");
const STATES = ["INSTALLED", "INSTALLED", "INSTALLED", "READY", "ARMED", "INSTALLING", "FAILED"] as const;

/** A rack of 42 servers of one unit, none of them like one of another rack. */
export function benchRack(rack: number): RackElevation {
  const shelves = Array.from({ length: MACHINES }, (_, i): ShelfView => ({
    place: { unit: i + 1, heightU: 1, face: "FULL", column: 1, columns: 1 },
    kind: "MACHINE",
    status: STATES[(rack + i) % STATES.length] ?? "READY",
    title: nameOf(rack, i),
    subtitle: "PowerEdge R640",
    serialNumber: `CN${rack}${two(i)}`,
    tooltip: [`S/N CN${rack}${two(i)}`],
    href: null,
    profile: null,
    labels: {},
    reservation: null,
    absence: null,
    amperes: 1.5,
    watts: 350,
    kilograms: 20,
    paint: null,
    dimmed: false,
  }));
  return {
    name: `R${rack}`,
    heightU: 42,
    numbering: "FROM_BOTTOM",
    firstUnit: 1,
    location: { site: "Tokyo-1", room: "3F-A", row: "B", position: null },
    capacity: { watts: null, kilograms: null },
    description: null,
    shelves,
    ghosts: [],
  };
}

const nameOf = (rack: number, i: number) => `tyo1-web-${rack}-${two(i + 1)}`;

/** The same racks in rackdiag's language: the text that the real program reads. */
export function benchDiagram(racks: readonly number[]): string {
  return rackdiagText(racks.map(planOf)).text;
}

function planOf(rack: number): RackPlan {
  const { shelves, ghosts: _, ...plan } = benchRack(rack);
  const items = shelves.map(({ place, kind, title }): PlannedItem => ({
    ...{ place, kind, name: title, manufacturer: null, product: null, amperes: 1.5, watts: null, kilograms: 20 },
    ...{ color: null, reservation: null },
  }));
  return { ...plan, items };
}
