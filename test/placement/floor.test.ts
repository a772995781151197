import { Option } from "commander";
import { expect, test, vi } from "vitest";
import type { Config } from "../../src/config.js";
import { auditCommand } from "../../src/placement/floor/audit-cli.js";
import { audit } from "../../src/placement/floor/audit-command.js";
import { onBothServers, type TestServer } from "../graphql/test-server.js";
import { statementsOf } from "../support/statements.js";

interface Place {
  readonly agreement: string;
  readonly planned: { unit: number } | null;
  readonly observed: { unit: number; rack: { name: string } } | null;
  readonly evidence: Array<{ source: string; portId: string }>;
}

const PLACES = `query ($first: Int!) { machines(first: $first, orderBy: SERIAL_NUMBER_ASC) { nodes {
  serialNumber place { agreement planned { unit } observed { unit rack { name } } evidence { source portId } } } } }`;
const CONFLICTS = `query ($rack: String!) { floorConflicts(rack: $rack) {
  kind detail machine { serialNumber } otherMachine { serialNumber } planned { unit } observed { unit } evidence { portId } } }`;

interface Floor {
  readonly rack: string;
  /** From the floor up, one a unit. */
  readonly serials: string[];
  /** A machine boots in the port that is for this unit. */
  readonly hears: (index: number, unit: number) => Promise<void>;
}

/** A rack of approved machines, one a unit, and a switch whose ports are for its units. */
async function floor(server: TestServer, rack: string, count: number): Promise<Floor> {
  const machines = await server.register(count);
  const serials = machines.map(({ serial }) => serial);
  const ask = (mutation: string) => server.ask<object>(`mutation { ${mutation} { userErrors { message } } }`);
  const done = [
    await ask(`createRack(name: "${rack}", heightU: 42)`),
    await ask(`createSwitch(name: "sw-${rack}")`),
    await ask(
      `createPlacementRule(name: "${rack}", switch: "sw-${rack}", rack: "${rack}", pattern: { pattern: "Gi1/0/{n}", to: 40 })`,
    ),
    await ask(
      `placeMachines(placements: [${serials.map((serial, i) => `{ machine: "${serial}", rack: "${rack}", unit: ${i + 1} }`).join(" ")}])`,
    ),
  ];
  expect(done).toEqual(done.map(() => ({ userErrors: [] })));
  expect(await server.change("lockMachines", serials)).toEqual([]);
  const hears = async (index: number, unit: number) => {
    const { serial, mac } = machines[index] as { serial: string; mac: string };
    const lldp = `lldp_system=sw-${rack}.example.net&lldp_port=GigabitEthernet1%2F0%2F${unit}`;
    const { status } = await server.boot(`/inventory/${serial}/${mac}/Dell%20Inc./PowerEdge%20R640?${lldp}`);
    expect(status).toBe(200);
  };
  return { rack, serials, hears };
}

/** How the command ends, and what it prints. */
async function auditStatus(config: Config): Promise<[number | string | null | undefined, string]> {
  let printed = "";
  const streams = [
    vi.spyOn(process.stdout, "write").mockImplementation((chunk) => ((printed += String(chunk)), true)),
    vi.spyOn(process.stderr, "write").mockReturnValue(true),
  ];
  try {
    await auditCommand(new Option("--config <file>"), () => config).parseAsync([], { from: "user" });
    return [process.exitCode ?? undefined, printed];
  } finally {
    for (const stream of streams) stream.mockRestore();
    process.exitCode = 0;
  }
}

