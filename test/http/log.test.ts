import { expect, test } from "vitest";
import { createLog, logLine } from "../../src/log.js";

const TIME = new Date("2026-11-23T03:00:00.000Z");

test("a line is logfmt: plain words as they are, everything else quoted", () => {
  const fields = { serial: "MA6S000000", mac: "00:26:2d:01:01:01", maker: "Dell Inc.", missing: undefined, count: 3 };
  expect(logLine(TIME, "info", "registration", fields)).toBe(
    "time=2026-11-23T03:00:00.000Z level=info msg=registration " +
      'serial=MA6S000000 mac=00:26:2d:01:01:01 maker="Dell Inc." missing="" count=3\n',
  );
});

test.each([
  "a\ntime=2026-11-23T03:00:00.000Z level=info msg=forged",
  "a\r\n",
  'a" level=error forged="',
  "a level=error",
  "\x1b[2J\x1b[31m",
  "\x9b31m",
  "\x07\x08\x00\x7f\x85",
  "\u2028\u2029",
  "\\",
  "\ud800",
  "=",
])("%j stays inside its field, on its line", (text) => {
  const line = logLine(TIME, "info", text, { serial: text, after: "end" });
  expect(line).toMatch(/^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*\n$/);
  const fields = [...line.matchAll(/(?:^| )(\w+)=("(?:[^"\\]|\\.)*"|\S+)/g)].map((match) => [match[1], match[2]]);
  expect(fields.map(([name]) => name)).toEqual(["time", "level", "msg", "serial", "after"]);
  expect(JSON.parse(fields[3]?.[1] ?? "")).toBe(text);
});

test("an error is one line too, with its stack", () => {
  const lines: string[] = [];
  createLog(
    (text) => lines.push(text),
    () => TIME,
  ).error("failed", new Error("first\nsecond"));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^[^\n]*error="Error: first\\nsecond\\n +at [^\n]*\n$/);
});
