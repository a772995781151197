import { describe, expect, test } from "vitest";
import { contrast, inkOn, READABLE } from "../../../../src/rack/drawing/looks/colour.js";
import { glyphPath, SIGNS } from "../../../../src/rack/drawing/looks/glyphs.js";
import { LOOK_NAMES, lookNamed, textureOf } from "../../../../src/rack/drawing/looks/looks.js";
import { isStatus, SHELF_STATUSES } from "../../../../src/rack/drawing/shelf-status.js";
import {
  CHROME,
  TEXT_STYLES,
  type TextRole,
  type Tone,
  TROUBLE_HATCH,
  type Variant,
} from "../../../../src/rack/drawing/looks/theme.js";
import { randomNumbers, seed } from "../random-racks.js";

const VARIANTS = ["light", "dark", "print"] as const;
const ON_PANELS: readonly TextRole[] = ["name", "aside", "model", "tiny", "tinyaside"];
const ON_PAPER: readonly TextRole[] = ["rack", "size", "fact", "key", "caption", "cell", "cellnumber"];

/** Every text with everything that it may stand on. */
function* texts(variant: Variant): Generator<[role: string, text: Tone, ground: string, tone: Tone]> {
  for (const role of ON_PAPER) yield [role, TEXT_STYLES[role].colour, "paper", CHROME.paper];
  yield ["cell", TEXT_STYLES.cell.colour, "classic", lookNamed("classic").body];
  yield ["number", TEXT_STYLES.number.colour, "cabinet", CHROME.cabinet];
  for (const name of LOOK_NAMES) {
    const look = lookNamed(name);
    const grounds = [look.body, textureOf(look, variant)?.tone ?? look.body];
    const faded = name === "dim" || name === "behind";
    for (const role of ON_PANELS) {
      for (const ground of grounds) yield [role, faded ? CHROME.quiet : TEXT_STYLES[role].colour, name, ground];
      yield [role, TEXT_STYLES[role].colour, "trouble", TROUBLE_HATCH];
    }
  }
}

describe.each(VARIANTS)("on %s paper", (variant) => {
  test("every text has a contrast of 4.5 to what it stands on (WCAG 2.1 AA)", () => {
    for (const [role, text, ground, tone] of texts(variant)) {
      expect(contrast(text[variant], tone[variant]), `${role} on ${ground}`).toBeGreaterThanOrEqual(READABLE);
    }
  });

  test("every text role is among the ones checked", () => {
    const checked = new Set(Array.from(texts(variant), ([role]) => role));
    expect([...checked].sort()).toEqual(Object.keys(TEXT_STYLES).sort());
  });

  test("every sign has a contrast of 3 to what it stands on", () => {
    for (const name of LOOK_NAMES) {
      const { body, stripe } = lookNamed(name);
      if (name === "dim") continue; // fades on purpose; the name says who it is
      expect(contrast(body[variant], stripe[variant]), name).toBeGreaterThanOrEqual(3);
    }
  });
});

test("whatever colour something has of its own, what is written on it can be read", () => {
  const random = randomNumbers(seed);
  const colour = () => `#${random(0x1000000).toString(16).padStart(6, "0")}`;
  for (let i = 0; i < 2000; i++) {
    const [fill, text] = [colour(), colour()];
    expect(contrast(inkOn(fill, text), fill), `${text} on ${fill}`).toBeGreaterThanOrEqual(READABLE);
  }
  expect(inkOn("#ffffff", "#cc0000")).toBe("#cc0000");
});

describe("without colour", () => {
  test("every status and every kind has a sign of its own", () => {
    expect(new Set(SIGNS.map((sign) => glyphPath(sign, 1))).size).toBe(SIGNS.length);
  });

  test("every status but the two calm ones has an outline or a texture of its own", () => {
    const shapes = SHELF_STATUSES.map((status) => {
      const { texture, dash, thick, edge, stripe } = lookNamed(status.toLowerCase());
      return [texture?.kind, dash, thick, edge.light === stripe.light].join();
    });
    // INSTALLED and READY: plain on purpose, most machines are one of them.
    expect(new Set(shapes).size).toBe(SHELF_STATUSES.length - 1);
  });

  test("only machines have a stripe: equipment is never taken for one", () => {
    for (const sign of SIGNS) expect(lookNamed(sign.toLowerCase()).plain ?? false, sign).toBe(!isStatus(sign));
  });

  test("fourteen values of a label have a texture each", () => {
    const textures = Array.from({ length: 14 }, (_, i) => textureOf(lookNamed(`v${i}`), "print"));
    expect(new Set(textures.map((texture) => `${texture?.kind} ${texture?.weight}`)).size).toBe(14);
  });
});
