import { expect, test } from "vitest";
import type { Database } from "../../src/db/database.js";
import { Conflict as Refusal, InvalidInput, NotFound } from "../../src/errors.js";
import { Conflict } from "../../src/machine/conflict.entity.js";
import { decideConflict } from "../../src/machine/conflict.store.js";
import { Machine } from "../../src/machine/machine.entity.js";
import { settleApproved } from "../../src/machine/machine.store.js";
import type { InventoryReport } from "../../src/machine/inventory-request.js";
import { registerAll } from "../support/register.js";
import { Rack } from "../../src/rack/rack.entity.js";
import { Shelf } from "../../src/rack/shelf.entity.js";
import { BY_TEST, onBothDatabases } from "../support/databases.js";
import { fromPort, listing, port, uuid } from "./reports.js";
import { snapshot } from "./snapshot.js";

const NOW = new Date("2026-11-23T03:00:00.000Z");

const register = async (database: Database, ...reports: InventoryReport[]) => {
  for (const report of reports) await registerAll(database, [report], NOW);
};

const machineOf = (database: Database, serialNumber: string) =>
  database.manager.findOneByOrFail(Machine, { serialNumber });

async function approve(database: Database, serialNumber: string): Promise<void> {
  const machine = await machineOf(database, serialNumber);
  await database.manager.update(Machine, { id: machine.id }, { state: "READY" });
  await database.write(BY_TEST, (transaction) => settleApproved(transaction, [machine], "operator", NOW));
}

/** The first open conflict, decided for the machine with this serial number. */
async function decideFor(database: Database, serialNumber: string): Promise<Conflict> {
  const machine = await machineOf(database, serialNumber);
  const open = (await openConflicts(database))[0] as Conflict;
  return database.write(BY_TEST, (transaction) => decideConflict(transaction, open.id, machine, "operator", NOW));
}

async function openConflicts({ manager }: Database): Promise<Conflict[]> {
  const all = await manager.find(Conflict, { order: { id: "ASC" } });
  return all.filter(({ resolvedAt }) => resolvedAt === null);
}

const oldServer = listing([port(1), port(2)], { serialNumber: "OLD", uuid: uuid(1), assetTag: "T1" });

