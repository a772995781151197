import { expect, test } from "vitest";
import { readDiagram } from "../../../src/rack/rackdiag/read-diagram.js";
import { RefusedDiagram } from "../../../src/rack/rackdiag/source.js";
import type { Mode } from "../../../src/rack/rackdiag/tokens.js";

function refusal(text: string, mode: Mode = "helpful"): string {
  try {
    readDiagram(text, mode);
  } catch (error) {
    if (!(error instanceof RefusedDiagram)) throw error;
    return `${error.position.line}:${error.position.column}: ${error.what}`;
  }
  return "accepted";
}

test.each([
  ["{\n  2-3: DB Server\n}", "2:3: rackdiag has no ranges; write the lowest unit and the height: 2: DB Server [2U]"],
  ["{\n  3-2: DB\n}", "2:3: rackdiag has no ranges; write the lowest unit and the height: 2: DB [2U]"],
  ["{ units = 20; 1: x }", "1:3: rackdiag has no units; write the rack's height alone: 20U;"],
  ["{ 12U; 1: x [units = 2] }", "1:14: rackdiag has no units; write the item's height alone: [2U]"],
  ["{ ascending = true; 1: x }", "1:3: ascending takes no value here; write ascending; alone"],
  ["{ 1: x [color = #ff0000]\n}", '1:15: # begins a comment; write the colour in quotes: "#ff0000"'],
  [
    '{ 42U; 1U; "Patch Panel" }',
    '1:12: a text without a unit; an item is a unit, a colon and a label: write 1: "Patch Panel"',
  ],
  [
    "{ class network [color = red]; 1: x }",
    "1:3: rackdiag has no classes; write the colour in each item's brackets, as in 1: server [color = red]",
  ],
  [
    "{ 1: x [class = network] }",
    '1:9: rackdiag has no "class" for items; rackdiag has no classes; write color = … itself',
  ],
  [
    "{ 1: srv[1] }",
    '1:10: "1" in brackets means nothing; to have brackets in a label, put the label in quotes: 1: "server [1]"',
  ],
  ["{ a -> b }", "1:3: rackdiag has no arrows; an item is a unit, a colon and a label: 1: server"],
  ["{ web1; }", '1:3: "web1" alone means nothing; an item is a unit, a colon and a label: write 1: web1'],
  ["{ U3: web }", "1:3: write the unit as a number: 3: server"],
  ["{ 3U: web }", "1:5: 3U says how high the rack is; write the unit as a number: 3: server"],
  ["{ 1:\n}", '1:4: a label is missing; write it on the same line, as in 1: server, or 1: "" for none'],
  ["{ 1: x [2U 1A] }", "1:12: a comma is missing before this, or a ] after the brackets"],
  ["{ 1: x [2U,] }", "1:12: something is missing after the comma; leave the comma out"],
  ["{ 1: x [height: 2] }", "1:15: write = instead of :, as in height = 2"],
  [
    "{ rack { rack { 1: x } } }",
    "1:10: a rack stands in the diagram, not in another rack, and its content in braces: rack { 1: server }",
  ],
  ["{ 1: x\n", "1:1: this { is never closed; write } at the end"],
  [
    "{ 1: x } {}",
    "1:10: the diagram has ended before this; a file holds one diagram: remove a } or write a second file",
  ],
  ["nwdiag { network x {} }", "1:1: this is a nwdiag; only rackdiag { … } is read"],
  ["", "1:1: there is no diagram; write rackdiag { 12U; 1: server }"],
  ["{ 1: x [color = redd] }", '1:17: no colour "redd"; write a name of CSS, as in red, or "#ff0000" in quotes'],
  [
    "{ 12U; 12: x [2U] }",
    "1:8: 2U from unit 12 is outside of the rack's 12U; write a unit from 1 to 11, or a higher rack, as in 13U;",
  ],
  [
    "{ 1: 棚💾 [nix] }",
    '1:10: "nix" in brackets means nothing; to have brackets in a label, put the label in quotes: 1: "server [nix]"',
  ],
])("%j: where, what is wrong and what to write", (text, expected) => {
  expect(refusal(text)).toBe(expected);
});

test.each([
  ["{ 1.5: x }", "1:4: rackdiag takes whole units only; write a whole number, or read the text in the mode helpful"],
  [
    "{ 1: x [0.5U] }",
    "1:10: rackdiag takes whole units only; write a whole number, or read the text in the mode helpful",
  ],
  ["{ 1: x [2u] }", "1:10: write the height as 2U: an upper-case U, without a blank"],
  ["{ rack { ascending; 1: x } }", "1:10: inside a rack rackdiag knows only ascending = 1"],
  ["{ 1: x [ampere = 1] }", "1:18: rackdiag ends with an error here; write [1A]"],
  ["{ rack {} }", "1:1: nothing stands in any rack, and rackdiag then ends with an error"],
])("exact refuses %j, which helpful reads", (text, expected) => {
  expect(refusal(text, "exact")).toBe(expected);
  expect(refusal(text)).toBe("accepted");
});

test.each([
  ["the text", "x".repeat(1_000_001), /1000001 characters; at most 1000000/],
  ["a rack's height", "{ 9999999U; 1: x }", /a rack of 9999999U; write a height up to 100U/],
  ["an item's height", "{ 1: x [9999999U] }", /a height of 9999999U; write one up to 100U/],
  ["what stands side by side", `{ ${"1: x;".repeat(255)} }`, /more than 24 things side by side/],
  ["the racks", `{ ${"rack{1: x}".repeat(1_001)} }`, /more than 1000 racks/],
  ["the items of a rack", `{ ${"1: x[0U]".repeat(20_001)} }`, /more than 20000 items/],
  ["a label", `{ 1: ${"x".repeat(1_001)} }`, /1001 characters in one text; write at most 1000/],
  ["a unit", `{ 1${"0".repeat(400)}: x }`, /unit Infinity/],
])("there is a limit to %s", (_, text, expected) => {
  expect(refusal(text)).toMatch(expected);
  expect(refusal(text, "exact")).toMatch(expected);
});

test("what would explode rackdiag's grid is read", () => {
  const bands = [4, 5, 7].map((columns, i) => `${i + 1}: x;`.repeat(columns)).join("");
  expect(readDiagram(`{ ${bands} }`, "exact").racks[0]?.gridColumns).toBe(140);
});

test("a blank of another script belongs to the name of a colour, as rackdiag has it, and not to a label", () => {
  expect(refusal("{ 1: a [color = \u3000red]\n}", "exact")).toMatch(/^1:\d+: .*\u3000red/);
  expect(readDiagram("{ 1:\u3000a\u3000\n}", "exact").racks[0]?.items[0]?.label).toBe("a");
});
