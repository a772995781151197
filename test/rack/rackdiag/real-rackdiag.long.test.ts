import { isDeepStrictEqual } from "node:util";
import { expect, test } from "vitest";
import { MAX_COLUMNS } from "../../../src/rack/rack-space.js";
import type { Diagram, DiagramRack } from "../../../src/rack/rackdiag/diagram.js";
import { readDiagram } from "../../../src/rack/rackdiag/read-diagram.js";
import { RefusedDiagram } from "../../../src/rack/rackdiag/source.js";
import { Random, testSeed } from "../../support/random.js";
import { mutated, randomDiagram } from "./random-diagrams.js";
import { askRackdiag, type RealRack } from "./real-rackdiag.js";

test("exact understands what the real rackdiag understands, and refuses what it refuses", () => {
  const random = new Random(testSeed);
  const texts: string[] = [];
  for (let racks = 0; racks < 2_300;) {
    const text = randomDiagram(random);
    texts.push(text);
    racks += exactly(text).racks?.length ?? 0;
    if (random.chance(0.4)) texts.push(mutated(random, text));
  }
  const real = askRackdiag(texts);
  const different = texts.flatMap((text, i) => {
    const [ours, theirs] = [exactly(text), real[i] ?? {}];
    const refused = theirs.racks === undefined || isTooWide(theirs.racks);
    const agreed = refused ? ours.racks === undefined : isDeepStrictEqual(ours.racks, theirs.racks);
    return agreed ? [] : [{ text, ours, theirs }];
  });
  expect(different.slice(0, 1), `seed ${testSeed}, ${different.length} differ`).toEqual([]);
  expect(real.flatMap(({ racks = [] }) => racks).length).toBeGreaterThan(2_000);
  expect(real.filter(({ refused }) => refused !== undefined).length).toBeGreaterThan(200);
});

/** More than a rack of ours has side by side; rackdiag draws them thinner than a px. */
function isTooWide(racks: readonly RealRack[]): boolean {
  return racks.some(({ items }) => items.some(({ columns }) => Number(columns) > MAX_COLUMNS));
}

function exactly(text: string): { racks?: unknown[]; refused?: string } {
  try {
    return { racks: understood(readDiagram(text, "exact")) };
  } catch (error) {
    if (!(error instanceof RefusedDiagram)) throw error;
    return { refused: error.message };
  }
}

function understood({ racks }: Diagram): unknown[] {
  return racks.map(({ height, ascending, description, items }: DiagramRack) => ({
    height,
    ascending,
    description,
    items: items.map(({ unit, height: h, label, ampere, weight, column, columns, fill, line, text }) => ({
      unit,
      height: h,
      label,
      ampere,
      weight,
      column: h === 0 ? 1 : column,
      columns: h === 0 ? 1 : columns,
      fill,
      line,
      text,
    })),
  }));
}
