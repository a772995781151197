import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { InvalidInput } from "../../src/errors.js";
import { DIALECTS } from "../../src/placement/mac-table/dialects.js";
import { readForwardingTable, type ForwardingTable } from "../../src/placement/mac-table/read-table.js";
import { matchesGolden } from "../support/golden.js";
import { Random, testSeed } from "../support/random.js";

const folder = join(import.meta.dirname, "tables");
const tables = readdirSync(folder).map((file) => ({ file, text: readFileSync(join(folder, file), "utf8") }));

function printed({ dialect, entries, leftOut, notUnderstood }: ForwardingTable): string {
  const rows = entries.map(({ macAddress, port, vlan }) => `${macAddress} ${port} ${vlan ?? "-"}`);
  const unread = notUnderstood.map(({ line, text }) => `line ${line}: ${text}`);
  return [`${dialect}, ${leftOut} left out`, ...rows, ...unread, ""].join("\n");
}

describe("a switch's forwarding table", () => {
  test.each(tables)("$file is recognised and read", ({ file, text }) => {
    matchesGolden(`placement/${file}`, printed(readForwardingTable(text)));
  });

  test("every dialect has a table of its own among these", () => {
    const read = tables.map(({ text }) => readForwardingTable(text).dialect);
    expect([...new Set(read)].sort()).toEqual(DIALECTS.map(({ name }) => name).sort());
  });

  test.each(tables)(
    "$file says the same without its headings, with a terminal's ends of lines and colours",
    ({ text }) => {
      const whole = readForwardingTable(text);
      const rows = text.split("\n").filter((line) => /[0-9a-f]{2}[:.-]?[0-9a-f]{2}[:.-][0-9a-f]{2,}/i.test(line));
      expect(readForwardingTable(rows.join("\r\n")).entries).toEqual(whole.entries);
      expect(readForwardingTable(text.replaceAll("\n", "\u001b[0m\r\n")).entries).toEqual(whole.entries);
    },
  );

  test("a line that is no row is named by its number, and the rest is taken", () => {
    const { entries, notUnderstood } = readForwardingTable(
      "Vlan    Mac Address       Type        Ports\n  10    0026.2d01.0101    DYNAMIC     Gi1/0/1\n" +
        "  10    0026.2d01.01      DYNAMIC     Gi1/0/2\n% Ambiguous input\n\n --More-- \b\b\b  10    0026.2d01.0103    DYNAMIC     Gi1/0/3",
    );
    expect(entries.map(({ port }) => port)).toEqual(["Gi1/0/1", "Gi1/0/3"]);
    expect(notUnderstood).toEqual([
      { line: 3, text: "10    0026.2d01.01      DYNAMIC     Gi1/0/2" },
      { line: 4, text: "% Ambiguous input" },
    ]);
  });

  test.each(["", "hello\nworld", "{}", "00:26:2d:01:01:01", "x".repeat(1_000_000)])(
    "what is no table is refused with what would be one (%#)",
    (text) => {
      expect(() => readForwardingTable(text)).toThrow(InvalidInput);
      expect(() => readForwardingTable(text)).toThrow("Cisco IOS, Cisco NX-OS");
    },
  );

  test("damaged tables never read an address or a port that is not in them, and lose no line", () => {
    const random = new Random(testSeed);
    for (let i = 0; i < 400; i++) {
      const text = damaged(random, random.pick(tables).text);
      let table: ForwardingTable;
      try {
        table = readForwardingTable(text);
      } catch (error) {
        expect(error, `seed ${testSeed}`).toBeInstanceOf(InvalidInput);
        continue;
      }
      const lines = text.split(/\r\n|\n|\r/);
      const digits = text.toLowerCase().replace(/\p{Cc}|[.:-]/gu, "");
      for (const { macAddress, port } of table.entries) {
        expect(digits.includes(macAddress.replaceAll(":", "")), `seed ${testSeed}: ${macAddress}\n${text}`).toBe(true);
        expect(text.replaceAll("\u0000", "").includes(port), `seed ${testSeed}: ${port}\n${text}`).toBe(true);
      }
      expect(table.entries.length + table.leftOut + table.notUnderstood.length).toBeLessThanOrEqual(lines.length);
      for (const { line, text: unread } of table.notUnderstood) expect(lines[line - 1]).toContain(unread.slice(0, 1));
    }
  });
});

function damaged(random: Random, text: string): string {
  const letters = [...text];
  for (let i = random.below(12); i >= 0; i--) {
    const at = random.below(letters.length);
    const junk = random.pick(["", " ", "\n", "-", ":", "é", "0", "\u0000", "9999999999", "a".repeat(300), "​"]);
    letters.splice(at, random.below(3), junk);
  }
  return letters.join("");
}
