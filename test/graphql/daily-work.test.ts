import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { onBothServers } from "./test-server.js";

interface MachineNode {
  hostname: string | null;
  state: string;
  locked: boolean;
  shelf: { unit: number; heightU: number; rack: { name: string } } | null;
  profile: { name: string } | null;
  installation: { state: string; armedBy: string; events: { nodes: Array<{ kind: string; text: string }> } } | null;
}

onBothServers("the daily work", (server) => {
  const machine = (mac: string) =>
    server().ask<MachineNode>(
      `query ($mac: MacAddress!) { machine(macAddress: $mac) {
        hostname state locked shelf { unit heightU rack { name } } profile { name }
        installation { state armedBy events { nodes { kind text } } } } }`,
      { mac },
    );
  const hostsfile = () => readFileSync(join(server().config.exports, "dnsmasq/hostsfile"), "utf8");

  test("a machine is approved, placed, given a profile, armed, installed, locked and retired", async () => {
    await server().profile("daily");
    const [{ serial, mac } = { serial: "", mac: "" }] = await server().register();
    expect(await machine(mac)).toMatchObject({ state: "DISCOVERED", hostname: null, shelf: null, installation: null });
    expect((await server().boot(`/boot/${mac}`)).status).toBe(503);

    expect(await server().change("approveMachines", [serial])).toEqual([]);
    const hostname = serial.toLowerCase();
    expect(await machine(mac)).toMatchObject({ state: "READY", hostname });
    await vi.waitFor(() => expect(hostsfile()).toContain(`${mac},${hostname}\n`));

    await server().ask('mutation { createRack(name: "D1", site: "Tokyo") { rack { id } } }');
    expect(
      await server().ask(
        `mutation { placeMachine(machine: "${mac}", rack: "D1", unit: 7) { shelf { heightU face } userErrors { message } } }`,
      ),
    ).toEqual({ shelf: { heightU: 1, face: "FULL" }, userErrors: [] });
    expect(await server().change("assignProfile", [hostname], ', profile: "daily"')).toEqual([]);
    expect(await machine(mac)).toMatchObject({
      state: "READY",
      shelf: { unit: 7, heightU: 1, rack: { name: "D1" } },
      profile: { name: "daily" },
    });
    expect((await server().boot(`/boot/${mac}`)).body).not.toContain("kernel");

    expect(await server().change("armMachines", [hostname], ", count: 1")).toEqual([]);
    const token = await server().tokenOf(mac);
    await vi.waitFor(() => expect(hostsfile()).toContain(`${mac},${hostname}\n`));
    expect((await server().boot(`/install/preseed.cfg?token=${token}`)).body).toContain(hostname);
    expect((await machine(mac)).state).toBe("INSTALLING");
    expect((await server().boot(`/install/done?token=${token}`)).body).toBe("DONE\n");
    expect(await machine(mac)).toMatchObject({
      state: "INSTALLED",
      installation: { state: "DONE", armedBy: "a test's administrator" },
    });
    expect((await machine(mac)).installation?.events.nodes.map(({ kind }) => kind)).toEqual([
      "armed",
      "config",
      "done",
    ]);

    expect(await server().change("armMachines", [hostname], ", count: 1")).toEqual([]);
    expect(await server().change("disarmMachines", [hostname])).toEqual([]);
    expect(await machine(mac)).toMatchObject({ state: "READY", installation: { state: "DISARMED" } });

    expect(await server().change("armMachines", [hostname], ", count: 1")).toEqual([]);
    expect(await server().change("lockMachines", [hostname])).toEqual([]);
    expect(await machine(mac)).toMatchObject({ state: "READY", locked: true, installation: { state: "DISARMED" } });
    expect((await server().boot(`/boot/${mac}`)).body).toContain("LOCKED");
    await vi.waitFor(() => expect(hostsfile()).toContain(`${mac},ignore\n`));
    expect(await server().change("unlockMachines", [hostname])).toEqual([]);
    expect(await server().change("retireMachines", [hostname])).toEqual([]);
    expect((await server().boot(`/boot/${mac}`)).body).toContain("RETIRED");
    await vi.waitFor(() => expect(hostsfile()).toContain(`${mac},ignore\n`));
    expect(await server().change("approveMachines", [hostname])).toEqual([]);
    expect(await machine(mac)).toMatchObject({ state: "READY", hostname });
  });

  test("a list with one machine that is not there, and one twice, changes nothing and names both by position", async () => {
    await server().profile("lists");
    const [one, two] = (await server().register(2)).map(({ serial }) => serial);
    await server().change("approveMachines", [one ?? ""]);
    const before = await server().dump();
    for (const [mutation, more] of [
      ["approveMachines", ""],
      ["lockMachines", ""],
      ["unlockMachines", ""],
      ["retireMachines", ""],
      ["disarmMachines", ""],
      ["assignProfile", ', profile: "lists"'],
      ["armMachines", ', count: 4, profile: "lists"'],
    ] as const) {
      const userErrors = await server().change(mutation, [one ?? "", "nobody", two ?? "", one ?? ""], more);
      expect(
        userErrors.map(({ code, field }) => [code, field]),
        mutation,
      ).toEqual([
        ["NOT_FOUND", ["machines", "1"]],
        ["BAD_USER_INPUT", ["machines", "3"]],
      ]);
      expect(await server().dump(), mutation).toBe(before);
    }
    expect(await server().change("armMachines", [one ?? "", two ?? ""], ', count: 2, profile: "lists"')).toEqual([
      { code: "CONFLICT", field: ["machines", "1"], message: `${two}: it is not approved; approve it first` },
    ]);
    expect(await server().dump()).toBe(before);
  });

  test.each([0, 1, 3, 200, -1])("arming two machines with count %i changes nothing", async (count) => {
    await server().profile("counts");
    const serials = (await server().register(2)).map(({ serial }) => serial);
    await server().change("approveMachines", serials);
    const before = await server().dump();
    expect(await server().change("armMachines", serials, `, count: ${count}, profile: "counts"`)).toEqual([
      {
        code: "BAD_USER_INPUT",
        field: ["count"],
        message: `count is ${count}, but the list has 2; write the number of machines`,
      },
    ]);
    expect(await server().dump()).toBe(before);
  });

  test("a machine that its template has no value for is not armed, and the error says which machine and which value", async () => {
    await server().profile("places", "d-i netcfg/get_domain string {{ machine.assetTag }}\n");
    const serials = (await server().register(2)).map(({ serial }) => serial);
    await server().change("approveMachines", serials);
    const before = await server().dump();
    const userErrors = await server().change("armMachines", serials, ', count: 2, profile: "places"');
    expect(userErrors).toMatchObject([{ field: ["machines", "0"] }, { field: ["machines", "1"] }]);
    expect(userErrors[1]?.message).toContain(`${serials[1]?.toLowerCase()}: places:1:`);
    expect(userErrors[1]?.message).toContain("machine.assetTag is not known");
    expect(await server().dump()).toBe(before);
  });

  test("200 machines are approved, armed and disarmed in one call each", async () => {
    await server().profile("many");
    const machines = await server().register(200);
    const serials = machines.map(({ serial }) => serial);
    expect(await server().change("approveMachines", serials)).toEqual([]);
    expect(await server().change("armMachines", serials, ', count: 200, profile: "many"')).toEqual([]);
    const tokens = await Promise.all(machines.map(({ mac }) => server().tokenOf(mac)));
    expect(new Set(tokens).size).toBe(200);
    expect(await server().change("disarmMachines", serials)).toEqual([]);
    const answers = await Promise.all(tokens.map((token) => server().boot(`/install/preseed.cfg?token=${token}`)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([409]));
  });

  test("two people who arm one machine at the same moment: one of them does", async () => {
    await server().profile("race");
    const [{ serial } = { serial: "" }] = await server().register();
    await server().change("approveMachines", [serial]);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => server().change("armMachines", [serial], ', count: 1, profile: "race"')),
    );
    expect(answers.filter((userErrors) => userErrors.length === 0)).toHaveLength(1);
    for (const [error] of answers.filter((userErrors) => userErrors.length > 0)) {
      expect(error?.message).toContain("is ARMED already; disarm it first");
    }
  });

  test("a contradiction is a conflict, and a person's word ends it", async () => {
    await server().profile("conflicts");
    const { serial, mac } = await server().armed("conflicts");
    // The known port, with a serial number nobody has seen.
    expect((await server().boot(`/inventory/OTHER-${serial}/${mac}/Dell%20Inc./PowerEdge%20R640`)).status).toBe(200);
    const { nodes } = await server().ask<{ nodes: Array<{ id: string; kind: string; macAddress: string }> }>(
      "{ conflicts(filter: {resolvedAt: {isNull: true}}) { nodes { id kind macAddress } } }",
    );
    const conflict = nodes.find(({ macAddress }) => macAddress === mac);
    expect(conflict?.kind).toBe("SWAPPED_BOARD");
    expect((await server().boot(`/boot/${mac}`)).body).toContain("DISPUTED");
    await vi.waitFor(() => expect(hostsfile()).not.toContain(mac));
    const resolve = `mutation ($conflict: ID!, $machine: String!) {
      resolveConflict(conflict: $conflict, machine: $machine) { conflict { resolvedBy } userErrors { code field } }
    }`;
    expect(await server().ask(resolve, { conflict: "Rack:1", machine: serial })).toMatchObject({
      userErrors: [{ code: "BAD_USER_INPUT", field: ["conflict"] }],
    });
    expect(await server().ask(resolve, { conflict: conflict?.id, machine: serial })).toEqual({
      conflict: { resolvedBy: "a test's administrator" },
      userErrors: [],
    });
    expect((await server().boot(`/boot/${mac}`)).body).toContain("kernel");
    await vi.waitFor(() => expect(hostsfile()).toContain(mac));
  });
});
