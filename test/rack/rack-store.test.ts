import { expect, test } from "vitest";
import { Machine } from "../../src/machine/machine.entity.js";
import { Rack } from "../../src/rack/rack.entity.js";
import { Shelf } from "../../src/rack/shelf.entity.js";
import { addShelf, type NewShelf } from "../../src/rack/shelf.store.js";
import { placeMachine, unplaceMachine } from "../../src/rack/placement.store.js";
import { createRack, deleteRack, updateRack } from "../../src/rack/rack.store.js";
import { addShippedModels } from "../../src/rack/model/server-model.store.js";
import type { Database } from "../../src/db/database.js";
import { CallerError } from "../../src/errors.js";
import { BY_TEST, onBothDatabases } from "../support/databases.js";
import { PLAIN_RACK } from "../support/plain-rack.js";

/** A machine's facts that matter here. */
async function machine(database: Database, hostname: string, product = "Unheard Of"): Promise<Machine> {
  return database.manager.save(
    database.manager.create(Machine, {
      hostname,
      manufacturer: "Dell Inc.",
      product,
      state: "READY",
      locked: false,
      firstSeenAt: new Date(),
      lastSeenAt: new Date(),
    }),
  );
}

onBothDatabases("racks", (fresh) => {
  const open = async () => (await fresh()).open();
  const rack = (database: Database, name: string, heightU = 42) =>
    database.write(BY_TEST, (transaction) => createRack(transaction, { ...PLAIN_RACK, name, heightU }));
  const place = (database: Database, who: Machine, rack: string, unit: number, more: object = {}) =>
    database.write(BY_TEST, (transaction) =>
      placeMachine(database, transaction, who.globalId, { rack, unit, column: 1, columns: 1, ...more }, new Date()),
    );
  const refusal = async (work: Promise<unknown>): Promise<string> => {
    const error = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof CallerError)) throw new Error(`not refused: ${String(error)}`);
    return error.message;
  };

  test("of 50 who want one unit at once exactly one gets it, and the others are told who stands there", async () => {
    const database = await open();
    await rack(database, "A01");
    const machines = await Promise.all(Array.from({ length: 50 }, (_, i) => machine(database, `web${i}`)));
    const results = await Promise.allSettled(machines.map((each) => place(database, each, "A01", 7)));
    const winners = results.flatMap((result, i) => (result.status === "fulfilled" ? [machines[i]?.hostname] : []));
    expect(winners).toHaveLength(1);
    for (const result of results) {
      if (result.status === "fulfilled") continue;
      expect(String(result.reason)).toContain(`${winners[0]} (U7, 1U) stands there in rack A01; the highest free`);
    }
    expect(await database.manager.count(Shelf)).toBe(1);
  });

  test("of 50 machines, switches and reservations that want U7 at once exactly one gets it", async () => {
    const database = await open();
    await rack(database, "A01");
    const machines = await Promise.all(Array.from({ length: 20 }, (_, i) => machine(database, `web${i}`)));
    const at = (unit: number) => ({ rack: "A01", unit, heightU: 2, face: "FULL", column: 1, columns: 1 }) as const;
    const add = (unit: number, values: NewShelf) =>
      database.write(BY_TEST, (transaction) => addShelf(database, transaction, at(unit), values, new Date()));
    const results = await Promise.allSettled([
      ...machines.map((each) => place(database, each, "A01", 7, { heightU: 2 })),
      ...Array.from({ length: 20 }, (_, i) => add(6 + (i % 2), { kind: "SWITCH", name: `sw${i}` })),
      ...Array.from({ length: 10 }, (_, i) => add(6, { kind: "RESERVED", owner: `team ${i}` })),
    ]);
    const [winner, ...more] = await database.manager.find(Shelf, { relations: { machine: true } });
    expect(more).toEqual([]);
    const name = winner?.machine?.hostname ?? winner?.name ?? winner?.owner;
    const who = winner?.kind === "RESERVED" ? "a reservation of" : winner?.kind.toLowerCase();
    const refused = results.flatMap((result) => (result.status === "rejected" ? [String(result.reason)] : []));
    expect(refused).toHaveLength(49);
    for (const reason of refused) expect(reason).toContain(`${who} ${name} (U${winner?.unit}, 2U) stands there`);
  });

  test("one machine that is put into ten racks at once stands in one", async () => {
    const database = await open();
    const names = Array.from({ length: 10 }, (_, i) => `R${i}`);
    for (const name of names) await rack(database, name);
    const one = await machine(database, "web01");
    const results = await Promise.allSettled(names.map((name) => place(database, one, name, 1)));
    expect(results.filter(({ status }) => status === "rejected")).toEqual([]);
    expect(await database.manager.count(Shelf)).toBe(1);
  });

  test("a machine moves within its rack, also onto units that it takes now, and to another rack", async () => {
    const database = await open();
    await rack(database, "A01");
    await rack(database, "A02");
    const [one, two] = [await machine(database, "one"), await machine(database, "two")];
    await place(database, one, "A01", 10, { heightU: 2 });
    await place(database, one, "A01", 11, { heightU: 2 });
    await place(database, two, "A01", 10);
    expect(await refusal(place(database, one, "A01", 9, { heightU: 2 }))).toContain("two (U10, 1U) stands there");
    const moved = await place(database, one, "A02", 9, { heightU: 2 });
    expect([moved.unit, moved.heightU, moved.rackId]).toEqual([9, 2, (await rackOf(database, "A02")).id]);
    await place(database, two, "A01", 11);
    expect(await database.manager.count(Shelf)).toBe(2);
    await database.write(BY_TEST, (transaction) => unplaceMachine(transaction, one));
    await place(database, two, "A02", 9);
  });

  test("a machine takes the height and the depth of its model, and 1U when nobody knows it", async () => {
    const database = await open();
    await addShippedModels(database.manager);
    await rack(database, "A01");
    const known = await place(database, await machine(database, "db01", "PowerEdge R740"), "A01", 1);
    expect([known.heightU, known.face]).toEqual([2, "FULL"]);
    const unknown = await place(database, await machine(database, "x"), "A01", 3);
    expect([unknown.heightU, unknown.face]).toEqual([1, "FULL"]);
    expect(
      (await place(database, await machine(database, "y", "PowerEdge R740"), "A01", 4, { heightU: 3 })).heightU,
    ).toBe(3);
    expect(await refusal(place(database, await machine(database, "z", "PowerEdge R740"), "A01", 2))).toContain("db01");
  });

  test("two halves share a unit, front and rear share a unit, and a third does not fit", async () => {
    const database = await open();
    await rack(database, "A01");
    const [a, b, c] = [await machine(database, "a"), await machine(database, "b"), await machine(database, "c")];
    await place(database, a, "A01", 1, { columns: 2, column: 1 });
    await place(database, b, "A01", 1, { columns: 2, column: 2 });
    expect(await refusal(place(database, c, "A01", 1))).toContain("a (U1, 1U) and machine b (U1, 1U) stand there");
    expect(await refusal(place(database, c, "A01", 1, { columns: 3, column: 2 }))).toContain("stand there");
    await place(database, a, "A01", 5, { face: "FRONT" });
    await place(database, b, "A01", 5, { face: "REAR" });
    expect(await refusal(place(database, c, "A01", 5, { face: "REAR" }))).toContain("b (U5, 1U) stands there");
    await place(database, c, "A01", 1.5, { heightU: 0.5 });
  });

  test("a rack with something in it is not deleted, and who stands there is named; an empty one goes", async () => {
    const database = await open();
    await rack(database, "A01");
    const machines = await Promise.all(Array.from({ length: 7 }, (_, i) => machine(database, `web${i}`)));
    for (const [i, each] of machines.entries()) await place(database, each, "A01", i + 1);
    const remove = () =>
      database.write(BY_TEST, (transaction) => deleteRack(database, transaction, "A01", "REFUSE", new Date()));
    expect(await refusal(remove())).toBe(
      "web0, web1, web2, web3, web4 and others stand in rack A01; unplace them first, or delete it with occupants: UNPLACE",
    );
    for (const each of machines) await database.write(BY_TEST, (transaction) => unplaceMachine(transaction, each));
    await remove();
    expect(await database.manager.count(Rack)).toBe(0);
    expect(await refusal(remove())).toBe('no rack "A01"');
  });

  test("a rack does not shrink below what stands in it, and says how low it may get", async () => {
    const database = await open();
    await rack(database, "A01");
    await place(database, await machine(database, "low"), "A01", 1);
    await place(database, await machine(database, "tall"), "A01", 20, { heightU: 4 });
    const shrink = (heightU: number) =>
      database.write(BY_TEST, (transaction) => updateRack(database, transaction, "A01", { heightU }, new Date()));
    expect(await refusal(shrink(22))).toBe(
      "machine tall (U20, 4U) would stand above the top; move it first, or leave the rack 23U",
    );
    expect((await shrink(23)).heightU).toBe(23);
    expect((await rackOf(database, "A01")).heightHalfU).toBe(46);
  });

  test("a placement and a shrinking at the same moment never leave a machine above the roof", async () => {
    const database = await open();
    for (let i = 0; i < 10; i++) {
      const name = `S${i}`;
      await rack(database, name);
      const one = await machine(database, `s${i}`);
      await Promise.allSettled([
        place(database, one, name, 42),
        database.write(BY_TEST, (transaction) => updateRack(database, transaction, name, { heightU: 10 }, new Date())),
      ]);
      const shelf = await database.manager.findOneBy(Shelf, { machineId: one.id });
      expect((await rackOf(database, name)).heightU).toBe(shelf === null ? 10 : 42);
    }
  });

  test("a renamed rack keeps what stands in it, and its old name is free", async () => {
    const database = await open();
    await rack(database, "A01");
    await place(database, await machine(database, "web01"), "A01", 1);
    await database.write(BY_TEST, (transaction) =>
      updateRack(database, transaction, "A01", { name: " B01 " }, new Date()),
    );
    await rack(database, "A01");
    expect((await database.manager.findOneByOrFail(Shelf, {})).rackId).toBe((await rackOf(database, "B01")).id);
    expect(await refusal(rack(database, "B01"))).toBe("there is a rack B01 already");
  });

  function rackOf(database: Database, name: string): Promise<Rack> {
    return database.manager.findOneByOrFail(Rack, { name });
  }
});
