import type { RackElevation, ShelfView } from "../../../src/rack/drawing/elevation.js";
import type { RackLocation } from "../../../src/rack/rack-plan.js";
import type { Place } from "../../../src/rack/rack-space.js";
import type { ShelfStatus } from "../../../src/rack/drawing/shelf-status.js";

export const NOWHERE: RackLocation = { site: null, room: null, row: null, position: null };

export function place(unit: number, heightU: number, rest: Partial<Place> = {}): Place {
  return { unit, heightU, face: "FULL", column: 1, columns: 1, ...rest };
}

export function shelf(at: Place, title: string, subtitle = "", rest: Partial<ShelfView> = {}): ShelfView {
  return {
    place: at,
    kind: "MACHINE",
    status: "INSTALLED",
    title,
    subtitle,
    serialNumber: null,
    tooltip: [],
    href: null,
    profile: null,
    labels: {},
    reservation: null,
    amperes: null,
    watts: null,
    kilograms: null,
    paint: null,
    dimmed: false,
    ...rest,
  };
}

export function rack(heightU: number, shelves: readonly ShelfView[], rest: Partial<RackElevation> = {}): RackElevation {
  return {
    name: "A07",
    heightU,
    numbering: "FROM_BOTTOM",
    firstUnit: 1,
    location: NOWHERE,
    capacity: { watts: null, kilograms: null },
    description: null,
    shelves,
    ...rest,
  };
}

const two = (n: number) => String(n).padStart(2, "0");

/** 42 machines of one unit: the drawing whose size and time are promised. */
export function fullRack(): RackElevation {
  const status = (unit: number): ShelfStatus =>
    unit === 17 ? "FAILED" : unit >= 30 && unit <= 33 ? "INSTALLING" : unit >= 38 ? "ARMED" : "INSTALLED";
  const shelves = Array.from({ length: 42 }, (_, i) =>
    shelf(place(i + 1, 1), `tyo1-web-${two(i + 1)}`, "PowerEdge R640", {
      tooltip: [`serial CN7475${two(i + 1)}A`],
      status: status(i + 1),
      href: `/machines/CN7475${two(i + 1)}A`,
    }),
  );
  return rack(42, shelves, { location: { site: "Tokyo-1", room: "3F-A", row: "B", position: null } });
}

/** 47U, half empty, with everything that stands in a rack of mixed age. */
export function mixedRack(): RackElevation {
  const tall = (unit: number, heightU: number, title: string, subtitle: string, status: ShelfStatus = "INSTALLED") =>
    shelf(place(unit, heightU), title, subtitle, { status });
  return rack(
    47,
    [
      tall(1, 4, "stor-archive-01.tyo1", "PowerEdge R940xa"),
      tall(5, 4, "stor-archive-02.tyo1", "ProLiant DL580 Gen10", "LOCKED"),
      tall(9, 2, "db-primary-01.tyo1.example.net", "ProLiant DL380 Gen10"),
      tall(11, 2, "db-primary-02.tyo1.example.net", "ProLiant DL380 Gen10", "FAILED"),
      tall(13, 2, "5CZ1234X0A", "ProLiant DL380 Gen9", "DISCOVERED"),
      tall(17, 1, "kvm-01", "ThinkSystem SR630", "READY"),
      tall(18, 1, "kvm-02", "ThinkSystem SR630", "READY"),
      tall(19, 1, "kvm-03", "", "ARMED"),
      tall(20, 1, "rack-web-frontend-production-017.tyo1.example.net", "PowerEdge R640", "INSTALLING"),
      tall(21, 1, "old-mail", "PowerEdge 1950", "RETIRED"),
      shelf(place(24, 1, { column: 1, columns: 2 }), "edge-01", "SYS-E300", { status: "INSTALLED" }),
      shelf(place(24, 1, { column: 2, columns: 2 }), "edge-02", "SYS-E300", { status: "ARMED" }),
      shelf(place(25, 2, { column: 1, columns: 2 }), "node-a", "SYS-2029BT", { status: "INSTALLED" }),
      shelf(place(25, 2, { column: 2, columns: 2 }), "node-b", "SYS-2029BT", { status: "INSTALLING" }),
      shelf(place(28, 0.5), "console-01", "Opengear", { status: "READY" }),
      shelf(place(28.5, 0.5), "console-02", "Opengear", { status: "FAILED" }),
      tall(30, 1, "ウェブ・フロント01号機", "富士通 PRIMERGY RX2530", "INSTALLED"),
      tall(31, 2, "データベース本番系二号機", "富士通 PRIMERGY RX2540 M5", "INSTALLED"),
      tall(46, 1, "tor-probe-01", "UCSC-C220-M5SX"),
    ],
    {
      name: "B12",
      location: { site: "Tokyo-1", room: "3F-A", row: "B", position: null },
      description: "Storage and databases",
    },
  );
}

/** A wall case of 12U, counted from the top, with a blade chassis's worth of narrow fronts. */
export function wallCase(): RackElevation {
  const blades = Array.from({ length: 8 }, (_, i) =>
    shelf(place(1, 5, { column: i + 1, columns: 8 }), `blade-${two(i + 1)}`, "BL460c", {
      status: i === 5 ? "DISCOVERED" : "INSTALLED",
    }),
  );
  return rack(12, [...blades, shelf(place(8, 1), "gw-01", "R220"), shelf(place(10, 1), "gw-02", "R220")], {
    name: "Osaka lab",
    numbering: "FROM_TOP",
    location: { ...NOWHERE, site: "Osaka" },
  });
}
