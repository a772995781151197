import { expect, test } from "vitest";
import { onBothServers, type UserError } from "../graphql/test-server.js";

interface Answer {
  readonly rule: { readonly id: string; readonly table: string } | null;
  readonly userErrors: UserError[];
  readonly change: { readonly id: string } | null;
}

const ANSWER = "{ rule { id table } userErrors { code field message } change { id } }";

onBothServers("placement rules", (server) => {
  const make = async (name: string) => {
    await server().ask(`mutation { createRack(name: "${name}", heightU: 4) { rack { id } } }`);
    await server().ask(`mutation { createSwitch(name: "sw-${name}") { switch { id } } }`);
  };
  const create = (name: string, more: string) =>
    server().ask<Answer>(`mutation { createPlacementRule(name: "${name}", ${more}) ${ANSWER} }`);
  const pattern = (rack: string, more = "") =>
    `switch: "sw-${rack}", rack: "${rack}", pattern: { pattern: "Gi1/0/{n}", to: 6${more} }`;
  const table = (text: string) => `table: ${JSON.stringify(text)}`;
  const tableOf = async (name: string) => {
    const query = `{ placementRules(filter: { name: { eq: "${name}" } }) { nodes { table } } }`;
    return (await server().ask<{ nodes: Array<{ table: string }> }>(query)).nodes.map(({ table }) => table);
  };

  test("a pattern is previewed: every port it covers, and what it leaves out and why", async () => {
    await make("P");
    await server().ask(`mutation { updateSwitchPort(switch: "sw-P", port: "Te1/1/1", role: UPLINK) { port { id } } }`);
    const taken = table("switch,port,rack,unit\nsw-P,GigabitEthernet1/0/2,P,4\n");
    expect((await create("by-hand", taken)).userErrors).toEqual([]);
    const preview = await server().ask(
      `{ previewPlacementRule(${pattern("P", ", skippedPorts: [3]")}) { covered { switch port rack unit } leftOut { port reason } } }`,
    );
    expect(preview).toEqual({
      covered: [1, 4, 5].map((n, i) => ({ switch: "sw-P", port: `Gi1/0/${n}`, rack: "P", unit: [1, 3, 4][i] })),
      leftOut: [
        { port: "Gi1/0/3", reason: "it is skipped" },
        { port: "Gi1/0/6", reason: "U5 is outside rack P (4U)" },
        { port: "Gi1/0/2", reason: "rule by-hand claims it" },
        { port: "Te1/1/1", reason: "the pattern is not for it" },
      ],
    });
  });

  test("a second rule for a port is refused, with both rules named", async () => {
    await make("Q");
    await create("first", pattern("Q"));
    const { userErrors } = await create("second", table("switch,port,rack,unit\nsw-Q,gigabitethernet 1/0/2,Q,4\n"));
    expect(userErrors).toEqual([
      {
        code: "CONFLICT",
        field: ["table"],
        message: "rule second cannot have what another rule has: port gigabitethernet 1/0/2 is claimed by rule first",
      },
    ]);
    expect(await tableOf("second")).toEqual([]);
  });

  test("of fifty rules that want one port at once, one gets it and the others say who has", async () => {
    await make("R");
    const names = Array.from({ length: 50 }, (_, i) => `racing-${i}`);
    const answers = await Promise.all(names.map((name) => create(name, pattern("R", `, from: 2`))));
    const winner = names[answers.findIndex(({ rule }) => rule !== null)];
    const lost = answers.filter(({ rule }) => rule === null);
    expect(lost).toHaveLength(49);
    for (const { userErrors } of lost) expect(userErrors[0]?.message).toContain(`is claimed by rule ${winner}`);
  });

  test("a rule goes out as CSV and comes in again; each fault of a table has its line and column", async () => {
    await make("S");
    await create("out", pattern("S"));
    const [csv = ""] = await tableOf("out");
    expect(csv.split("\r\n").slice(0, 2)).toEqual([
      "switch,port,rack,unit,column,columns,face",
      "sw-S,Gi1/0/1,S,1,1,1,",
    ]);
    const { userErrors } = await server().ask<Answer>(
      `mutation { updatePlacementRule(rule: "out", name: "in", ${table(csv.replaceAll(",S,4", ",S,3.5"))}) ${ANSWER} }`,
    );
    expect(userErrors).toEqual([]);
    expect(await tableOf("in")).toEqual([csv.replaceAll(",S,4", ",S,3.5")]);
    const wrong = await create("wrong", table("switch,port,rack,unit\nsw-S,9,S,zero\nsw-S,10,S,5\nsw-S,,S,1\n"));
    expect(wrong.userErrors).toMatchObject([
      { field: ["table", "2", "unit"], message: expect.stringContaining("line 2, column unit") as string },
      { field: ["table", "4", "port"] },
    ]);
    expect(
      (await create("nowhere", table("switch,port,rack,unit\nsw-S,9,T,1\n\nsw-S,11,S,5\nsw,9,S,5\n"))).userErrors,
    ).toEqual([
      { code: "BAD_USER_INPUT", field: ["table", "2", "rack"], message: 'line 2, column rack: no rack "T"' },
      {
        code: "BAD_USER_INPUT",
        field: ["table", "4", "unit"],
        message: "line 4, column unit: U5 is outside rack S (4U)",
      },
      { code: "BAD_USER_INPUT", field: ["table", "5", "switch"], message: 'line 5, column switch: no switch "sw"' },
    ]);
  });

  test("a switch or a rack that a rule names is not deleted, and the rule is named", async () => {
    await make("U");
    await create("keeps-U", pattern("U"));
    for (const mutation of [`deleteSwitch(switch: "sw-U")`, `deleteRack(rack: "U")`]) {
      const { userErrors } = await server().ask<Answer>(
        `mutation { ${mutation} { userErrors { code field message } } }`,
      );
      expect(userErrors).toMatchObject([{ code: "CONFLICT", message: expect.stringContaining("keeps-U") as string }]);
    }
  });

  test.each([
    ["a pattern", (rack: string) => pattern(rack)],
    ["a table", (rack: string) => table(`switch,port,rack,unit\nsw-${rack},7,${rack},2\nsw-${rack},8,${rack},3\n`)],
  ])("%s that was changed and deleted comes back by undo", async (what, text) => {
    const rack = `V${what.length}`;
    await make(rack);
    const undo = async ({ change }: Answer) => {
      const query = `mutation { undoChange(change: "${change?.id}") { userErrors { code field message } } }`;
      expect((await server().ask<Answer>(query)).userErrors).toEqual([]);
    };
    const made = await create(rack, text(rack));
    const before = await tableOf(rack);
    await undo(
      await server().ask<Answer>(
        `mutation { updatePlacementRule(rule: "${rack}", ${pattern(rack, ", step: 2")}) ${ANSWER} }`,
      ),
    );
    expect(await tableOf(rack)).toEqual(before);
    await undo(await server().ask<Answer>(`mutation { deletePlacementRule(rule: "${rack}") ${ANSWER} }`));
    expect(await tableOf(rack)).toEqual(before);
    await undo(made);
    expect(await tableOf(rack)).toEqual([]);
  });
});
