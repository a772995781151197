import { expect, test } from "vitest";
import { Refusals } from "../../src/errors.js";
import { checkPattern, expandPattern, type PortPattern } from "../../src/placement/rule/port-pattern.js";
import { parsePortTable, printPortTable } from "../../src/placement/rule/port-table.js";

const PLAIN: PortPattern = {
  ...{ pattern: "Gi1/0/{n}", from: 1, to: 3, firstUnit: 1, step: 1, skippedPorts: [], skippedUnits: [] },
  ...{ portsPerMachine: 1, column: null, columns: 1, face: null },
};
const RACK = { name: "A", heightU: 42 };

function places(more: Partial<PortPattern>): string[] {
  const { spots } = expandPattern({ ...PLAIN, ...more }, RACK);
  return spots.map(({ port, unit, column }) => `${port.replace("Gi1/0/", "")}@${unit}/${column}`);
}

test.each<[string, Partial<PortPattern>, string]>([
  ["port n stands at unit n", {}, "1@1/1 2@2/1 3@3/1"],
  ["from a first unit, in steps", { firstUnit: 10, step: 2 }, "1@10/1 2@12/1 3@14/1"],
  ["down from the top", { firstUnit: 42, step: -1 }, "1@42/1 2@41/1 3@40/1"],
  ["a skipped port takes no unit", { skippedPorts: [2] }, "1@1/1 3@2/1"],
  ["a skipped unit stays empty", { skippedUnits: [1, 3] }, "1@2/1 2@4/1 3@5/1"],
  ["two ports a machine", { to: 5, portsPerMachine: 2 }, "1@1/1 2@1/1 3@2/1 4@2/1 5@3/1"],
  ["two machines side by side", { columns: 2 }, "1@1/1 2@1/2 3@2/1"],
  ["one column of two", { columns: 2, column: 2 }, "1@1/2 2@2/2 3@3/2"],
  [
    "two ports a machine, two machines side by side",
    { to: 6, portsPerMachine: 2, columns: 2 },
    "1@1/1 2@1/1 3@1/2 4@1/2 5@2/1 6@2/1",
  ],
])("a pattern: %s", (_, more, expected) => {
  expect(places(more).join(" ")).toBe(expected);
});

test("a pattern says which ports it leaves out, and why", () => {
  const { spots, leftOut } = expandPattern({ ...PLAIN, from: 40, to: 45, firstUnit: 40, skippedPorts: [41] }, RACK);
  expect(spots.map(({ unit }) => unit)).toEqual([40, 41, 42]);
  expect(leftOut).toEqual([
    { port: "Gi1/0/41", reason: "it is skipped" },
    { port: "Gi1/0/44", reason: "U43 is outside rack A (42U)" },
    { port: "Gi1/0/45", reason: "U44 is outside rack A (42U)" },
  ]);
});

test.each<[Partial<PortPattern>, string]>([
  [{ pattern: "Gi1/0/1" }, "pattern"],
  [{ pattern: "Gi{n}/0/{n}" }, "pattern"],
  [{ from: 5, to: 4 }, "to"],
  [{ to: 100_000 }, "to"],
  [{ step: 0 }, "step"],
  [{ firstUnit: 1.2 }, "firstUnit"],
  [{ portsPerMachine: 0 }, "portsPerMachine"],
  [{ columns: 25 }, "columns"],
  [{ columns: 2, column: 3 }, "column"],
])("a pattern with %j is refused with the field named", (more, field) => {
  expect(() => checkPattern({ ...PLAIN, ...more })).toThrow(expect.objectContaining({ field: ["pattern", field] }));
});

test("a table that is written is read back as it was", () => {
  const { spots } = expandPattern({ ...PLAIN, pattern: '=cmd,"{n}', columns: 2, face: "FRONT" }, RACK);
  const all = spots.map((spot) => ({ switch: "sw-ä", ...spot }));
  expect(parsePortTable(printPortTable(all), null)).toEqual(all.map((spot, i) => ({ ...spot, line: i + 2 })));
});

test("a table may leave out what is plain, in any order of columns", () => {
  expect(parsePortTable("\uFEFFUnit,port,Rack\n7.5, Gi1/0/7 ,A\n\n", "sw")).toEqual([
    { switch: "sw", port: "Gi1/0/7", rack: "A", unit: 7.5, column: 1, columns: 1, face: null, line: 2 },
  ]);
});

function faultsOf(text: string): string[] {
  try {
    parsePortTable(text, null);
    return [];
  } catch (error) {
    const all = error instanceof Refusals ? error.errors : [error as Error];
    return all.map(({ message }) => message);
  }
}

test("a table's faults are told with line and column, all of them at once", () => {
  const text = [
    ..."switch,port,rack,unit,column,columns,face|sw,Gi1/0/1,A,x,,,|sw,,A,1,,,|sw,Gi1/0/2,A,1,3,2,|sw,7,A,1,,,".split(
      "|",
    ),
    ...'sw,Gi1/0/8,A,1,,,SIDE|"a\nb",8,A,0,,,|sw,GigabitEthernet1/0/9,A,1,,,|sw,gi1/0/9,A,2,,,|sw,9,A,1,,,,'.split("|"),
  ].join("\n");
  expect(faultsOf(text)).toEqual([
    'line 2, column unit: "x" is wrong; write a unit from 1, such as 7 or 7.5',
    "line 3, column port: is empty",
    "line 4, column column: 3 of 2; write 1 to 2",
    'line 6, column face: "SIDE" is none; write FRONT, REAR, FULL or nothing',
    'line 8, column unit: "0" is wrong; write a unit from 1, such as 7 or 7.5',
    "line 10, column port: port gi1/0/9 of sw stands in line 9",
    "line 11: there are more cells than columns",
  ]);
  expect(faultsOf("")).toEqual(["line 1: the table is empty"]);
  expect(faultsOf("port,unit\n")).toEqual([
    "line 1: the header has no switch, no rack; write switch,port,rack,unit,column,columns,face",
  ]);
  expect(faultsOf("switch,port,rack,unit,height\n")).toEqual([
    "line 1, column height: write the columns switch,port,rack,unit,column,columns,face, each once",
  ]);
  expect(faultsOf('switch,port,rack,unit\nsw,"1,A,1\n')[0]).toMatch(/^line \d: Quote Not Closed/);
});
