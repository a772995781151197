import { expect, test } from "vitest";
import { plansOf } from "../../../src/rack/rack-plan.store.js";
import { rackNamed } from "../../../src/rack/rack.store.js";
import { rackdiagText } from "../../../src/rack/rackdiag/rackdiag-text.js";
import { onBothServers, type UserError } from "../../graphql/test-server.js";

const IMPORT = `mutation ($text: String!, $mode: RackdiagMode, $rack: String, $dryRun: Boolean) {
  importRackdiag(text: $text, mode: $mode, rack: $rack, dryRun: $dryRun) {
    racks { name heightU numbering description shelves { unit heightU column columns kind amperes color
      occupant { hostname } equipment { name product } } }
    warnings { line column message }
    changed { kind }
    userErrors { code field message line column }
  }
}`;

interface Answer {
  readonly racks: { name: string; shelves: { unit: number }[] }[] | null;
  readonly warnings: { line: number; column: number; message: string }[] | null;
  readonly changed: { kind: string }[];
  readonly userErrors: (UserError & { line: number | null; column: number | null })[];
}

onBothServers("importRackdiag", (server) => {
  const run = async (text: string, more: object = {}): Promise<Answer> => {
    const { data, errors } = await server().graphql(IMPORT, { text, ...more });
    expect(errors).toBeUndefined();
    return data["importRackdiag"] as unknown as Answer;
  };
  const register = async (serialNumber: string, hostname: string | null) => {
    const mac = `02:00:00:00:00:${serialNumber.slice(-2)}`;
    await server().graphql(
      "mutation ($serial: String, $mac: MacAddress!) { registerMachine(serialNumber: $serial, macAddresses: [$mac]) { userErrors { message } } }",
      { serial: serialNumber, mac },
    );
    if (hostname === null) return;
    await server().graphql(
      "mutation ($mac: String!, $name: String!) { updateMachine(machine: $mac, hostname: $name) { userErrors { message } } }",
      { mac, name: hostname },
    );
  };
  const names = async (): Promise<unknown> => (await server().graphql("{ racks { nodes { name } } }")).data["racks"];

  test("makes racks, places the machines it knows, and puts equipment everywhere else", async () => {
    await register("SN-IMPORT-01", "import-1");
    await register("SN-IMPORT-02", null);
    const text = `rackdiag {
  rack { 12U; description = "I01\\nby the door";
    1: UPS [2U, 1.5A]
    3: "import-1\\nPowerEdge" [color = "#ff0000"]
    4: SN-IMPORT-02
    4: unknown-1 // a note
    5: N/A
  }
  rack { ascending = 1; 6U; description = "Row 3, I02"; 1: core switch }
}`;
    const { racks, warnings, userErrors, changed } = await run(text);
    expect(userErrors).toEqual([]);
    const shelf = { heightU: 1, column: 1, columns: 1, amperes: null, color: null, occupant: null, equipment: null };
    expect(racks).toEqual([
      {
        name: "I01",
        heightU: 12,
        numbering: "FROM_BOTTOM",
        description: "by the door",
        shelves: [
          { ...shelf, unit: 1, heightU: 2, kind: "UPS", amperes: 1.5, equipment: { name: "UPS", product: null } },
          { ...shelf, unit: 3, kind: "MACHINE", color: "#ff0000", occupant: { hostname: "import-1" } },
          { ...shelf, unit: 4, columns: 2, kind: "MACHINE", occupant: { hostname: null } },
          { ...shelf, unit: 4, column: 2, columns: 2, kind: "OTHER", equipment: { name: "unknown-1", product: null } },
          { ...shelf, unit: 5, kind: "NOT_AVAILABLE" },
        ],
      },
      {
        name: "Row-3-I02",
        heightU: 6,
        numbering: "FROM_TOP",
        description: "Row 3, I02",
        shelves: [{ ...shelf, unit: 6, kind: "SWITCH", equipment: { name: "core switch", product: null } }],
      },
    ]);
    expect(warnings).toEqual([
      { line: 6, column: 5, message: '"unknown-1" is no known machine: it stands there as equipment' },
      { line: 6, column: 18, message: "read as a comment; rackdiag would take it as part of the label" },
      { line: 9, column: 3, message: 'the rack is named Row-3-I02, since "Row 3, I02" cannot be a name' },
    ]);
    expect(changed.map(({ kind }) => kind).sort()).toEqual([
      ...["Machine", "Machine", "Rack", "Rack", "Shelf", "Shelf", "Shelf", "Shelf"],
    ]);
  });

  test("all or none: what is refused is named with its place, and who is in the way", async () => {
    await register("SN-IMPORT-03", "import-3");
    const before = await names();
    const text = `{ rack { description = "J01"; 2U
  1: import-3
  // kickrack item {"place":{"unit":1,"heightU":1,"face":"REAR","column":1,"columns":1,"strip":null},"kind":"SWITCH","name":"behind","manufacturer":null,"product":null,"amperes":null,"watts":null,"kilograms":null,"color":null,"reservation":null}
  2: import-3
} rack { description = "I01" } }`;
    const { racks, userErrors } = await run(text);
    expect(racks).toBeNull();
    expect(userErrors).toEqual([
      {
        code: "CONFLICT",
        field: ["text"],
        message: expect.stringMatching(
          /^line 3, column 3: machine import-3 \(U1, 1U\) stands there in rack J01/,
        ) as string,
        line: 3,
        column: 3,
      },
      {
        code: "CONFLICT",
        field: ["text"],
        message: "line 4, column 3: import-3 stands in line 2 already",
        line: 4,
        column: 3,
      },
      {
        code: "CONFLICT",
        field: ["text"],
        message: "line 5, column 3: there is a rack I01 already",
        line: 5,
        column: 3,
      },
    ]);
    expect(await names()).toEqual(before);
  });

  test("a text that cannot be read, or a rack without a name, is refused with its place", async () => {
    expect((await run("{\n  2-3: DB\n}")).userErrors).toMatchObject([
      {
        code: "BAD_USER_INPUT",
        field: ["text"],
        line: 2,
        column: 3,
        message: expect.stringContaining("no ranges") as string,
      },
    ]);
    expect((await run("{\n rack { 1: x } }")).userErrors).toMatchObject([
      { field: ["text"], line: 2, column: 2, message: expect.stringContaining("has no name") as string },
    ]);
    expect((await run("{ 1.5: x }", { mode: "EXACT", rack: "K1" })).userErrors).toMatchObject([{ line: 1, column: 4 }]);
    expect((await run("{ rack { 1: x } rack { 1: y } }", { rack: "K1" })).userErrors).toMatchObject([
      { field: ["rack"] },
    ]);
  });

  test("dryRun says what would be, and a name is given to the one rack of a text", async () => {
    const text = "{ 4U; 1: pdu [0U] }";
    const dry = await run(text, { rack: "K1", dryRun: true });
    expect([dry.userErrors, dry.changed.length]).toEqual([[], 2]);
    expect(JSON.stringify(await names())).not.toContain("K1");
    expect((await run(text, { rack: "K1" })).racks).toMatchObject([{ name: "K1", shelves: [{ unit: 1 }] }]);
  });

  test("a rack that was written and deleted comes back as it was", async () => {
    const { database } = server().app;
    const planOf = async () => plansOf(database.manager, [await rackNamed(database.manager, "I01")]);
    const plans = await planOf();
    const { text } = rackdiagText(plans);
    expect((await server().control("/racks/I01.diag")).body).toBe(text);
    await server().graphql('mutation { deleteRack(rack: "I01", occupants: UNPLACE) { userErrors { message } } }');
    expect((await run(text)).userErrors).toEqual([]);
    expect(await planOf()).toEqual(plans);
  });
});
