import { expect, test } from "vitest";
import type { Database } from "../../../src/db/database.js";
import type { ListArgs } from "../../../src/graphql/list/entity-list.js";
import { Machine } from "../../../src/machine/machine.entity.js";
import { machineList } from "../../../src/machine/machine.list.js";
import { BY_TEST, onBothDatabases } from "../../support/databases.js";
import { Random, testSeed } from "../../support/random.js";
import { asking, insertMachines } from "./fleet.js";

const MACHINES = 5_000;

type Key = "id" | "hostname" | "serialNumber" | "uuid" | "assetTag" | "state";
const ORDERS: ReadonlyArray<readonly [order: string, key: Key]> = [
  ["ID", "id"],
  ["HOSTNAME", "hostname"],
  ["SERIAL_NUMBER", "serialNumber"],
  ["UUID", "uuid"],
  ["ASSET_TAG", "assetTag"],
  ["STATE", "state"],
];

/** By bytes, nothing first, then by id: what every order promises. */
function compare(key: Key): (a: Machine, b: Machine) => number {
  const bytes = (machine: Machine) => Buffer.from(String(machine[key]));
  return (a, b) => {
    if (key === "id" || a[key] === b[key]) return a.id - b.id;
    if (a[key] === null || b[key] === null) return a[key] === null ? -1 : 1;
    return Buffer.compare(bytes(a), bytes(b));
  };
}

/** Every page from one end of the list to the other, with something between any two. */
async function walk(
  database: Database,
  random: Random,
  orderBy: string,
  forward: boolean,
  between: () => Promise<void> = () => Promise.resolve(),
): Promise<Machine[]> {
  const seen: Machine[] = [];
  let from: ListArgs = {};
  for (;;) {
    const size = 100 + random.below(101);
    const page = machineList.page(asking(database), {
      ...from,
      orderBy,
      ...(forward ? { first: size } : { last: size }),
    });
    const nodes = await page.nodes;
    seen.push(...(forward ? nodes : nodes.toReversed()));
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = await page.pageInfo;
    if (forward ? !hasNextPage : !hasPreviousPage) return seen;
    from = forward ? { after: endCursor } : { before: startCursor };
    await between();
  }
}

onBothDatabases(`a list, walked by pages (seed ${testSeed})`, (fresh) => {
  test("has each of its things once, in the order of bytes, from either end", async () => {
    const database = await (await fresh()).open();
    const random = new Random(testSeed);
    await insertMachines(database, random, 1_500);
    for (const [order, key] of ORDERS) {
      const ascending = await walk(database, random, `${order}_ASC`, true);
      expect(ascending.length).toBe(1_500);
      expect(
        ascending.map(({ id }) => id),
        order,
      ).toEqual(ascending.toSorted(compare(key)).map(({ id }) => id));
      const ids = ascending.map(({ id }) => id);
      for (const [direction, forward, expected] of [
        ["ASC", false, ids.toReversed()],
        ["DESC", true, ids.toReversed()],
        ["DESC", false, ids],
      ] as const) {
        const walked = await walk(database, random, `${order}_${direction}`, forward);
        expect(
          walked.map(({ id }) => id),
          `${order}_${direction} ${forward}`,
        ).toEqual(expected);
      }
    }
  });

  test("while others write misses nothing that was there all the time, and has nothing twice", async () => {
    const database = await (await fresh()).open();
    const random = new Random(testSeed + 1);
    const ids = await insertMachines(database, random, MACHINES);
    const doomed = ids.filter((_, i) => i % 5 === 1);
    const restless = ids.filter((_, i) => i % 5 === 2);
    const change = async () => {
      await insertMachines(database, random, 20);
      await database.write(BY_TEST, async ({ manager }) => {
        const [gone] = doomed.splice(random.below(doomed.length), 1);
        await manager.delete(Machine, { id: gone });
        const moved = {
          hostname: `moved-${random.next()}`,
          serialNumber: random.pick(["!", null, "zzz"]),
          state: "READY",
        };
        await manager.update(Machine, { id: random.pick(restless) }, moved as Partial<Machine>);
        await manager.update(Machine, { id: random.pick(ids) }, { lastSeenAt: new Date(), locked: true });
      });
    };
    const steady = new Set(ids.filter((_, i) => i % 5 !== 1 && i % 5 !== 2));
    for (const [order, key] of ORDERS.filter(([name]) => ["ID", "HOSTNAME", "STATE"].includes(name))) {
      for (const [direction, forward] of [
        ["ASC", true],
        ["DESC", true],
        ["ASC", false],
      ] as const) {
        const writing = Array.from({ length: 5 }, change);
        const walked = await walk(database, random, `${order}_${direction}`, forward, change);
        await Promise.all(writing);
        const stayed = walked.filter(({ id }) => steady.has(id));
        expect(new Set(stayed.map(({ id }) => id)).size, `${order}_${direction}`).toBe(steady.size);
        expect(stayed.length, `${order}_${direction}`).toBe(steady.size);
        const sorted = stayed.toSorted(compare(key));
        if (forward === (direction === "DESC")) sorted.reverse();
        expect(stayed.map(({ id }) => id)).toEqual(sorted.map(({ id }) => id));
        // In the order of ids nothing moves.
        if (key === "id") expect(new Set(walked.map(({ id }) => id)).size).toBe(walked.length);
      }
    }
  }, 120_000);

  test("between two cursors is what lies between them", async () => {
    const database = await (await fresh()).open();
    const random = new Random(testSeed + 2);
    await insertMachines(database, random, 150);
    for (const [order] of ORDERS) {
      for (const direction of ["ASC", "DESC"]) {
        const orderBy = `${order}_${direction}`;
        const edges = await machineList.page(asking(database), { orderBy, first: 200 }).edges;
        const [low, high] = [random.below(150), random.below(150)].sort((a, b) => a - b) as [number, number];
        for (const [from, to] of [
          [low, high],
          [high, low],
        ] as const) {
          const args = { orderBy, after: edges[from]?.cursor ?? "", before: edges[to]?.cursor ?? "" };
          const wanted = edges.slice(from + 1, to).map(({ node }) => node.id);
          const first = await machineList.page(asking(database), { ...args, first: 200 }).nodes;
          const last = await machineList.page(asking(database), { ...args, last: 200 }).nodes;
          expect([orderBy, first.map(({ id }) => id)]).toEqual([orderBy, wanted]);
          expect(last).toEqual(first);
        }
      }
    }
  });

  test("says how many there are with one statement more, and only when it is asked", async () => {
    const database = await (await fresh()).open();
    await insertMachines(database, new Random(testSeed), 300);
    const page = machineList.page(asking(database), { first: 1, filter: { locked: { eq: false } } });
    const rows: Array<{ count: string | number }> = await database.manager.query(
      "SELECT count(*) AS count FROM machine WHERE NOT locked",
    );
    expect(await page.totalCount).toBe(Number(rows[0]?.count));
    expect((await page.nodes).length).toBe(1);
  });
});
