import { describe, expect, test } from "vitest";
import { fitText, textWidth, textWidthEm, type Weight } from "../../../../src/rack/drawing/text/text-width.js";
import { HOSTILE_LABELS } from "../random-racks.js";

const graphemes = (text: string) =>
  Array.from(new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text), ({ segment }) => segment);

describe("textWidthEm", () => {
  test.each([
    ["0123456789", 6.4],
    ["W", 0.99],
    ["W", 1.11, "bold"],
    ["日本語", 3.15],
    ["ｶﾀｶﾅ", 2],
    ["ＡＢＣ", 3],
    ["한국어", 3],
    ["💾", 1.4],
    ["e\u0301", 0.62],
    ["\u200b\u200d\ufe0f", 0],
    ["…", 1],
    ["", 0],
  ] satisfies [string, number, Weight?][])("of %s is %d em", (text, em, weight?: Weight) => {
    expect(textWidthEm(text, weight)).toBeCloseTo(em, 5);
  });
});

describe("fitText", () => {
  test("leaves alone what fits, and cuts the middle of what does not", () => {
    expect(fitText("rack-web-017", 200, 12)).toBe("rack-web-017");
    expect(fitText("rack-web-frontend-017", 100, 12)).toBe("rack-we…d-017");
  });

  test("keeps apart the names of a family, which differ at their ends", () => {
    const fitted = Array.from({ length: 100 }, (_, i) => fitText(`rack-web-frontend-production-${100 + i}`, 90, 12));
    expect(new Set(fitted).size).toBe(100);
  });

  test("is empty when not even a character and the ellipsis fit", () => {
    expect(fitText("server", 12, 12)).toBe("");
    expect(fitText("server", 0, 12)).toBe("");
    expect(fitText("server", -5, 12)).toBe("");
    expect(fitText("server", NaN, 12)).toBe("");
  });

  test("leaves no blank beside the ellipsis", () => {
    expect(fitText("Dell Inc. PowerEdge R640", 88, 12)).not.toMatch(/ …|… /);
  });

  test("never exceeds the room, and never splits a grapheme, whatever the label", () => {
    for (const label of HOSTILE_LABELS.map((text) => text.toWellFormed())) {
      const whole = new Set(graphemes(label));
      for (const weight of ["regular", "bold"] as const) {
        for (let room = 0; room < 300; room += 7) {
          const fitted = fitText(label, room, 11, weight);
          expect(textWidth(fitted, 11, weight), fitted).toBeLessThanOrEqual(room + 1e-6);
          if (fitted === label) continue;
          for (const part of fitted.split("…").flatMap(graphemes))
            expect(whole, JSON.stringify(fitted)).toContain(part);
        }
      }
    }
  });

  test("takes no longer for a megabyte than for a name", () => {
    const started = performance.now();
    expect(fitText("👩‍👩‍👧‍👦".repeat(100_000), 100, 12).length).toBeLessThan(200);
    expect(performance.now() - started).toBeLessThan(200);
  });
});
