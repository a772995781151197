import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { packageRoot } from "../../../../src/package-root.js";
import { FONT_FOLDER, readAdvances, SANS_FONTS } from "./font-advances.js";
import { updatingGolden } from "../../../support/golden.js";

const FIRST = 0x20;
const LAST = 0x52f;
const file = join(packageRoot, "src/rack/drawing/text/text-width-table.ts");

function widest(weight: "regular" | "bold"): number[] {
  const fonts = SANS_FONTS.map((font) => {
    const path = FONT_FOLDER + font[weight];
    if (!existsSync(path)) throw new Error(`${path} is missing: apt-get install ${font.package}`);
    return readAdvances(path);
  });
  return Array.from({ length: LAST - FIRST + 1 }, (_, i) =>
    Math.ceil(Math.max(...fonts.map((font) => font.get(FIRST + i) ?? 0)) * 100 - 1e-6),
  );
}

/** 0 where none of the five fonts has the character. */
function printTable(name: string, advances: readonly number[]): string {
  const lines = [];
  for (let i = 0; i < advances.length; i += 24) lines.push("  " + advances.slice(i, i + 24).join(", ") + ",\n");
  return `// prettier-ignore\nexport const ${name}: readonly number[] = [\n${lines.join("")}];\n`;
}

function printFile(): string {
  return [
    "// Written by test/rack/drawing/text/text-width-table.test.ts with UPDATE_GOLDEN=1. The widest horizontal advance of U+0020 to U+052F\n" +
      "// (Latin, Greek, Cyrillic) over DejaVu Sans, Liberation Sans (as wide as Arial), Roboto, Noto Sans and Open Sans, in\n" +
      "// hundredths of an em, rounded up. Fonts of Debian 12. 0: none of them has it, or it is a combining mark.\n" +
      `export const FIRST_CHARACTER = 0x20;\n`,
    printTable("REGULAR_ADVANCES", widest("regular")),
    printTable("BOLD_ADVANCES", widest("bold")),
  ].join("\n");
}

describe("the width table", () => {
  test("holds the widest advance of the five fonts, regular and bold", () => {
    const measured = printFile();
    if (updatingGolden) writeFileSync(file, measured);
    expect(readFileSync(file, "utf8")).toBe(measured);
  });
});
