import bidiFactory from "bidi-js";
import { type FontRun, fontRuns } from "./fonts.js";

// Its types are those of its ES module; Node loads the other one, which is the function itself.
const bidi = (bidiFactory as unknown as typeof bidiFactory.default)();
const FROM_THE_RIGHT = /[\p{Script=Hebrew}\p{Script_Extensions=Arabic}]/u;

/**
 * Pieces of `text` from left to right as they are seen (Unicode's UAX #9), each in one font. The letters of a piece are in the
 * order of reading: who shapes it turns Arabic and Hebrew around. A number beside them is a piece of its own.
 */
export function visualRuns(text: string): FontRun[] {
  if (!FROM_THE_RIGHT.test(text)) return fontRuns(text);
  const levels = bidi.getEmbeddingLevels(text, "ltr");
  const levelAt = (index: number) => levels.levels[index] ?? 0;
  const order = bidi.getReorderedIndices(text, levels);
  const runs: FontRun[] = [];
  for (let from = 0, to = 1; from < order.length; from = to++) {
    const first = order[from] ?? 0;
    const turned = levelAt(first) % 2 === 1;
    const goesOn = (index: number) => {
      return index === (order[to - 1] ?? 0) + (turned ? -1 : 1) && levelAt(index) === levelAt(first);
    };
    while (to < order.length && goesOn(order[to] ?? -1)) to++;
    const last = order[to - 1] ?? 0;
    const pieces = fontRuns(text.slice(Math.min(first, last), Math.max(first, last) + 1));
    runs.push(...(turned ? pieces.toReversed().map(mirrored) : pieces));
  }
  return runs;
}

/** Signs between words from the right, which nobody who shapes turns around: brackets open to the other side. */
function mirrored({ font, text }: FontRun): FontRun {
  if (font !== "latin") return { font, text };
  const turned = [...text].reverse().map((character) => bidi.getMirroredCharacter(character) ?? character);
  return { font, text: turned.join("") };
}
