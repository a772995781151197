import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { drawRacks } from "../../../src/rack/drawing/draw.js";
import type { DrawOptions } from "../../../src/rack/drawing/draw-options.js";
import type { RackElevation } from "../../../src/rack/drawing/elevation.js";
import { STRIPE_PX } from "../../../src/rack/drawing/scene/measures.js";
import type { Panel } from "../../../src/rack/drawing/scene/shapes.js";
import { readPng } from "./png-pixels.js";
import { HOSTILE_LABELS } from "./random-racks.js";
import { rackScene } from "./rack-scene.js";
import { equippedRack, mixedRack, NOWHERE, place, rack, shelf, wallCase } from "./sample-racks.js";

// Debian: librsvg2-bin, fontconfig, the packages in font-advances.ts, and fonts-noto-cjk.
const FONTS = ["DejaVu Sans", "Liberation Sans", "Roboto", "Noto Sans", "Open Sans", "Noto Sans CJK JP"];
const ZOOM = 2;
const colorBy = { by: "STATE" } as const;
const DRAWN: readonly DrawOptions[] = [
  { face: "FRONT", theme: "light", colorBy },
  { face: "REAR", theme: "print", colorBy },
  { face: "BOTH", theme: "dark", colorBy },
];

/** Long names of every kind of letter, in panels of every size. */
function crowdedRack(): RackElevation {
  const long = [
    ...HOSTILE_LABELS,
    "MMMM-WWWW-mmmm-wwww-0123456789-MMMM-WWWW",
    "iiiiiiiiiilllllllllliiiiiiiiiillllllllll-01",
  ];
  const shelves = long.flatMap((label, i) => [
    shelf(place(2 * i + 1, 1), label, "ThinkSystem SR630 V2 WWWW"),
    shelf(place(2 * i + 2, 0.5, { column: 1, columns: 2 }), label, "PowerEdge R640"),
    shelf(place(2 * i + 2, 1, { column: 2, columns: 2 }), label, "PowerEdge R640"),
  ]);
  return rack(2 * long.length, shelves, { name: "W".repeat(40), location: { ...NOWHERE, site: "m".repeat(80) } });
}

/** The same in blades, whose names are turned, seen from behind, and PDUs at both sides. */
function bladesAndStrips(): RackElevation {
  const blades = [...HOSTILE_LABELS, "MMMM-WWWW-mmmm-wwww-0123456789-MMMM-WWWW"].flatMap((label, i) =>
    Array.from({ length: 8 }, (_, column) =>
      shelf(
        place(4 * i + 1, 4, { column: column + 1, columns: 8, face: i % 2 === 0 ? "FRONT" : "REAR" }),
        label,
        "M640 WW",
      ),
    ),
  );
  const height = 4 * HOSTILE_LABELS.length + 4;
  const strips = (["LEFT", "RIGHT"] as const).map((strip) =>
    shelf(place(1, height, { strip, face: "REAR" }), "PDU-WWWW-MMMM-".repeat(20), "", { kind: "PDU", status: null }),
  );
  return rack(height, [...blades, ...strips], { name: "blades" });
}

/** Only the text in black, in one font: what is too long shows. */
async function textOnly(options: DrawOptions, font: string): Promise<string> {
  const svg = await drawRacks(RACKS, options);
  return svg
    .replace(/font-family:[^;]*/, `font-family:'${font}'`)
    .replace("</style>", "svg rect,svg path{display:none}svg text{fill:#000000!important}</style>");
}

/** Whether there is text at a pixel. */
type Ink = (x: number, y: number) => boolean;

function isInk(svg: string): Ink {
  const { width, height, rgba } = readPng(
    execFileSync("rsvg-convert", ["-z", String(ZOOM)], { input: svg, maxBuffer: 2 ** 26 }),
  );
  return (left, top) => {
    const [x, y] = [Math.round(left), Math.round(top)];
    return x >= 0 && y >= 0 && x < width && y < height && (rgba[(y * width + x) * 4 + 3] ?? 0) > 64;
  };
}

/** How many px of ink lie in a box of the scene. */
function inkIn(ink: Ink, x: number, y: number, width: number, height: number): number {
  let count = 0;
  for (let row = Math.ceil(y * ZOOM); row < Math.floor((y + height) * ZOOM); row++) {
    for (let column = Math.ceil(x * ZOOM); column < Math.floor((x + width) * ZOOM); column++) {
      if (ink(column, row)) count++;
    }
  }
  return count;
}

const RACKS = [crowdedRack(), mixedRack(), wallCase(), equippedRack(), bladesAndStrips()];

describe.each(DRAWN)("$theme, $face", (options) => {
  const scene = rackScene(RACKS, options);
  test.each(FONTS)("drawn in %s no text leaves its panel, its rack or the drawing", async (font) => {
    // A font that is missing would be replaced by another, and nothing would be tested.
    const found = execFileSync("fc-match", ["-f", "%{family}", font], { encoding: "utf8" });
    expect(found, `apt-get install the Debian package of ${font}`).toContain(font);
    const ink = isInk(await textOnly(options, font));
    for (const { x: left, y: top, shapes } of scene.groups) {
      const here: Ink = (x, y) => ink(x + left * ZOOM, y + top * ZOOM);
      for (const shape of shapes) {
        if (shape.kind === "panel" && shape.tooltip !== "") expectTextInside(shape, here, font);
        if (shape.kind !== "box" || shape.role !== "cabinet") continue;
        // Left and right of each cabinet, from the ceiling to the floor; one title is for both faces.
        const ceiling = options.face === "BOTH" ? shape.y : -top;
        for (const x of [shape.x - 20, shape.x + shape.width]) {
          expect(inkIn(here, x, ceiling, 19, shape.y + shape.height - ceiling), `beside the rack at ${left}`).toBe(0);
        }
      }
    }
    expect(inkIn(ink, scene.width - 26, 0, 26, scene.height)).toBe(0);
  });
});

function expectTextInside({ x, y, width, height, shapes }: Panel, ink: Ink, font: string) {
  const texts = shapes.flatMap((shape) => (shape.kind === "text" ? [shape] : []));
  const what = `${font}: ${JSON.stringify(texts)}`;
  // A stripe is for a sign; what stands at the other face has none.
  const free = shapes.some((shape) => shape.kind === "path" && shape.role === "stripe") ? STRIPE_PX : 4;
  if (texts.some(({ turned }) => turned)) {
    expect(inkIn(ink, x, y - 1, width, free), what).toBe(0);
    expect(inkIn(ink, x, y + height - 4, width, 5), what).toBe(0);
    expect(inkIn(ink, x - 1, y, 2, height) + inkIn(ink, x + width - 1, y, 2, height), what).toBe(0);
  } else {
    expect(inkIn(ink, x + width - 4, y, 5, height), what).toBe(0);
    expect(inkIn(ink, x - 1, y, free, height), what).toBe(0);
  }
  const visible = texts.some(({ text }) => /[A-Za-z0-9]/.test(text));
  if (visible) expect(inkIn(ink, x, y, width, height), what).toBeGreaterThan(20);
}
