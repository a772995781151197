import { describe, expect, test } from "vitest";
import { brokenPromises, printPromise, promisedMajor } from "../../src/graphql/promised-schema.js";

const SCHEMA = `
"A server."
type Machine {
  "One DNS label."
  hostname: String
  old: String @deprecated(reason: "use hostname")
  state: State!
}
input Filter { state: State, limit: Int = 10 }
enum State { ARMED READY }
type Query { machines(filter: Filter, first: Int = 50, minutes: Int): [Machine!]! }
`;
const promise = (major: number) => printPromise(major, SCHEMA);

/** The schema with one text in another's place. */
function changed(from: string, to: string): string {
  if (!SCHEMA.includes(from)) throw new Error(`no ${from} in the schema`);
  return SCHEMA.replace(from, to);
}

describe("a promise is broken by", () => {
  test.each([
    ["a removed field", "hostname: String", "", "Field 'hostname' was removed from object type 'Machine'"],
    [
      "a removed deprecated field",
      'old: String @deprecated(reason: "use hostname")',
      "",
      "Field 'old' (deprecated) was",
    ],
    ["a changed type", "hostname: String", "hostname: Int", "changed type from 'String' to 'Int'"],
    ["an answer that may be null now", "state: State!", "state: State", "changed type from 'State!' to 'State'"],
    ["a removed enum value", "ARMED READY", "READY", "Enum value 'ARMED' was removed"],
    ["a removed argument", ", minutes: Int", "", "Argument 'minutes: Int' was removed"],
    ["a required new argument", "minutes: Int", "minutes: Int, rack: String!", "Argument 'rack: String!' added"],
    ["an argument that is required now", "minutes: Int", "minutes: Int!", "from 'Int' to 'Int!'"],
    ["a default that is another", "first: Int = 50", "first: Int = 200", "changed from '50' to '200'"],
    [
      "an input field's default that is another",
      "limit: Int = 10",
      "limit: Int = 1",
      "'Filter.limit' default value changed from '10' to '1'",
    ],
    ["a required new input field", "limit: Int = 10", "limit: Int = 10, rack: String!", "Input field 'rack'"],
    [
      "an argument of another type",
      "type Query { machines(filter: Filter",
      "type Query { machines(filter: State",
      "'Filter'",
    ],
  ])("%s", async (_title, from, to, sentence) => {
    expect((await brokenPromises(promise(1), changed(from, to))).join("\n")).toContain(sentence);
  });
});

describe("a promise is kept by", () => {
  test.each([
    ["a new field", "hostname: String", "hostname: String\n  serialNumber: String"],
    ["a new enum value", "ARMED READY", "ARMED READY RETIRED"],
    ["a new argument that may be left out", "minutes: Int", "minutes: Int, dryRun: Boolean! = false, key: String"],
    ["a new input field that may be left out", "limit: Int = 10", "limit: Int = 10, rack: String"],
    ["an answer that is never null now", "hostname: String", "hostname: String!"],
    ["a deprecation", "hostname: String", 'hostname: String @deprecated(reason: "use name")'],
    ["another description", "One DNS label.", "The first label of its name."],
    ["nothing changed", "Machine", "Machine"],
  ])("%s", async (_title, from, to) => {
    expect(await brokenPromises(promise(1), changed(from, to))).toEqual([]);
  });
});

test("a draft, which is major 0, promises nothing", async () => {
  expect(await brokenPromises(promise(0), changed("hostname: String", ""))).toEqual([]);
});

test("a promise is the names and types without the descriptions, and says its major", () => {
  expect(promisedMajor(promise(12))).toBe(12);
  expect(promise(1)).not.toMatch(/A server|DNS label/);
  expect(promise(1)).toContain('old: String @deprecated(reason: "use hostname")');
  expect(() => promisedMajor(SCHEMA)).toThrow("does not begin with its major");
});
