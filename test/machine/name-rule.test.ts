import { expect, test } from "vitest";
import { checkNameRule, nameByRule, type NameFacts } from "../../src/machine/name-rule.js";
import { onBothServers } from "../graphql/test-server.js";

const facts: NameFacts = {
  serial: "MA6S 000/1",
  place: { rack: "A 07", unit: 12.5, column: 2, site: "Tokyo", room: null, row: "B" },
};

test.each([
  ["{rack}-u{unit}", { name: "a-07-u12-5" }],
  ["{site}-{row}-{rack}-{unit}-{column}", { name: "tokyo-b-a-07-12-5-2" }],
  ["{serial}", { name: "ma6s-000-1" }],
  ["web{counter}", { before: "web", after: "", width: 1 }],
  ["{rack}-{counter:3}-x", { before: "a-07-", after: "-x", width: 3 }],
])("%s makes %j", (rule, pattern) => {
  checkNameRule(rule);
  expect(nameByRule(rule, facts)).toEqual(pattern);
});

test.each(["{nosuch}", "{rack:2}", "{counter}{counter}", "{rack", "{}", "", "---", "{counter:9}", "x".repeat(300)])(
  "the rule %j is refused with words that help",
  (rule) => expect(() => checkNameRule(rule)).toThrow(/is not known in a rule|makes no host name|one \{counter\}/),
);

test.each([
  ["{rack}", { ...facts, place: null }, "it has no place yet"],
  ["{room}", facts, "its rack A 07 has no room"],
  ["{serial}", { ...facts, serial: null }, "no serial number of its own"],
  ["{serial}", { ...facts, serial: "To be filled by O.E.M." }, "no serial number of its own"],
  ["{serial}", { ...facts, serial: "12h" }, "lease time"],
  ["{serial}", { ...facts, serial: "ignore" }, "keyword"],
  ["{counter}", facts, "lease time"],
])("%s cannot name that machine", (rule, of, words) => expect(() => nameByRule(rule, of)).toThrow(words));

onBothServers("approval by a rule for names", (server) => {
  const approve = (serial: string, rule: string) =>
    server().change("approveMachines", [serial], `, nameRule: "${rule}"`);
  const nameOf = async (mac: string) =>
    (await server().ask<{ hostname: string | null }>(`{ machine(macAddress: "${mac}") { hostname } }`)).hostname;

  test("names a machine after its place, and refuses while it has none, or another machine has that name", async () => {
    await server().ask(`mutation { createRack(name: "N1") { userErrors { message } } }`);
    const [a = { serial: "", mac: "" }, b = { serial: "", mac: "" }] = await server().register(2);
    expect(await approve(a.serial, "{rack}-u{unit}")).toMatchObject([
      { code: "CONFLICT", field: ["machines", "0"], message: expect.stringContaining("it has no place yet") as string },
    ]);
    const place = (serial: string, unit: number) =>
      server().ask(
        `mutation { placeMachine(machine: "${serial}", rack: "N1", unit: ${unit}) { userErrors { message } } }`,
      );
    await place(a.serial, 7);
    await place(b.serial, 8);
    expect(await approve(a.serial, "{rack}-u{unit}")).toEqual([]);
    expect(await nameOf(a.mac)).toBe("n1-u7");
    expect(await approve(b.serial, "{rack}-u7")).toMatchObject([
      { code: "CONFLICT", message: expect.stringMatching(/makes it n1-u7, which is Machine:\d+ already/) as string },
    ]);
    expect(await nameOf(b.mac)).toBeNull();
    // Once it has a name it keeps it.
    expect(await approve(a.serial, "other")).toEqual([]);
    expect(await nameOf(a.mac)).toBe("n1-u7");
    expect(await approve(b.serial, "{nosuch}")).toMatchObject([{ code: "BAD_USER_INPUT", field: ["nameRule"] }]);
  });

  test("counts 50 approvals at once without a gap and without a name twice", async () => {
    const machines = await server().register(50);
    const errors = await Promise.all(machines.map(({ serial }) => approve(serial, "web{counter:2}")));
    expect(errors.flat()).toEqual([]);
    const names = await Promise.all(machines.map(({ mac }) => nameOf(mac)));
    expect(names.toSorted()).toEqual(Array.from({ length: 50 }, (_, i) => `web${String(i + 1).padStart(2, "0")}`));
  });

  test("counts on within one list, past names that others have", async () => {
    const machines = await server().register(3);
    await server().ask(
      `mutation { updateMachine(machine: "${machines[2]?.serial}", hostname: "db2") { userErrors { message } } }`,
    );
    const serials = machines.map(({ serial }) => serial);
    expect(await server().change("approveMachines", serials, ', nameRule: "db{counter}"')).toEqual([]);
    expect(await Promise.all(machines.map(({ mac }) => nameOf(mac)))).toEqual(["db1", "db3", "db2"]);
  });
});
