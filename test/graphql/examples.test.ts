import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createClient } from "graphql-sse";
import { expect, test } from "vitest";
import * as examples from "../../schema/client/operations.js";
import { request } from "../../schema/client/request.js";
import { packageRoot } from "../../src/package-root.js";
import { onBothServers } from "./test-server.js";

const folder = join(packageRoot, "schema/examples");
const files = readdirSync(folder);
const page = readFileSync(join(packageRoot, "docs/api.md"), "utf8");

test.each(files)("%s says what it is for, holds one operation of its name and stands in docs/api.md", (file) => {
  const text = readFileSync(join(folder, file), "utf8");
  expect(text).toMatch(/^# .{20,}\.\n(query|mutation|subscription) /);
  const operations = [...text.matchAll(/^(?:query|mutation|subscription) (\w+)/gm)].map(([, name = ""]) => name);
  expect(operations.map(fileOf)).toEqual([file]);
  expect(page).toContain(`\`${file.replace(".graphql", "")}\``);
});

/** FindMachine stands in find-machine.graphql. */
function fileOf(operation: string): string {
  return `${operation.replace(/(?<=.)[A-Z]/g, "-$&").toLowerCase()}.graphql`;
}

function hoursFromNow(hours: number): string {
  return new Date(Date.now() + hours * 3_600_000).toISOString();
}

onBothServers("the examples", (server) => {
  const ran = new Set<string>();

  /** Sends an example as a script in TypeScript would, and wants no error of either kind. */
  async function run<Answer extends object, Variables extends object>(
    document: examples.TypedDocumentString<Answer, Variables>,
    variables: Variables,
  ): Promise<Answer> {
    const kickrack = { url: server().controlUrl, token: server().tokens.ADMINISTRATOR };
    const answer = await request(kickrack, document, variables);
    for (const field of Object.values(answer) as Array<{ userErrors?: unknown[] } | null>)
      expect(field?.userErrors ?? [], document.toString()).toEqual([]);
    ran.add(fileOf(/(?:query|mutation) (\w+)/.exec(document.toString())?.[1] ?? ""));
    return answer;
  }

  /** What a subscription tells of these machines, from the beginning: as many events as are wanted. */
  async function watch<Answer extends object>(
    document: examples.TypedDocumentString<Answer, { machines?: string[] | string | null; after?: string | null }>,
    machines: string[],
    count: number,
  ): Promise<Answer[]> {
    const headers = { Authorization: `Bearer ${server().tokens.ADMINISTRATOR}` };
    const client = createClient({ url: `${server().controlUrl}/graphql`, headers, retryAttempts: 0 });
    const answers: Answer[] = [];
    for await (const { data } of client.iterate({ query: document.toString(), variables: { machines, after: "0" } })) {
      if (answers.push(data as unknown as Answer) === count) break;
    }
    ran.add(fileOf(/subscription (\w+)/.exec(document.toString())?.[1] ?? ""));
    return answers;
  }

  const find = async (macAddress: string) => (await run(examples.FindMachineDocument, { macAddress })).machine;

  /** Two machines switch themselves on; one is found in each way, approved and named. */
  async function newMachines(): Promise<Array<{ serial: string; mac: string }>> {
    const machines = await server().register(2);
    const waiting = (await run(examples.WaitingForApprovalDocument, {})).machines.nodes;
    expect(waiting.map(({ serialNumber }) => serialNumber)).toEqual(machines.map(({ serial }) => serial));
    expect(waiting[0]?.ethernetInterfaces).toEqual([{ macAddress: machines[0]?.mac }]);

    const serials = machines.map(({ serial }) => serial);
    const { approveMachines } = await run(examples.ApproveMachinesDocument, { machines: serials });
    expect(approveMachines.machines?.map(({ state }) => state)).toEqual(["READY", "READY"]);
    expect((await run(examples.WaitingForApprovalDocument, {})).machines.nodes).toEqual([]);

    await run(examples.NameMachineDocument, { machine: serials[0] ?? "", hostname: "web-1" });
    const byHostname = await run(examples.FindMachineDocument, { hostname: "web-1" });
    expect(byHostname.machine).toMatchObject({ serialNumber: serials[0], manufacturer: "Dell Inc.", shelf: null });
    expect(await run(examples.FindMachineDocument, { serialNumber: serials[0] ?? "" })).toEqual(byHostname);
    expect(await find(machines[0]?.mac.toUpperCase().replaceAll(":", "-") ?? "")).toEqual(byHostname.machine);
    return machines;
  }

  async function everyMachine(count: number): Promise<void> {
    const hostnames: Array<string | null> = [];
    let after: string | null = null;
    do {
      const { machines }: examples.WalkMachinesQuery = await run(examples.WalkMachinesDocument, { first: 1, after });
      hostnames.push(...machines.nodes.map(({ hostname }) => hostname));
      after = machines.pageInfo.hasNextPage ? machines.pageInfo.endCursor : null;
    } while (after !== null);
    expect(new Set(hostnames).size).toBe(count);
    expect(hostnames).toHaveLength(count);
  }

  async function history(): Promise<void> {
    const machines = [{ macAddresses: ["00:26:2d:0f:00:01"], serialNumber: "NOTE-1", manufacturer: "Dell Inc." }];
    const { registerMachines } = await run(examples.RegisterMachinesDocument, { machines });
    const object = registerMachines.machines?.[0]?.id ?? "";
    expect(registerMachines.machines).toMatchObject([{ serialNumber: "NOTE-1", state: "DISCOVERED" }]);
    await run(examples.NameMachineDocument, { machine: "NOTE-1", hostname: "first" });
    await run(examples.NameMachineDocument, { machine: "NOTE-1", hostname: "second" });
    const nodes = (await run(examples.HistoryDocument, { object })).changes.nodes;
    expect(nodes.map(({ operation }) => operation)).toEqual(["registerMachines", "updateMachine", "updateMachine"]);
    const { undoChange } = await run(examples.UndoChangeDocument, { change: nodes[2]?.id ?? "" });
    expect(undoChange.changed).toEqual([{ object, before: { hostname: "second" }, after: { hostname: "first" } }]);
    await run(examples.RetireMachinesDocument, { machines: ["NOTE-1"] });
  }

  async function racks(machine: string, other: string): Promise<void> {
    await run(examples.CreateRackDocument, { name: "A01", site: "Tokyo" });
    const text = 'rackdiag { 12U; description = "A02"; 1: UPS [2U] }';
    await run(examples.ImportRackdiagDocument, { text, dryRun: true });
    const placements = [{ machine, rack: "A01", unit: 7 }];
    const dry = await run(examples.PlaceMachinesDocument, { placements, dryRun: true });
    expect(dry.placeMachines.changed).toMatchObject([
      { kind: "Machine", before: { shelf: null }, after: { shelf: { rack: "A01", unit: 7 } } },
    ]);
    const { placeMachines } = await run(examples.PlaceMachinesDocument, { placements });
    expect(placeMachines.shelves).toEqual([{ unit: 7, heightU: 1, face: "FULL", rack: { name: "A01" } }]);
    const { racks } = await run(examples.RacksWithFreeUnitsDocument, {});
    expect(racks.nodes).toEqual([{ name: "A01", site: "Tokyo", heightU: 42, usedU: 1, freeU: 41 }]);
    const { rack } = await run(examples.RackContentsDocument, { name: "A01" });
    const drawn = await run(examples.DrawRacksDocument, { filter: { site: { eq: "Tokyo" } } });
    expect(drawn.racks.nodes[0]).toMatchObject({ name: "A01", diagram: expect.stringMatching(/^<svg /) as string });
    expect(rack?.shelves).toMatchObject([{ unit: 7, occupant: { hostname: machine } }]);
    const placeless = (await run(examples.MachinesWithoutPlaceDocument, {})).machines.nodes;
    expect(placeless.map(({ hostname }) => hostname)).toEqual([other]);
    const inTokyo = { shelf: { rack: { site: { eq: "Tokyo" } } } };
    const found = (await run(examples.SearchMachinesDocument, { filter: inTokyo })).machines.nodes;
    expect(found).toMatchObject([{ hostname: machine, shelf: { unit: 7, rack: { name: "A01" } } }]);
    const { unplaceMachine } = await run(examples.UnplaceMachineDocument, { machine });
    expect(unplaceMachine.machine).toEqual({ hostname: machine, shelf: null });
  }

  async function equipment(machine: string): Promise<void> {
    const pdu = { rack: "A01", unit: 1, heightU: 40, kind: "PDU", strip: "LEFT", name: "pdu-a" } as const;
    const { placeEquipments } = await run(examples.PlaceEquipmentDocument, { equipments: [pdu] });
    expect(placeEquipments.shelves).toMatchObject([{ strip: "LEFT", equipment: { kind: "PDU", name: "pdu-a" } }]);
    const reservation = { rack: "A01", unit: 1, heightU: 41, owner: "storage", endsAt: hoursFromNow(1) };
    const { reserveShelf } = await run(examples.ReserveShelfDocument, reservation);
    expect(reserveShelf.shelf).toMatchObject({ reservation: { owner: "storage" } });
    const spaces = async () => (await run(examples.FindSpaceDocument, { heightU: 1, kilograms: 30 })).findSpace;
    expect(await spaces()).toMatchObject([{ rack: { name: "A01" }, unit: 42, gapU: 1 }]);
    const { releaseShelf } = await run(examples.ReleaseShelfDocument, { shelf: reserveShelf.shelf?.id ?? "" });
    expect(releaseShelf.shelf).toEqual(reserveShelf.shelf && { id: reserveShelf.shelf.id });
    expect((await spaces())[0]?.reasons).toEqual([
      "leaves 41U of a gap of 42U",
      "stands at U1, and 30 kg belong low",
      "how many kg the rack takes is not known",
    ]);
    const { racks } = await run(examples.RackWarningsDocument, { filter: { name: { eq: "A01" } } });
    expect(racks.nodes).toEqual([{ name: "A01", warnings: [] }]);
    await run(examples.PlaceMachinesDocument, { placements: [{ machine, rack: "A01", unit: 42 }] });
    const r640 = { manufacturer: "Dell Inc.", product: "PowerEdge R640" };
    const { model } = await run(examples.FindModelDocument, r640);
    expect(model).toMatchObject({ productPattern: "PowerEdge R640", heightU: 1, mismatches: [] });
    const correction = { model: model?.id ?? "", heightU: 2, dryRun: true };
    const { updateModel } = await run(examples.CorrectModelDocument, correction);
    const wouldBe = `${machine} stands in 1U at U42 of rack A01, and its model has 2U: a 2U machine at U42 would reach U43`;
    expect(updateModel.mismatches?.[0]?.message).toContain(wouldBe);
    const set = [{ key: "team", value: "storage" }];
    const { labelMachines } = await run(examples.LabelMachinesDocument, { machines: [machine], set });
    expect(labelMachines.machines).toEqual([{ hostname: machine, labels: set }]);
  }

  async function profile(machine: string): Promise<void> {
    const text = "d-i time/zone string {{ parameters.zone }}\n";
    await run(examples.SaveTemplateDocument, { name: "small", format: "PRESEED", text });
    const { createProfile } = await run(examples.CreateProfileDocument, {
      name: "small",
      template: "small",
      kernel: "/images/linux",
      initrds: ["/images/initrd"],
      arguments: "auto=true url={{ urls.config }}",
      parameters: { zone: "Asia/Tokyo" },
    });
    expect(createProfile.profile).toEqual({ name: "small", parameters: { zone: "Asia/Tokyo" } });
    const { assignProfile } = await run(examples.AssignProfileDocument, { machines: [machine], profile: "small" });
    expect(assignProfile.machines).toEqual([{ hostname: machine, profile: { name: "small" } }]);
    const { explainConfig } = await run(examples.ExplainConfigDocument, { machine });
    expect(explainConfig.parameters).toMatchObject([
      { name: "zone", source: "PROFILE", from: "small", isSecret: false },
    ]);
    const { renderConfig } = await run(examples.PreviewConfigDocument, { machine });
    expect(renderConfig).toBe("d-i time/zone string Asia/Tokyo\n");
  }

  async function installations(hostname: string, mac: string): Promise<void> {
    const machines = [hostname];
    const { armMachines } = await run(examples.ArmMachinesDocument, { machines, count: 1 });
    expect(armMachines.machines).toMatchObject([{ hostname, state: "ARMED" }]);
    const { disarmMachines } = await run(examples.DisarmMachinesDocument, { machines });
    expect(disarmMachines.machines).toEqual([{ hostname, state: "READY" }]);

    await run(examples.ArmMachinesDocument, { machines, count: 1, minutes: 5 });
    expect((await run(examples.ExplainBootDocument, { macAddress: mac })).explainBoot.action).toBe("install");
    expect((await run(examples.BootMenuDocument, { macAddress: mac })).bootMenu).toMatch(/^#!ipxe\n/);
    const token = await server().tokenOf(mac);
    await server().boot(`/install/preseed.cfg?token=${token}`);
    await server().boot(`/install/failed?token=${token}`, { method: "POST", body: "no disk" });
    await server().app.bootRequests.settle();
    const { bootRequests } = await run(examples.BootRequestsDocument, { macAddress: mac });
    expect(bootRequests.nodes.at(-1)).toMatchObject({ rule: "ARMED", machine: { hostname } });
    const { machine } = await run(examples.WatchInstallationDocument, { hostname });
    expect(machine).toMatchObject({ state: "FAILED", installation: { state: "FAILED" } });
    const report = expect.objectContaining({ kind: "failed", text: "no disk" }) as unknown;
    expect(machine?.installation?.events.nodes).toContainEqual(report);
    const failed = await run(examples.FailedInstallationsDocument, { since: hoursFromNow(-24) });
    expect(failed.installations.nodes).toMatchObject([{ machine: { hostname }, profile: { name: "small" } }]);
    expect(failed.installations.nodes[0]?.events.nodes).toContainEqual(report);
    const later = await run(examples.FailedInstallationsDocument, { since: hoursFromNow(1) });
    expect(later.installations.nodes).toEqual([]);
    const states = await watch(examples.WatchStatesDocument, machines, 6);
    expect(states.map(({ machineStateChanged: { to } }) => to)).toEqual([
      "READY",
      "ARMED",
      "READY",
      "ARMED",
      "INSTALLING",
      "FAILED",
    ]);
    const progress = await watch(examples.WatchInstallationsDocument, machines, 5);
    expect(progress.at(-1)?.installationProgressed).toMatchObject({ kind: "failed", event: { text: "no disk" } });
  }

  async function locks(hostname: string, mac: string): Promise<void> {
    const machines = [hostname];
    // Nothing was seen of it: there is no difference, and nothing to accept.
    expect((await run(examples.FloorConflictsDocument, {})).floorConflicts).toEqual([]);
    expect((await run(examples.FindAddressDocument, { macAddress: "52:54:00:12:34:56" })).heardAddresses).toEqual([]);
    const { acceptObservedPlaces } = await run(examples.AcceptObservedPlacesDocument, { machines: [] });
    expect(acceptObservedPlaces.machines).toEqual([]);
    const { lockMachines } = await run(examples.LockMachinesDocument, { machines });
    expect(lockMachines.machines).toEqual([{ hostname, locked: true }]);
    expect((await run(examples.HostsfileDocument, {})).hostsfile).toContain(`${mac},ignore\n`);
    const { unlockMachines } = await run(examples.UnlockMachinesDocument, { machines });
    expect(unlockMachines.machines).toEqual([{ hostname, locked: false }]);
    expect((await run(examples.HostsfileDocument, {})).hostsfile).toContain(`${mac},${hostname}\n`);
    const { dnsmasqConf } = await run(examples.DnsmasqConfDocument, { mode: "IPXE" });
    expect(dnsmasqConf).toContain("SNreg.ipxe");
  }

  async function conflicts({ serial, mac }: { serial: string; mac: string }): Promise<void> {
    await server().boot(`/inventory/OTHER-${serial}/${mac}/Dell%20Inc./PowerEdge%20R640`);
    const [conflict] = (await run(examples.OpenConflictsDocument, {})).conflicts.nodes;
    expect(conflict).toMatchObject({ kind: "SWAPPED_BOARD", macAddress: mac, machine: { serialNumber: serial } });
    const resolution = { conflict: conflict?.id ?? "", machine: serial };
    const { resolveConflict } = await run(examples.ResolveConflictDocument, resolution);
    expect(resolveConflict.conflict?.resolvedBy).toBe("a test's administrator");
    expect((await run(examples.OpenConflictsDocument, {})).conflicts.nodes).toEqual([]);
  }

  async function retirement(hostname: string): Promise<void> {
    const { retireMachines } = await run(examples.RetireMachinesDocument, { machines: [hostname] });
    expect(retireMachines.machines).toEqual([{ hostname, state: "RETIRED" }]);
  }

  async function tokens(): Promise<void> {
    const { createToken } = await run(examples.CreateTokenDocument, {
      name: "nightly",
      role: "VIEWER",
      scopes: ["MACHINES"],
      days: 90,
    });
    const nightly = { url: server().controlUrl, token: createToken.secret ?? "" };
    expect((await request(nightly, examples.WhoAmIDocument, {})).me).toMatchObject({
      name: "nightly",
      role: "VIEWER",
      scopes: ["MACHINES"],
    });
    expect((await run(examples.WhoAmIDocument, {})).me.role).toBe("ADMINISTRATOR");
    const listed = (await run(examples.TokensDocument, {})).tokens.nodes.find(({ name }) => name === "nightly");
    expect(listed).toMatchObject({ id: createToken.token?.id, role: "VIEWER", revokedAt: null });
    await run(examples.RevokeTokenDocument, { token: listed?.id ?? "" });
    await expect(request(nightly, examples.WhoAmIDocument, {})).rejects.toThrow("send a valid token");
  }

  test("each of them does what it says, from a machine's first boot to its retirement", async () => {
    const [first = { serial: "", mac: "" }, second = first] = await newMachines();
    await everyMachine(2);
    await racks("web-1", second.serial.toLowerCase());
    await equipment("web-1");
    await profile("web-1");
    await installations("web-1", first.mac);
    await locks("web-1", first.mac);
    await conflicts(second);
    await retirement("web-1");
    await history();
    await tokens();
    expect([...ran].sort(), "an example that was not run").toEqual([...files].sort());
  });
});