onBothDatabases("a person's decision", (fresh) => {
  test("a moved card stays with its new machine, and its next report is no conflict", async () => {
    const database = await (await fresh()).open();
    const moved = listing([port(3), port(2)], { serialNumber: "NEW" });
    await register(database, oldServer, listing([port(3)], { serialNumber: "NEW" }), moved);
    await decideFor(database, "NEW");
    await register(database, moved);
    const { machines } = await snapshot(database);
    expect(machines.map(({ ports }) => ports)).toEqual([[port(1)], [port(2), port(3)]]);
    expect(await openConflicts(database)).toEqual([]);
  });

  test("a card that the old machine keeps is trusted again, until the other reports it again", async () => {
    const database = await (await fresh()).open();
    const moved = listing([port(3), port(2)], { serialNumber: "NEW" });
    await register(database, oldServer, listing([port(3)], { serialNumber: "NEW" }), moved);
    await decideFor(database, "OLD");
    expect((await snapshot(database)).machines[0]?.ports).toEqual([port(1), port(2)]);
    await register(database, moved);
    expect((await snapshot(database)).machines[0]?.ports).toEqual([port(1), `${port(2)} disputed`]);
    expect(await openConflicts(database)).toMatchObject([{ count: 2, resolvedBy: null }]);
  });

  test("one word about a swapped board settles all of its ports", async () => {
    const database = await (await fresh()).open();
    const swapped = listing([port(1), port(2), port(9)], { serialNumber: "NEW", uuid: uuid(9) });
    await register(database, oldServer);
    await approve(database, "OLD");
    await register(database, swapped);
    expect(await openConflicts(database)).toHaveLength(2);
    const decided = await decideFor(database, "OLD");
    expect(decided).toMatchObject({ resolvedBy: "operator" });
    await register(database, swapped);
    const { machines } = await snapshot(database);
    expect(machines).toMatchObject([
      { serialNumber: "NEW", uuid: uuid(9), assetTag: "T1", state: "READY", ports: [port(1), port(2), port(9)] },
    ]);
    expect(await openConflicts(database)).toEqual([]);
  });

  test("the board of one machine may be swapped every year", async () => {
    const database = await (await fresh()).open();
    await register(database, oldServer);
    for (const serialNumber of ["B1", "B2", "B3"]) {
      await register(database, listing([port(1), port(2)], { serialNumber }));
      const [{ machineId = 0 } = {}] = await openConflicts(database);
      const holder = await database.manager.findOneByOrFail(Machine, { id: machineId });
      await decideFor(database, holder.serialNumber ?? "");
      expect((await snapshot(database)).machines).toMatchObject([{ serialNumber, ports: [port(1), port(2)] }]);
    }
    expect(await openConflicts(database)).toEqual([]);
  });

  test("a swapped board that says little takes away nothing that was known", async () => {
    const database = await (await fresh()).open();
    await register(database, oldServer, fromPort(port(1), { serialNumber: "NEW", assetTag: "No Asset Tag" }));
    await decideFor(database, "OLD");
    expect(await machineOf(database, "NEW")).toMatchObject({ uuid: uuid(1), assetTag: "T1" });
  });

  test("what a third machine disputes stays disputed, and open, when the newcomer turns out to be the old one", async () => {
    const database = await (await fresh()).open();
    const third = listing([port(5)], { serialNumber: "THIRD" });
    await register(database, oldServer, third, listing([port(1), port(5)], { serialNumber: "NEW" }));
    await decideFor(database, "OLD");
    const { machines } = await snapshot(database);
    expect(machines.map(({ ports }) => ports)).toEqual([[port(1), port(2)], [`${port(5)} disputed`]]);
    expect(await openConflicts(database)).toMatchObject([{ macAddress: port(5) }]);
    await decideFor(database, "THIRD");
    expect((await snapshot(database)).machines[1]?.ports).toEqual([port(5)]);
  });

  test("a port with the keys of two machines goes where the person says, and neither machine disappears", async () => {
    const database = await (await fresh()).open();
    await register(database, fromPort(port(1)), fromPort(port(2), { serialNumber: "NAMED" }));
    await register(database, fromPort(port(1), { serialNumber: "NAMED" }));
    expect(await openConflicts(database)).toMatchObject([{ kind: "MOVED_CARD", macAddress: port(1) }]);
    await decideFor(database, "NAMED");
    const { machines } = await snapshot(database);
    expect(machines.map(({ ports }) => ports)).toEqual([[], [port(1), port(2)]]);
  });

  test("a newcomer that was approved meanwhile is not swallowed", async () => {
    const database = await (await fresh()).open();
    await register(database, oldServer, listing([port(1), port(9)], { serialNumber: "NEW" }));
    await approve(database, "NEW");
    await decideFor(database, "OLD");
    const { machines } = await snapshot(database);
    expect(machines.map(({ serialNumber, ports }) => [serialNumber, ports])).toEqual([
      ["OLD", [port(1), port(2)]],
      ["NEW", [port(9)]],
    ]);
  });

  test("a twin that is the old machine itself becomes it; a twin that is another stays another", async () => {
    const database = await (await fresh()).open();
    const twin = listing([port(8)], { serialNumber: "OLD" });
    await register(database, oldServer, twin);
    const [{ id = 0, machineId = 0 } = {}] = await openConflicts(database);
    const old = await database.manager.findOneByOrFail(Machine, { id: machineId });
    await database.write(BY_TEST, (transaction) => decideConflict(transaction, id, old, "operator", NOW));
    await register(database, twin);
    expect((await snapshot(database)).machines).toMatchObject([{ ports: [port(1), port(2), port(8)] }]);

    await register(database, listing([port(9)], { serialNumber: "OLD" }));
    const [another] = await openConflicts(database);
    const other = await database.manager.findOneByOrFail(Machine, { id: another?.otherMachineId ?? 0 });
    await database.write(BY_TEST, (transaction) =>
      decideConflict(transaction, another?.id ?? 0, other, "operator", NOW),
    );
    expect((await snapshot(database)).machines).toHaveLength(2);
    expect(await openConflicts(database)).toEqual([]);
  });

  test("the place in the rack of a newcomer is the old machine's; two places are refused", async () => {
    const database = await (await fresh()).open();
    const { manager } = database;
    const rack = manager.create(Rack, { name: "A", heightHalfU: 84, numbering: "FROM_BOTTOM" });
    await manager.save(rack);
    const place = (machineId: number, unitHalfU: number) => {
      const where = { rackId: rack.id, unitHalfU, heightHalfU: 2, face: "FRONT", column: 1, columns: 1 } as const;
      return manager.insert(Shelf, { ...where, machineId });
    };
    await register(database, oldServer, listing([port(1)], { serialNumber: "NEW" }));
    const old = await machineOf(database, "OLD");
    await place((await machineOf(database, "NEW")).id, 2);
    await place(old.id, 4);
    await expect(decideFor(database, "OLD")).rejects.toThrow(/both stand in a rack/);
    await manager.delete(Shelf, { machineId: old.id });
    await decideFor(database, "OLD");
    expect(await manager.find(Shelf)).toMatchObject([{ machineId: old.id, unitHalfU: 2 }]);
  });

  test("a machine that is no party, a conflict that is none, and one that is decided are refused", async () => {
    const database = await (await fresh()).open();
    await register(database, oldServer, listing([port(5)], { serialNumber: "THIRD" }));
    await register(database, listing([port(1), port(9)], { serialNumber: "NEW" }));
    const third = await machineOf(database, "THIRD");
    const [{ id = 0 } = {}] = await openConflicts(database);
    const decide = (conflict: number, machine: Machine) =>
      database.write(BY_TEST, (transaction) => decideConflict(transaction, conflict, machine, "operator", NOW));
    await expect(decide(id, third)).rejects.toThrow(InvalidInput);
    await expect(decide(id + 1000, third)).rejects.toThrow(NotFound);
    await decideFor(database, "NEW");
    await expect(decide(id, await machineOf(database, "NEW"))).rejects.toThrow(Refusal);
  });

  test("approval trusts the ports that claimed to be the machine's, but none that another claims too", async () => {
    const database = await (await fresh()).open();
    await register(database, oldServer);
    await approve(database, "OLD");
    await register(database, fromPort(port(7), { serialNumber: "OLD" }), fromPort(port(8), { serialNumber: "OLD" }));
    await register(database, listing([port(9), port(8)], { serialNumber: "NEW" }));
    await approve(database, "OLD");
    const { machines } = await snapshot(database);
    expect(machines[0]?.ports).toEqual([port(1), port(2), port(7), `${port(8)} disputed`]);
  });
});
