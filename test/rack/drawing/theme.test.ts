import { describe, expect, test } from "vitest";
import { GLYPHS, SHELF_STATUSES } from "../../../src/rack/drawing/shelf-status.js";
import {
  CHROME,
  STATUS_PAINT,
  TEXT_STYLES,
  type TextRole,
  type Tone,
  TROUBLE_HATCH,
} from "../../../src/rack/drawing/theme.js";

/** WCAG 2.1: (lighter + 0.05) / (darker + 0.05) of relative luminance. */
function contrast(a: string, b: string): number {
  const [lighter = 0, darker = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const VARIANTS = ["light", "dark"] as const;
const ON_PANELS: readonly TextRole[] = ["name", "aside", "model", "tiny", "tinyaside"];
const ON_PAPER: readonly TextRole[] = ["rack", "size", "fact", "key"];

function* texts(): Generator<[role: string, text: Tone, ground: string, tone: Tone]> {
  for (const role of ON_PAPER) yield [role, TEXT_STYLES[role].colour, "paper", CHROME.paper];
  yield ["number", TEXT_STYLES.number.colour, "cabinet", CHROME.cabinet];
  for (const role of ON_PANELS) {
    for (const status of SHELF_STATUSES) {
      const { body, texture } = STATUS_PAINT[status];
      yield [role, TEXT_STYLES[role].colour, status, body];
      if (texture) yield [role, TEXT_STYLES[role].colour, `${status} texture`, texture.colour];
    }
    yield [role, TEXT_STYLES[role].colour, "trouble", TROUBLE_HATCH];
  }
}

describe.each(VARIANTS)("on %s paper", (variant) => {
  test("every text has a contrast of 4.5 to what it stands on (WCAG 2.1 AA)", () => {
    for (const [role, text, ground, tone] of texts()) {
      expect(contrast(text[variant], tone[variant]), `${role} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  test("every text role is among the ones checked", () => {
    const checked = new Set(Array.from(texts(), ([role]) => role));
    expect([...checked].sort()).toEqual(Object.keys(TEXT_STYLES).sort());
  });

  test("every sign has a contrast of 3 to its stripe, and every stripe to its panel", () => {
    for (const status of SHELF_STATUSES) {
      const { body, stripe } = STATUS_PAINT[status];
      expect(contrast(body[variant], stripe[variant]), status).toBeGreaterThanOrEqual(3);
    }
  });
});

describe("without colour", () => {
  test("every status has a sign of its own", () => {
    expect(new Set(SHELF_STATUSES.map((status) => GLYPHS[status])).size).toBe(SHELF_STATUSES.length);
  });

  test("every status but the two calm ones has an outline or a texture of its own", () => {
    const shapes = SHELF_STATUSES.map((status) => {
      const { texture, dash, thick, edge, stripe } = STATUS_PAINT[status];
      return [texture?.kind, dash, thick, edge.light === stripe.light].join();
    });
    // INSTALLED and READY: plain on purpose, most machines are one of them.
    expect(new Set(shapes).size).toBe(SHELF_STATUSES.length - 1);
  });
});