onBothServers("plan against floor", (server) => {
  const unitsOf = async ({ rack }: Floor) => {
    const found = await server().ask<{ shelves: Array<{ unit: number; occupant: { serialNumber: string } }> }>(
      `{ rack(name: "${rack}") { shelves { unit occupant { serialNumber } } } }`,
    );
    return found.shelves.map(({ unit, occupant }) => `${occupant.serialNumber} U${unit}`);
  };
  const conflicts = ({ rack }: Floor) => server().ask<Array<{ kind: string; detail: string }>>(CONFLICTS, { rack });

  test("a machine's place says where it is planned, where it is seen, and by what", async () => {
    const { serials, hears } = await floor(server(), "P1", 3);
    await hears(0, 1);
    await hears(1, 9);
    const { nodes } = await server().ask<{ nodes: Array<{ serialNumber: string; place: Place }> }>(PLACES, {
      first: 200,
    });
    const placeOf = (i: number) => nodes.find(({ serialNumber }) => serialNumber === serials[i])?.place;
    expect(placeOf(0)).toMatchObject({ agreement: "AGREES", planned: { unit: 1 }, observed: { unit: 1 } });
    expect(placeOf(1)).toMatchObject({
      agreement: "DIFFERS",
      planned: { unit: 2 },
      observed: { unit: 9, rack: { name: "P1" } },
      evidence: [{ source: "ipxe-lldp", portId: "GigabitEthernet1/0/9" }],
    });
    expect(placeOf(2)).toEqual({ agreement: "UNSEEN", planned: { unit: 3 }, observed: null, evidence: [] });
  });

  test("evidence alone moves nobody who has a place; a person accepts a swap as a whole, and takes it back", async () => {
    const here = await floor(server(), "P2", 3);
    const [one = "", two = "", three = ""] = here.serials;
    for (const [index, unit] of [2, 1, 3].entries()) await here.hears(index, unit);
    const planned = [`${one} U1`, `${two} U2`, `${three} U3`];
    expect(await unitsOf(here)).toEqual(planned);
    expect(await conflicts(here)).toEqual([
      expect.objectContaining({
        kind: "SWAPPED",
        detail: expect.stringContaining("are swapped") as string,
        evidence: [{ portId: expect.stringMatching(/^GigabitEthernet1\/0\/[12]$/) as string }],
      }),
    ]);
    const [refused] = await server().change("acceptObservedPlaces", [one]);
    expect(refused).toMatchObject({ code: "CONFLICT", message: expect.stringContaining(two) as string });
    expect(await unitsOf(here)).toEqual(planned);
    const { machines, change } = await server().ask<{ machines: unknown[]; change: { id: string } }>(
      `mutation { acceptObservedPlaces(filter: { shelf: { rack: { name: { eq: "P2" } } } }) {
        machines { id } change { id } userErrors { message } } }`,
    );
    expect(machines).toHaveLength(2);
    expect(await unitsOf(here)).toEqual([`${two} U1`, `${one} U2`, `${three} U3`]);
    expect(await conflicts(here)).toEqual([]);
    expect(await server().ask(`mutation { undoChange(change: "${change.id}") { userErrors { message } } }`)).toEqual({
      userErrors: [],
    });
    expect(await unitsOf(here)).toEqual(planned);
  });

  test("one is accepted by name, a ring as a whole, and who is seen nowhere is refused", async () => {
    const here = await floor(server(), "P3", 5);
    for (const [index, unit] of [2, 3, 1, 30].entries()) await here.hears(index, unit);
    const [one = "", two = "", three = "", four = "", five = ""] = here.serials;
    expect(await server().change("acceptObservedPlaces", [four])).toEqual([]);
    expect(await server().change("acceptObservedPlaces", [three, one, two])).toEqual([]);
    expect(await unitsOf(here)).toEqual([`${three} U1`, `${one} U2`, `${two} U3`, `${five} U5`, `${four} U30`]);
    const [refused] = await server().change("acceptObservedPlaces", [five]);
    expect(refused).toMatchObject({ code: "CONFLICT", field: ["machines", "0"] });
    // What agrees already stays, and says nothing.
    expect(await server().change("acceptObservedPlaces", [four])).toEqual([]);
  });

  test("two that are seen in one place are not both put there", async () => {
    const here = await floor(server(), "P4", 2);
    for (const index of [0, 1]) await here.hears(index, 20);
    const refused = await server().change("acceptObservedPlaces", here.serials);
    expect(refused).toMatchObject([{ message: expect.stringContaining(`${here.serials[0]}`) as string }]);
    expect(await unitsOf(here)).toEqual([`${here.serials[0]} U1`, `${here.serials[1]} U2`]);
  });

  test("a forwarding table tells of strangers in planned places, of who is missing, and of one address in two places", async () => {
    const [here, there] = [await floor(server(), "P7", 3), await floor(server(), "P8", 1)];
    const table = (name: string, entries: string) =>
      server().ask<object>(
        `mutation { recordForwardingTable(switch: "sw-${name}", entries: [${entries}]) { userErrors { message } } }`,
      );
    const macs = await server().ask<{ nodes: Array<{ ethernetInterfaces: Array<{ macAddress: string }> }> }>(
      `{ machines(filter: { shelf: { rack: { name: { eq: "P7" } } } }, orderBy: SERIAL_NUMBER_ASC) {
        nodes { ethernetInterfaces { macAddress } } } }`,
    );
    const [one = ""] = macs.nodes.map(({ ethernetInterfaces: [port] }) => port?.macAddress ?? "");
    const entry = (mac: string, port: string) => `{ macAddress: "${mac}", port: "${port}" }`;
    expect(await table("P7", `${entry(one, "Gi1/0/1")} ${entry("52:54:00:00:07:02", "Gi1/0/2")}`)).toEqual({
      userErrors: [],
    });
    await table("P8", entry(one, "Gi1/0/9"));
    const told = (await conflicts(here)).map(({ kind, detail }) => `${kind} ${detail}`);
    expect(told).toEqual([
      expect.stringContaining(`MISSING ${here.serials[2]} is planned at P7 U3, but nobody hears it on sw-P7 Gi1/0/3`),
      expect.stringContaining(`DOUBLED_MAC ${here.serials[0]}'s MAC address ${one} is in two places at once`),
      expect.stringContaining(`UNKNOWN an unknown machine, 52:54:00:00:07:02, is at P7 U2 (sw-P7 Gi1/0/2, just now)`),
    ]);
    // Read again, the switch that has no more of it has no say.
    await table("P8", entry("52:54:00:00:08:08", "Gi1/0/30"));
    expect((await conflicts(here)).map(({ kind }) => kind)).toEqual(["MISSING", "UNKNOWN"]);
    expect((await conflicts(there)).map(({ kind }) => kind)).toEqual(["MISSING"]);
  });

  test("which port an address is on is told of known machines and of nobody's", async () => {
    const { serials, hears } = await floor(server(), "PA", 1);
    const machine = await server().ask<{ ethernetInterfaces: Array<{ macAddress: string }> }>(
      `{ machine(serialNumber: "${serials[0]}") { ethernetInterfaces { macAddress } } }`,
    );
    const mac = machine.ethernetInterfaces[0]?.macAddress ?? "";
    const stranger = "52:54:00:00:0a:01";
    const entries = `{ macAddress: "${stranger}", port: "Gi1/0/7", vlan: 20 } { macAddress: "${mac}", port: "Gi1/0/1" }`;
    await server().ask(
      `mutation { recordForwardingTable(switch: "sw-PA", entries: [${entries}]) { userErrors { message } } }`,
    );
    await hears(0, 1);
    const heard = (args: string) =>
      server().ask<Array<Record<string, unknown>>>(`{ heardAddresses(${args}) {
        macAddress port vlan source gone switch { name } place { rack { name } unit } machine { serialNumber } } }`);
    const unknown = {
      ...{ macAddress: stranger, port: "Gi1/0/7", vlan: 20, source: "text", gone: false, machine: null },
      ...{ switch: { name: "sw-PA" }, place: { rack: { name: "PA" }, unit: 7 } },
    };
    expect(await heard(`macAddress: "${stranger}"`)).toEqual([unknown]);
    expect(await heard('switch: "sw-PA", unknown: true')).toEqual([unknown]);
    const own = await heard(`macAddress: "${mac}"`);
    expect(own.map(({ source }) => source).sort()).toEqual(["ipxe-lldp", "text"]);
    expect(own.map(({ machine }) => machine)).toEqual([1, 2].map(() => ({ serialNumber: serials[0] })));
    expect(await heard('macAddress: "02:00:00:00:00:99"')).toEqual([]);
  });

  test("the audit prints every difference as text, JSON and CSV, and counts them", async () => {
    const { hears, serials } = await floor(server(), "P5", 2);
    await hears(0, 12);
    const { text, differences } = await audit(server().config, "text");
    const sentence = `${serials[0]} is planned at P5 U1, but is at P5 U12 (sw-P5 GigabitEthernet1/0/12, just now)`;
    expect(text).toContain(sentence);
    expect(differences).toBeGreaterThan(0);
    const rows = JSON.parse((await audit(server().config, "json")).text) as Array<Record<string, unknown>>;
    expect(rows).toHaveLength(differences);
    expect(rows.find(({ machine }) => machine === serials[0])).toMatchObject({
      kind: "MOVED",
      planned_rack: "P5",
      planned_unit: 1,
      observed_unit: 12,
    });
    const csv = (await audit(server().config, "csv")).text.trimEnd().split("\r\n");
    expect(csv).toHaveLength(differences + 1);
    expect(csv[0]).toBe(
      "kind,machine,other_machine,mac_address,planned_rack,planned_unit,observed_rack,observed_unit,detail",
    );
  });

  test("kickrack audit ends with 1 when they differ, and with 2 when it could not tell", async () => {
    const { hears } = await floor(server(), "P9", 1);
    await hears(0, 20);
    expect(await auditStatus(server().config)).toEqual([1, expect.stringContaining("P9 U20")]);
    expect(await auditStatus({ ...server().config, databaseUrl: "sqlite:/nonexistent/kickrack.sqlite" })).toEqual([
      2,
      "",
    ]);
  });

  test("the number of statements does not grow with the machines", async () => {
    const { hears, serials } = await floor(server(), "P6", 30);
    for (const index of serials.keys()) await hears(index, 30 - index);
    const { dataSource } = server().app.database;
    const count = async (first: number) =>
      (await statementsOf(dataSource, () => server().ask(PLACES, { first }))).length;
    const few = Math.min(await count(2), await count(2));
    expect(few).toBeGreaterThan(4);
    expect(Math.min(await count(100), await count(100))).toBeLessThanOrEqual(few + 2);
    expect((await statementsOf(dataSource, () => server().ask(CONFLICTS, { rack: "P6" }))).length).toBeLessThan(14);
  });
});
