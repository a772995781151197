import type { DrawOptions } from "./draw-options.js";
import type { RackElevation, ShelfView } from "./elevation.js";
import { SHELF_STATUSES } from "./shelf-status.js";

/** What `prepareDrawing` draws: nobody sees it. */
export const PREPARED: DrawOptions = { face: "FRONT", theme: "auto", colorBy: { by: "STATE" } };

/** A rack with a machine in each unit. */
export function sampleRack(heightU: number): RackElevation {
  return {
    name: "sample",
    heightU,
    numbering: "FROM_BOTTOM",
    firstUnit: 1,
    location: { site: "site", room: "room", row: "row", position: 1 },
    capacity: { watts: 5_000, kilograms: 800 },
    description: null,
    shelves: Array.from({ length: heightU }, (_, i) => sampleMachine(i)),
    ghosts: [],
  };
}

function sampleMachine(i: number): ShelfView {
  return {
    place: { unit: i + 1, heightU: 1, face: "FULL", column: 1, columns: 1 },
    kind: "MACHINE",
    status: SHELF_STATUSES[i % SHELF_STATUSES.length] ?? null,
    title: `a-machine-with-a-long-name-${i}.example.net`,
    subtitle: "ProLiant DL360 Gen10",
    serialNumber: `S${i}`,
    tooltip: ["HPE", `S/N S${i}`],
    href: null,
    profile: "debian-12",
    labels: {},
    reservation: null,
    absence: null,
    amperes: null,
    watts: 350,
    kilograms: 18,
    paint: null,
    dimmed: false,
  };
}
