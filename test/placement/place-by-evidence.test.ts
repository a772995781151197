import { expect, test, vi } from "vitest";
import { onBothServers, type UserError } from "../graphql/test-server.js";

interface Placed {
  readonly hostname: string | null;
  readonly state: string;
  readonly profile: { readonly name: string } | null;
  readonly shelf: { readonly unit: number; readonly heightU: number; readonly rack: { readonly name: string } } | null;
}

const MACHINE = "hostname state profile { name } shelf { unit heightU rack { name } }";

onBothServers("placing by evidence", (server) => {
  let next = 0;
  const errorsOf = async (mutation: string): Promise<UserError[]> => {
    const answer = await server().ask<{ userErrors: UserError[] }>(
      `mutation { ${mutation} { userErrors { code field message } } }`,
    );
    return answer.userErrors;
  };
  /** A rack, a switch and a rule: port n is unit n. */
  const room = async (): Promise<string> => {
    const name = `E${next++}`;
    for (const mutation of [
      `createRack(name: "${name}")`,
      `createSwitch(name: "sw-${name}")`,
      `createPlacementRule(name: "${name}", switch: "sw-${name}", rack: "${name}", pattern: { pattern: "Gi1/0/{n}", to: 40 })`,
    ]) {
      expect(await errorsOf(mutation)).toEqual([]);
    }
    return name;
  };
  const expectIt = (rack: string, unit: number, hostname: string, more = "") =>
    errorsOf(`expectMachine(rack: "${rack}", unit: ${unit}, hostname: "${hostname}"${more})`);
  /** Another machine boots at this port, and its LLDP is heard. */
  const plugIn = async (rack: string, port: string, serial = `EV${next++}`, domain = "") => {
    const mac = `00:26:2e:00:${serial
      .slice(2)
      .padStart(4, "0")
      .replace(/..(?=.)/g, "$&:")}`;
    const heard = new URLSearchParams({ lldp_system: `sw-${rack}${domain}`, lldp_port: port });
    const { status } = await server().boot(
      `/inventory/${serial}/${mac}/Dell%20Inc./PowerEdge%20R640?${heard.toString()}`,
    );
    expect(status).toBe(200);
    // Behind the answer: it is placed, or it is said why not.
    await vi.waitFor(
      async () => {
        const { shelf } = await machine(serial);
        expect(shelf !== null || (await openConflicts(serial)).length > 0).toBe(true);
      },
      { timeout: 10_000 },
    );
    return serial;
  };
  const record = async (name: string, ...heard: Array<readonly [mac: string | undefined, port: string]>) => {
    const entries = heard.map(([mac, port]) => `{ macAddress: "${mac}", port: "${port}" }`);
    expect(await errorsOf(`recordForwardingTable(switch: "${name}", entries: [${entries.join()}])`)).toEqual([]);
  };
  const machine = (serial: string) => server().ask<Placed>(`{ machine(serialNumber: "${serial}") { ${MACHINE} } }`);
  const openConflicts = async (serial: string) => {
    const filter = `{ resolvedAt: { isNull: true }, machine: { serialNumber: { eq: "${serial}" } } }`;
    const query = `{ conflicts(filter: ${filter}) { nodes { kind detail count } } }`;
    return (await server().ask<{ nodes: Array<{ kind: string; detail: string; count: number }> }>(query)).nodes;
  };

  test("a machine that hears its switch while it registers is placed where the rule says", async () => {
    const rack = await room();
    const serial = await plugIn(rack, "GigabitEthernet1/0/7");
    expect(await machine(serial)).toMatchObject({ state: "DISCOVERED", shelf: { unit: 7, rack: { name: rack } } });
  });

  test("the machine that appears where one is expected takes name, place and profile, and is approved, not armed", async () => {
    const rack = await room();
    const name = `web-${rack.toLowerCase()}`;
    await server().profile(name);
    expect(
      await expectIt(
        rack,
        3,
        name,
        `, heightU: 2, product: "poweredge  r640", manufacturer: "Dell", profile: "${name}"`,
      ),
    ).toEqual([]);
    const serial = await plugIn(rack, "Gi1/0/3");
    expect(await machine(serial)).toEqual({
      hostname: name,
      state: "READY",
      profile: { name },
      shelf: { unit: 3, heightU: 2, rack: { name: rack } },
    });
    expect((await server().control("/hostsfile")).body).toContain(name);
    const { nodes } = await server().ask<{ nodes: unknown[] }>(
      `{ expectedMachines(filter: { hostname: { eq: "${name}" } }) { nodes { machine { serialNumber } shelf { unit } } } }`,
    );
    expect(nodes).toEqual([{ machine: { serialNumber: serial }, shelf: { unit: 3 } }]);
  });

  test("a plan that says so arms its machine, as often as it says", async () => {
    const rack = await room();
    const name = `arm-${rack.toLowerCase()}`;
    await server().profile(name);
    const arms = `, profile: "${name}", armsItself: true`;
    expect(await expectIt(rack, 3, name, arms)).toMatchObject([{ field: ["count"] }]);
    expect(await expectIt(rack, 3, name, `${arms}, count: 1`)).toEqual([]);
    const serial = await plugIn(rack, "Gi1/0/3");
    await vi.waitFor(async () => expect((await machine(serial)).state).toBe("ARMED"), { timeout: 10_000 });
    const { nodes } = await server().ask<{ nodes: unknown[] }>(
      `{ expectedMachines(filter: { hostname: { eq: "${name}" } }) { nodes { armsLeft } } }`,
    );
    expect(nodes).toEqual([{ armsLeft: 0 }]);
  });

  test("a machine of another model or serial number is a conflict and is not placed, until the plan is mended", async () => {
    const rack = await room();
    const name = `db-${rack.toLowerCase()}`;
    await expectIt(rack, 5, name, `, product: "PowerEdge R740", serialNumber: "OTHER"`);
    const serial = await plugIn(rack, "Gi1/0/5");
    expect(await machine(serial)).toMatchObject({ hostname: null, state: "DISCOVERED", shelf: null });
    const [conflict] = await openConflicts(serial);
    expect(conflict?.kind).toBe("PLAN_MISMATCH");
    expect(conflict?.detail).toContain(
      `(${name}) is expected: it reports product PowerEdge R640 instead of PowerEdge R740, serial number ${serial} instead of OTHER`,
    );
    const { nodes } = await server().ask<{ nodes: Array<{ id: string }> }>(
      `{ expectedMachines(filter: { hostname: { eq: "${name}" } }) { nodes { id } } }`,
    );
    const mended = `expectedMachine: "${nodes[0]?.id}", product: "PowerEdge R640", serialNumber: "${serial}"`;
    expect(await errorsOf(`updateExpectedMachine(${mended})`)).toEqual([]);
    await plugIn(rack, "Gi1/0/5", serial);
    await vi.waitFor(async () => expect((await machine(serial)).shelf?.unit).toBe(5), { timeout: 10_000 });
    expect((await machine(serial)).hostname).toBe(name);
    expect(await openConflicts(serial)).toEqual([]);
  });

  test("a table that is recorded places what stands nowhere, and one recorded before places who comes later", async () => {
    const rack = await room();
    const [known] = await server().register();
    const later = { serial: "EVLATER", mac: "00:26:2e:ff:00:01" };
    const entries = [
      `{ macAddress: "${known?.mac}", port: "Gi1/0/11" }`,
      `{ macAddress: "${later.mac}", port: "Gi1/0/12" }`,
    ];
    expect(await errorsOf(`recordForwardingTable(switch: "sw-${rack}", entries: [${entries.join()}])`)).toEqual([]);
    expect((await machine(known?.serial ?? "")).shelf?.unit).toBe(11);
    await server().boot(`/inventory/${later.serial}/${later.mac}/Dell%20Inc./R640`);
    await vi.waitFor(async () => expect((await machine(later.serial)).shelf?.unit).toBe(12), { timeout: 10_000 });
  });

  test("what is locked or placed stays as it is", async () => {
    const rack = await room();
    const [locked, placed] = await server().register(2);
    const serials = [locked, placed].map((each) => each?.serial ?? "");
    await server().change("lockMachines", serials.slice(0, 1));
    await errorsOf(`placeMachine(machine: "${serials[1]}", rack: "${rack}", unit: 30)`);
    const unitsOf = () => Promise.all(serials.map(async (serial) => (await machine(serial)).shelf?.unit));
    await record(`sw-${rack}`, [locked?.mac, "Gi1/0/1"], [placed?.mac, "Gi1/0/2"]);
    expect(await unitsOf()).toEqual([undefined, 30]);
  });

  test("what two switches hear is not placed, until only one does", async () => {
    const [rack, other] = [await room(), await room()];
    const split = { serial: `SPLIT${rack}`, mac: "00:26:2e:ff:00:02" };
    await record(`sw-${rack}`, [split.mac, "Gi1/0/3"]);
    await record(`sw-${other}`, [split.mac, "Gi1/0/9"]);
    await server().boot(`/inventory/${split.serial}/${split.mac}/Dell%20Inc./R640`);
    await record(`sw-${rack}`, [split.mac, "Gi1/0/3"]);
    expect((await machine(split.serial)).shelf).toBeNull();
    await record(`sw-${other}`, ["00:26:2e:ff:00:03", "Gi1/0/10"]);
    await record(`sw-${rack}`, [split.mac, "Gi1/0/3"]);
    expect((await machine(split.serial)).shelf).toMatchObject({ unit: 3, rack: { name: rack } });
  });

  test("two at one port are not placed", async () => {
    const rack = await room();
    const machines = await server().register(2);
    await record(`sw-${rack}`, ...machines.map(({ mac }) => [mac, "Gi1/0/4"] as const));
    expect(await Promise.all(machines.map(async ({ serial }) => (await machine(serial)).shelf))).toEqual([null, null]);
  });

  test("a switch that tells its domain too is the one that is known without it", async () => {
    const rack = await room();
    const serial = await plugIn(rack, "Gi1/0/8", undefined, ".example.net");
    expect((await machine(serial)).shelf).toMatchObject({ unit: 8, rack: { name: rack } });
  });

  test("a place that is taken is nobody else's: the machine stays unplaced, and the others of its batch do not", async () => {
    const rack = await room();
    await errorsOf(`reserveShelf(rack: "${rack}", unit: 1, owner: "somebody")`);
    const machines = await server().register(2);
    await record(`sw-${rack}`, ...machines.map(({ mac }, i) => [mac, `Gi1/0/${i + 1}`] as const));
    const shelves = await Promise.all(machines.map(async ({ serial }) => (await machine(serial)).shelf?.unit));
    expect(shelves).toEqual([undefined, 2]);
    expect(server().log.join("")).toContain("not done by evidence");
  });

  test("a planned name and a planned place are nobody else's, until the plan is cancelled", async () => {
    const rack = await room();
    const name = `kept-${rack.toLowerCase()}`;
    await expectIt(rack, 9, name);
    const [other] = await server().register();
    const renamed = () => errorsOf(`updateMachine(machine: "${other?.serial}", hostname: "${name}")`);
    expect(await renamed()).toMatchObject([{ code: "CONFLICT", field: ["hostname"] }]);
    expect(await errorsOf(`placeMachine(machine: "${other?.serial}", rack: "${rack}", unit: 9)`)).toMatchObject([
      { code: "CONFLICT", message: expect.stringContaining(name) as string },
    ]);
    const query = `{ expectedMachines(filter: { hostname: { eq: "${name}" } }) { nodes { id shelf { id } } } }`;
    const [plan] = (await server().ask<{ nodes: Array<{ id: string; shelf: { id: string } }> }>(query)).nodes;
    expect(await errorsOf(`releaseShelf(shelf: "${plan?.shelf.id}")`)).toMatchObject([
      { code: "CONFLICT", message: expect.stringContaining("cancelExpectedMachine") as string },
    ]);
    const answer = await server().ask<{ change: { id: string } }>(
      `mutation { cancelExpectedMachine(expectedMachine: "${plan?.id}") { change { id } } }`,
    );
    expect(await errorsOf(`undoChange(change: "${answer.change.id}")`)).toEqual([]);
    expect(await renamed()).toMatchObject([{ code: "CONFLICT" }]);
    expect(await errorsOf(`cancelExpectedMachine(expectedMachine: "${plan?.id}")`)).toEqual([]);
    expect(await renamed()).toEqual([]);
  });

  test("a plan takes the roles of what it does later", async () => {
    const rack = await room();
    const mutation = (more: string) =>
      `mutation { expectMachine(rack: "${rack}", unit: 1, hostname: "r-${rack.toLowerCase()}"${more}) { userErrors { code } } }`;
    const asked = await server().graphql(
      mutation(`, profile: "x", armsItself: true, count: 1`),
      {},
      server().tokens.OPERATOR,
    );
    expect(JSON.stringify(asked)).toContain("FORBIDDEN");
    const { data } = await server().graphql(mutation(""), {}, server().tokens.OPERATOR);
    expect(data).toEqual({ expectMachine: { userErrors: [] } });
  });
});
