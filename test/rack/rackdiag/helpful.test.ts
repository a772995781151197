import { expect, test } from "vitest";
import { readDiagram } from "../../../src/rack/rackdiag/read-diagram.js";

/** What a text says, in short, and the warnings. */
function read(text: string) {
  const { racks, warnings } = readDiagram(text, "helpful");
  return {
    racks: racks.map(
      ({ height, ascending, items }) =>
        `${height}U${ascending ? " from the top" : ""}: ` +
        items.map(({ unit, height: h, label }) => `${unit}=${label}${h === 1 ? "" : `[${h}U]`}`).join(" "),
    ),
    warnings: warnings.map(({ line, column, message }) => `${line}:${column}: ${message}`),
  };
}

test("a comment after a label is none of the label", () => {
  expect(read("{ 9U\n 1: web // note [2U]\n 2: db # two\n 3: http://x #1\n 4: a /* b */ [2U]\n}")).toEqual({
    racks: ["9U: 1=web 2=db 3=http://x #1 4=a[2U]"],
    warnings: [
      "2:9: read as a comment; rackdiag would take it as part of the label",
      "3:8: read as a comment; rackdiag would take it as part of the label",
      "5:7: read as a comment; rackdiag would take it as part of the label",
    ],
  });
});

test("racks take the diagram's height and numbering, unless they have their own", () => {
  expect(read("{ 16U; ascending;\n rack { 1: a }\n rack { 8U; ascending = no; 1: b } }")).toEqual({
    racks: ["16U from the top: 1=a", "8U: 1=b"],
    warnings: [
      "2:2: this rack has 16U, as the diagram says; for rackdiag it would have 42U",
      "2:2: unit 1 of this rack is at the top, as the diagram says; for rackdiag it would be the lowest",
      "3:13: read as numbers from the bottom; rackdiag would number from the top",
    ],
  });
});

test("an empty rack is kept", () => {
  expect(read("{ rack { 8U }\n rack { 1: a } }")).toEqual({
    racks: ["8U: ", "42U: 1=a"],
    warnings: ["1:3: an empty rack; rackdiag would leave it out"],
  });
  expect(read("{ 12U }").racks).toEqual(["12U: "]);
});

test("halves of units stand where they say", () => {
  expect(read("{ 12.5U\n 1: a [0.5U]\n 1.5: b [1.5U]\n * c\n * d [2u] }")).toEqual({
    racks: ["12.5U: 1=a[0.5U] 1.5=b[1.5U] 3=c 4=d[2U]"],
    warnings: [
      "1:3: rackdiag takes whole units only",
      "2:8: rackdiag takes whole units only",
      "3:2: rackdiag takes whole units only",
      "3:10: rackdiag takes whole units only",
      "5:7: rackdiag takes an upper-case U only",
    ],
  });
});

test("what ends rackdiag with an error, or means another rack to it, is read as it is meant", () => {
  expect(read("{ rack { rackheight = 9; ascending; 1: a [ampere = 2A, height = 2] } }")).toEqual({
    racks: ["9U from the top: 1=a[2U]"],
    warnings: [
      "1:10: read as this rack's height; rackdiag would not",
      "1:26: inside a rack rackdiag knows only ascending = 1",
      "1:43: read as 2A; rackdiag would end with an error",
    ],
  });
});

test("nothing that a diagram names is opened", () => {
  const text = '{ 1: a [icon = "/etc/passwd", background = "http://x/y.png", href = "javascript:alert(1)"] }';
  expect(read(text).warnings).toEqual([
    "1:9: icon is left out: no file and no address in a diagram is opened",
    "1:31: background is left out: no file and no address in a diagram is opened",
    "1:62: the link is left out: only http and https are kept",
  ]);
});

test("a diagram without surprises has no warnings and reads the same in both modes", () => {
  const text =
    'rackdiag { 12U; description = "A1"; 1: ups [2U, 20kg]; 3: db [color = red]; 3: "web # 1 // x" [1.5A]; * N/A }';
  const { racks, warnings } = readDiagram(text, "helpful");
  expect(warnings).toEqual([]);
  expect(racks).toEqual(readDiagram(text, "exact").racks);
});
