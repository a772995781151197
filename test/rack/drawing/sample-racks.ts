import type { Absence, GhostView, RackElevation, ShelfView } from "../../../src/rack/drawing/elevation.js";
import type { RackLocation } from "../../../src/rack/rack-plan.js";
import type { Place } from "../../../src/rack/rack-space.js";
import { kindLabel, SHELF_KINDS, type ShelfKind } from "../../../src/rack/shelf-kind.js";
import { SHELF_STATUSES, type ShelfStatus, statusLabel } from "../../../src/rack/drawing/shelf-status.js";

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
    absence: null,
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
    ghosts: [],
    ...rest,
  };
}

export function ghost(at: Place, title: string, subtitle = "", rest: Partial<GhostView> = {}): GhostView {
  const sentence = `${title} is planned elsewhere, but is here (sw-a07 Gi1/0/${at.unit}); check its cable`;
  return { place: at, title, subtitle, sentence, dimmed: false, ...rest };
}

export function absence(title: string, where: string | null): Absence {
  return {
    where,
    sentence:
      where === null ? `nobody hears ${title}; check power and cable` : `${title} is at ${where}; check its cable`,
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

const equipment = (at: Place, kind: ShelfKind, title: string, subtitle = "", rest: Partial<ShelfView> = {}) =>
  shelf(at, title, subtitle, { kind, status: null, ...rest });

/** Everything that is no machine, PDUs beside the panels, what stands behind, loads and what the rack bears. */
export function equippedRack(): RackElevation {
  const loaded = { watts: 420, kilograms: 17.5, amperes: 1.8 };
  const front = { face: "FRONT" } as const;
  const rear = { face: "REAR" } as const;
  const strip = (side: "LEFT" | "RIGHT") => ({ strip: side, face: "REAR" }) as const;
  const server = (unit: number, title: string, profile: string, rest: Partial<ShelfView> = {}) =>
    shelf(place(unit, 1), title, "ProLiant DL360 Gen10", { profile, labels: { team: profile }, ...loaded, ...rest });
  return rack(
    24,
    [
      equipment(place(1, 3), "UPS", "ups-1", "Smart-UPS 3000", { kilograms: 43, watts: null }),
      server(4, "hv-01", "debian-12"),
      server(5, "hv-02", "debian-12", { status: "INSTALLING" }),
      server(6, "hv-03", "rocky-9", { status: "FAILED" }),
      server(7, "hv-04", "rocky-9", { status: "ARMED" }),
      shelf(place(8, 2), "nas-01", "PowerEdge R740xd", { profile: "truenas", ...loaded, status: "LOCKED" }),
      equipment(place(10, 4), "RESERVED", "", "", {
        reservation: { owner: "Storage team", reason: "new archive", endsAt: "2027-03-31T00:00:00Z" },
      }),
      equipment(place(14, 1), "NOT_AVAILABLE", "N/A", "bent rail"),
      equipment(place(16, 2, front), "TRAY", "KVM tray"),
      equipment(place(18, 1, rear), "OTHER", "serial-01", "Opengear"),
      equipment(place(19, 1, front), "BLANK", ""),
      equipment(place(20, 1, front), "CABLE_GUIDE", "", "brush"),
      equipment(place(21, 1, front), "PATCH_PANEL", "pp-a", "24 × Cat 6A"),
      equipment(place(22, 1, rear), "SWITCH", "tor-a", "QFX5120-48Y", { watts: 300, kilograms: 10 }),
      equipment(place(23, 1, rear), "SWITCH", "tor-b", "QFX5120-48Y", { watts: 300, kilograms: 10 }),
      equipment(place(1, 24, strip("LEFT")), "PDU", "pdu-a", "AP8853"),
      equipment(place(1, 24, strip("RIGHT")), "PDU", "pdu-b", "AP8853"),
    ],
    {
      name: "C03",
      location: { site: "Tokyo-1", room: "3F-A", row: "C", position: 3 },
      capacity: { watts: 5000, kilograms: 600 },
    },
  );
}

/** Every state and every kind, each named after itself: the key to all drawings. */
export function signsRack(): RackElevation {
  const states = [...SHELF_STATUSES].reverse();
  const kinds = SHELF_KINDS.filter((kind) => kind !== "PDU").reverse();
  const top = kinds.length + 1;
  return rack(
    states.length + kinds.length + 2,
    [
      ...kinds.map((kind, i) =>
        equipment(
          place(i + 1, 1),
          kind,
          kind === "MACHINE" ? "Machine, state unknown" : kindLabel(kind),
          "",
          kind === "RESERVED" ? { subtitle: "until 2027-03-31" } : {},
        ),
      ),
      equipment(place(top, 1, { face: "REAR" }), "SWITCH", "a switch on the rear"),
      ...states.map((status, i) => shelf(place(top + 1 + i, 1), statusLabel(status), "", { status })),
      equipment(place(1, top, { strip: "LEFT" }), "PDU", "PDU"),
    ],
    { name: "Signs" },
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

/** Machines that are not where they are planned: a swapped pair, one of another rack, strangers, and one nobody hears. */
export function hauntedRack(): RackElevation {
  const away = (unit: number, title: string, where: string | null, rest: Partial<ShelfView> = {}) =>
    shelf(place(unit, 1), title, "PowerEdge R640", { absence: absence(title, where), ...rest });
  return rack(
    20,
    [
      shelf(place(1, 1), "web-01", "PowerEdge R640"),
      away(2, "web-02", "U3"),
      away(3, "web-03", "U2", { status: "LOCKED" }),
      shelf(place(4, 1), "web-04", "PowerEdge R640"),
      away(5, "web-05", "B02 U7"),
      away(6, "web-06", null, { status: "READY" }),
      shelf(place(7, 2), "db-01", "PowerEdge R740xd"),
      shelf(place(9, 1, { column: 1, columns: 2 }), "edge-01", "SYS-E300"),
      shelf(place(9, 1, { column: 2, columns: 2 }), "edge-02", "SYS-E300", { absence: absence("edge-02", "U13") }),
      shelf(place(10, 0.5), "console-01", "Opengear"),
      shelf(place(10.5, 0.5), "console-02", "Opengear", { absence: absence("console-02", "U14 upper half") }),
      equipment(place(11, 2), "RESERVED", "", "", {
        reservation: { owner: "db-02", reason: "its machine is expected", endsAt: null },
      }),
      ...Array.from({ length: 6 }, (_, i) =>
        shelf(place(15, 4, { column: i + 1, columns: 6 }), `blade-${two(i + 1)}`, "BL460c", {
          absence: i === 4 ? absence("blade-05", "U19") : null,
        }),
      ),
    ],
    {
      ghosts: [
        ghost(place(2, 1), "web-03", "PowerEdge R640"),
        ghost(place(3, 1), "web-02", "PowerEdge R640"),
        ghost(place(8, 1), "mail-01", "ThinkSystem SR630"),
        ghost(place(9, 1), "cache-01", "PowerEdge R640"),
        ghost(place(11, 1), "52:54:00:0a:0b:0c", "unknown"),
        ghost(place(13, 1, { column: 1, columns: 2 }), "edge-02", "SYS-E300"),
        ghost(place(14.5, 0.5), "console-02", "Opengear"),
        ghost(place(16, 2), "old-db", "PowerEdge R720"),
        ghost(place(19, 1, { column: 2, columns: 6 }), "blade-05", "BL460c"),
        ghost(place(20, 1), "kvm-01", "ThinkSystem SR630"),
        ghost(place(20, 1), "kvm-02", "ThinkSystem SR630"),
      ],
    },
  );
}

/** What people call their machines in the letters of their own languages. */
export const NAMES_OF_LANGUAGES = {
  latin: "Größe-Ærø-01",
  greek: "διακομιστής-02",
  cyrillic: "сервер-Ёлка-03",
  devanagari: "सर्वर-०४",
  japanese: "東京データセンター-05",
  simplified: "测试备份服务器-06",
  traditional: "臺北機房-07",
  korean: "서버실-데이터베이스-08",
  thai: "เซิร์ฟเวอร์-สำรอง-น้ำ-09",
  hebrew: "שרת-גיבוי-10",
  arabic: "خادم قاعدة ١١",
  persian: "پایگاه\u200cداده-12",
  mixed: "db-01 خادم web-02",
  fullWidth: "サーバーＡ１",
  sign: "Стойка №3 ℃™",
} as const;

export function rackOfLanguages(): RackElevation {
  const names = Object.values(NAMES_OF_LANGUAGES);
  return rack(
    names.length,
    names.map((name, i) => shelf(place(i + 1, 1), name, "R640")),
    { name: "机房 – 서버실 3" },
  );
}
