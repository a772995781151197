import { setTimeout } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { BootDirectory } from "../../src/boot/boot-directory.js";
import type { Database } from "../../src/db/database.js";
import { Change } from "../../src/changes/change.entity.js";
import { createLog } from "../../src/log.js";
import { Conflict } from "../../src/machine/conflict.entity.js";
import type { InventoryReport } from "../../src/machine/inventory-request.js";
import { EthernetInterface, Machine } from "../../src/machine/machine.entity.js";
import { REGISTRATION_LOCK } from "../../src/machine/registration.store.js";
import { RegistrationQueue } from "../../src/machine/registration-queue.js";
import { registerAll } from "../support/register.js";
import { BY_TEST, onBothDatabases } from "../support/databases.js";
import { Random, testSeed } from "../support/random.js";
import { fromPort, listing, port, uuid } from "./reports.js";
import { snapshot } from "./snapshot.js";

const NOW = new Date("2026-11-23T03:00:00.000Z");
const LATER = new Date("2026-11-23T04:00:00.000Z");
const silent = createLog(() => undefined);

const queueOf = (database: Database) =>
  new RegistrationQueue(
    database,
    () => NOW,
    () => undefined,
  );

onBothDatabases("registration", (fresh) => {
  test("a report that is repeated changes the time it was last seen, and nothing else", async () => {
    const database = await (await fresh()).open();
    const report = listing([port(1), port(2)], {
      serialNumber: "S1",
      product: "R640",
      uuid: uuid(1),
      platform: "efi",
      lldp: { systemName: "sw1", portId: "Eth1/7" },
    });
    await registerAll(database, [report], NOW);
    const before = await snapshot(database);
    await registerAll(database, [report, report], LATER);
    const after = await snapshot(database);
    expect(before.machines).toHaveLength(1);
    expect(after).toEqual({ ...before, machines: [{ ...before.machines[0], lastSeenAt: LATER }] });
  });

  test("a report that is silent, or names placeholders, takes no fact away", async () => {
    const database = await (await fresh()).open();
    const facts = { serialNumber: "S1", product: "R640", uuid: uuid(1), assetTag: "T1", boardSerialNumber: "B1" };
    await registerAll(database, [fromPort(port(1), facts)], NOW);
    const before = await snapshot(database);
    const nothing = "To be filled by O.E.M.";
    await registerAll(database, [{ macAddress: port(1), macAddresses: [port(1)], listsAllPorts: false }], NOW);
    await registerAll(
      database,
      [
        fromPort(port(1), {
          serialNumber: nothing,
          manufacturer: nothing,
          product: nothing,
          uuid: "00000000-0000-0000-0000-000000000000",
          assetTag: nothing,
          boardSerialNumber: nothing,
        }),
      ],
      NOW,
    );
    expect(await snapshot(database)).toEqual(before);
  });

  test("one bad row does not take the others of its batch with it", async () => {
    const database = await (await fresh()).open();
    const queue = queueOf(database);
    // The parser makes no such report; the columns are NOT NULL.
    const bad = { ...fromPort(port(13)), macAddress: null, macAddresses: [null] } as unknown as InventoryReport;
    const reports = Array.from({ length: 10 }, (_, i) => fromPort(port(i + 1), { serialNumber: `S${i}` }));
    const answers = await Promise.allSettled([...reports, bad, ...reports].map((report) => queue.register(report)));
    expect(answers.filter(({ status }) => status === "rejected")).toHaveLength(1);
    expect(await database.manager.count(Machine)).toBe(10);
  });

  test("who comes before a batch's transaction has its turn is in it", async () => {
    const database = await (await fresh()).open();
    const queue = queueOf(database);
    const registered: unknown[] = [];
    await database.write(BY_TEST, async ({ manager }) => {
      await database.dialect.lockForTransaction(manager, REGISTRATION_LOCK);
      registered.push(queue.register(fromPort(port(1), { serialNumber: "S1" })));
      await setTimeout(100);
      registered.push(queue.register(fromPort(port(2), { serialNumber: "S2" })));
    });
    await Promise.all(registered);
    expect(await database.manager.count(Machine)).toBe(2);
    expect(await database.manager.count(Change)).toBe(1);
  });

  test("where no transaction can begin, all who wait are told at once", async () => {
    const database = await (await fresh()).open();
    const queue = queueOf(database);
    const begun = vi.spyOn(database.dataSource, "createQueryRunner");
    await database.close();
    const answers = await Promise.allSettled([1, 2, 3].map((i) => queue.register(fromPort(port(i)))));
    expect(answers.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(begun).toHaveBeenCalledTimes(1);
  });

  test("500 reports of twenty machines at once make twenty machines, each known before its answer", async () => {
    const database = await (await fresh()).open();
    const directory = await BootDirectory.load(database, silent);
    const queue = queueOf(database);
    await Promise.all(
      Array.from({ length: 500 }, async (_, i) => {
        const machine = i % 20;
        const mac = port(1 + machine * 4 + (Math.floor(i / 20) % 4));
        await queue.register(fromPort(mac, { serialNumber: `S${machine}`, uuid: uuid(machine) }));
        expect(directory.bootMachine(mac)).toMatchObject({ serialNumber: `S${machine}`, state: "DISCOVERED" });
      }),
    );
    expect(await database.manager.count(Machine)).toBe(20);
    expect(await database.manager.count(EthernetInterface)).toBe(80);
    expect(await database.manager.count(Conflict)).toBe(0);
  });

  test("two Kickracks that meet two ports of one new machine at once make one machine", async () => {
    const database = await fresh();
    const one = await database.open();
    const other = database.kind === "PostgreSQL" ? await database.open() : one;
    for (let i = 0; i < 20; i++) {
      const facts = { serialNumber: `S${i}` };
      await Promise.all([
        registerAll(one, [fromPort(port(2 * i + 1), facts)], NOW),
        registerAll(other, [fromPort(port(2 * i + 2), facts)], NOW),
      ]);
    }
    expect(await one.manager.count(Machine)).toBe(20);
    expect(await one.manager.count(Conflict)).toBe(0);
  });

  test("registering and changing the same machines at once never wait for each other for ever", async () => {
    const database = await (await fresh()).open();
    const reports = Array.from({ length: 60 }, (_, i) => fromPort(port(i + 1), { serialNumber: `S${i}` }));
    const ids = (await registerAll(database, reports, NOW)).map(({ machineId }) => machineId);
    const change = () =>
      database.write(BY_TEST, async ({ manager }) => {
        await database.dialect.lockMachines(manager, ids);
        for (const id of ids) await manager.update(Machine, { id }, { state: "READY" });
      });
    for (let round = 0; round < 10; round++) {
      await Promise.all([registerAll(database, reports.toReversed(), NOW), change(), change()]);
    }
    expect(await database.manager.countBy(Machine, { state: "READY" })).toBe(60);
  });

  test("the same conflict a thousand times is one conflict, counted", async () => {
    const database = await (await fresh()).open();
    await registerAll(database, [fromPort(port(1), { serialNumber: "S1" })], NOW);
    const swapped = fromPort(port(1), { serialNumber: "S2" });
    for (let i = 0; i < 10; i++) await registerAll(database, Array<InventoryReport>(100).fill(swapped), NOW);
    expect(await database.manager.find(Conflict)).toMatchObject([{ kind: "SWAPPED_BOARD", count: 1000 }]);
    expect(await database.manager.count(Machine)).toBe(2);
  });

  test("a port moved back and forth between two machines makes one conflict and moves nowhere", async () => {
    const database = await (await fresh()).open();
    const a = listing([port(1), port(9)], { serialNumber: "SA" });
    const b = listing([port(2)], { serialNumber: "SB" });
    const moved = listing([port(2), port(9)], { serialNumber: "SB" });
    for (let i = 0; i < 5; i++) for (const report of [a, b, moved]) await registerAll(database, [report], NOW);
    const { machines, conflicts } = await snapshot(database);
    expect(machines.map(({ ports }) => ports)).toEqual([[port(1), `${port(9)} disputed`], [port(2)]]);
    expect(conflicts).toHaveLength(1);
    expect(conflicts[0]).toMatch(/^MOVED_CARD of 1 and 2 on .*, 5 times/);
  });

  test("a report that nobody vouches for leaves an approved machine's facts and place alone", async () => {
    const database = await (await fresh()).open();
    const lldp = { systemName: "sw1", portId: "1" };
    await registerAll(database, [fromPort(port(1), { serialNumber: "S1", product: "R640", lldp })], NOW);
    await database.manager.update(Machine, { serialNumber: "S1" }, { state: "READY" });
    const forged = { serialNumber: "S1", product: "forged", assetTag: "forged", lldp: { systemName: "elsewhere" } };
    await registerAll(database, [fromPort(port(66), forged)], NOW);
    const { machines, sightings, conflicts } = await snapshot(database);
    expect(machines).toMatchObject([{ product: "R640", assetTag: null, ports: [port(1), `${port(66)} disputed`] }]);
    expect(sightings).toEqual(["1 at sw1 1"]);
    expect(conflicts[0]).toMatch(/^NEW_INTERFACE of 1 and 1/);
  });

  test(`a batch is the same as its reports one by one (seed ${testSeed})`, { timeout: 60_000 }, async () => {
    const { kind } = await fresh();
    for (let run = 0; run < (kind === "SQLite" ? 20 : 5); run++) {
      const random = new Random(testSeed + run);
      const rounds = random.list(3, () => random.list(1 + random.below(14), () => randomReport(random)));
      const batched = await (await fresh()).open();
      const single = await (await fresh()).open();
      for (const reports of rounds) {
        for (let at = 0; at < reports.length;) {
          const size = 1 + random.below(reports.length - at);
          await registerAll(batched, reports.slice(at, at + size), NOW);
          at += size;
        }
        for (const report of reports) await registerAll(single, [report], NOW);
        const [one, other] = [await snapshot(batched), await snapshot(single)];
        expect(one, `run ${run}`).toEqual(other);
        for (const database of [batched, single]) await approveSome(database, run);
      }
      await Promise.all([batched.close(), single.close()]);
    }
  });
});

/** The machines of odd rank: the same ones in both databases, whatever their ids are. */
async function approveSome({ manager }: Database, run: number): Promise<void> {
  const machines = await manager.find(Machine, { order: { id: "ASC" } });
  for (const [rank, { id }] of machines.entries()) {
    if ((rank + run) % 2 === 0) await manager.update(Machine, { id }, { state: "READY" });
  }
}

function randomReport(random: Random): InventoryReport {
  const maybe = <T>(value: T): T | undefined => (random.chance(0.4) ? value : undefined);
  const facts = Object.fromEntries(
    Object.entries({
      serialNumber: maybe(random.pick(["S1", "S2", "S3", "None"])),
      uuid: maybe(uuid(random.below(3))),
      boardSerialNumber: maybe(random.pick(["B1", "B2"])),
      assetTag: maybe(random.pick(["T1", "T2"])),
      product: maybe(random.pick(["R640", "R740"])),
      lldp: maybe({ systemName: "sw", portId: String(random.below(3)) }),
    }).filter(([, value]) => value !== undefined),
  );
  const macs = random.list(1 + random.below(3), () => port(1 + random.below(9)));
  return random.chance(0.5)
    ? listing([...new Set(macs)] as [never], facts)
    : fromPort(port(1 + random.below(9)), facts);
}
