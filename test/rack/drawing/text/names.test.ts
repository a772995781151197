import { describe, expect, test } from "vitest";
import { fitNames } from "../../../../src/rack/drawing/text/names.js";
import { textWidth } from "../../../../src/rack/drawing/text/text-width.js";
import { randomNumbers, seed } from "../random-racks.js";

const fitted = (names: readonly string[], room: number) =>
  fitNames(names.map((name) => ({ name, room, px: 12.5, weight: "bold" })));

describe("names of one rack", () => {
  test("are left alone where they fit", () => {
    expect(fitted(["web-001", "web-002"], 100)).toEqual(["web-001", "web-002"]);
  });

  test("lose what they have in common, wherever they differ", () => {
    expect(fitted(["rack-frontend-production-web-001", "rack-frontend-production-web-002"], 110)).toEqual([
      "rack-fro…b-001",
      "rack-fro…b-002",
    ]);
    const sites = ["tyo1", "osa1", "fra1"].map((site) => `web-017.${site}.production.example.net`);
    expect(fitted(sites, 80)).toEqual(["…tyo1.pr…", "…osa1.pr…", "…fra1.pr…"]);
  });

  test(`stay different whatever they have in common (KICKRACK_TEST_SEED=${seed})`, () => {
    const random = randomNumbers(seed);
    const piece = (length: number) => Array.from({ length }, () => "abcdefgh-0123.W日"[random(17)]).join("");
    for (let i = 0; i < 300; i++) {
      const [before, after] = [piece(random(30)), piece(random(30))];
      const siblings = Array.from({ length: 2 + random(42) }, () => before + piece(1 + random(4)) + after);
      const room = 70 + random(150);
      const shown = fitted(siblings, room);
      expect(new Set(shown).size, JSON.stringify([room, siblings, shown])).toBe(new Set(siblings).size);
      for (const name of shown) expect(textWidth(name, 12.5, "bold")).toBeLessThanOrEqual(room + 1e-6);
    }
  });

  test("are one to the reader when they are one", () => {
    expect(new Set(fitted(["one-and-the-same-name-twice", "one-and-the-same-name-twice"], 70)).size).toBe(1);
  });
});
