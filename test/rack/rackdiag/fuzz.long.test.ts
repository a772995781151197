import { expect, test } from "vitest";
import { readDiagram } from "../../../src/rack/rackdiag/read-diagram.js";
import { RefusedDiagram } from "../../../src/rack/rackdiag/source.js";
import { MODES, type Mode } from "../../../src/rack/rackdiag/tokens.js";
import { Random, testSeed } from "../../support/random.js";
import { mutated, randomDiagram, randomTokens } from "./random-diagrams.js";

function accepted(text: string, mode: Mode): boolean {
  try {
    readDiagram(text, mode);
    return true;
  } catch (error) {
    if (error instanceof RefusedDiagram && error.position.line >= 1 && error.position.column >= 1) return false;
    throw new Error(`seed ${testSeed}, ${mode}: ${JSON.stringify(text)}`, { cause: error });
  }
}

test("200,000 texts are read or refused with a place, and nothing else happens", () => {
  const random = new Random(testSeed);
  let read = 0;
  for (let made = 0; made < 200_000;) {
    const text = randomDiagram(random, random.below(2));
    const tried = [
      text,
      ...random.list(10, () => mutated(random, text)),
      ...random.list(9, () => randomTokens(random)),
    ];
    for (const each of tried) read += Number(accepted(each, random.pick(MODES)));
    made += tried.length;
  }
  expect(read).toBeGreaterThan(5_000);
});

test.each([
  ["comments that never end", "/*", "*/*"],
  ["labels that never end", '1: "', "\n"],
  ["comments in a label", " /*", ""],
  ["quotes behind backslashes", '\\"', ""],
  ["blanks after a colon", " ", ""],
  ["blanks within a label", " ", "b }"],
  ["line ends after a bullet", "\n", "*"],
  ["braces", "rack {", ""],
  ["digits", "1", ""],
  ["empty lines", "\r", ""],
])(
  "%s take no longer than their length",
  (_, part, end) => {
    for (const before of ["{ 1: ", "{ 1: a", '{ 1: "', "{ * ", "/*", "{ x = "]) {
      for (const mode of MODES) accepted(before + part.repeat(900_000 / part.length) + end, mode);
    }
  },
  20_000,
);
