import { expect, test } from "vitest";
import type { Database } from "../../../src/db/database.js";
import "../../../src/install/install.list.js";
import { EthernetInterface, Machine } from "../../../src/machine/machine.entity.js";
import { machineList } from "../../../src/machine/machine.list.js";
import { Rack } from "../../../src/rack/rack.entity.js";
import { Shelf } from "../../../src/rack/shelf.entity.js";
import "../../../src/rack/rack.list.js";
import { onBothDatabases } from "../../support/databases.js";
import { Random, testSeed } from "../../support/random.js";
import { asking, insertMachines } from "./fleet.js";

type Condition = readonly [filter: object, matches: (machine: Machine) => boolean];

const TEXTS = ["a", "A", "b~", "%", "_", "é", "É", "\\", "Z", "z", "~1", "", "10", "\u{1f5a7}"];
const folded = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** A filter, and what it means written a second time. */
function condition(random: Random, machines: readonly Machine[], depth: number): Condition {
  const some = () => random.list(random.below(4), () => condition(random, machines, depth - 1));
  switch (depth === 0 ? "value" : random.pick(["and", "or", "not", "value", "both"])) {
    case "and": {
      const all = some();
      return [{ and: all.map(([filter]) => filter) }, (machine) => all.every(([, matches]) => matches(machine))];
    }
    case "or": {
      const all = some();
      return [{ or: all.map(([filter]) => filter) }, (machine) => all.some(([, matches]) => matches(machine))];
    }
    case "not": {
      const [filter, matches] = condition(random, machines, depth - 1);
      return [{ not: filter }, (machine) => !matches(machine)];
    }
    case "both": {
      const [one, another] = [value(random, machines), value(random, machines)];
      if (Object.keys(one[0]).some((key) => key in another[0])) return one;
      return [{ ...one[0], ...another[0] }, (machine) => one[1](machine) && another[1](machine)];
    }
    default:
      return value(random, machines);
  }
}

function value(random: Random, machines: readonly Machine[]): Condition {
  const property = random.pick(["hostname", "serialNumber", "assetTag", "state"] as const);
  const text = random.chance(0.5) ? random.pick(TEXTS) : (random.pick(machines)[property] ?? "");
  const others = random.list(random.below(3), () => random.pick(machines)[property] ?? "READY");
  const isText = property !== "state";
  const [operator, operand, matches] = random.pick<[string, unknown, (of: string | null) => boolean]>([
    ["eq", text, (of) => of === text],
    ["ne", text, (of) => of !== text],
    ["in", others, (of) => of !== null && others.includes(of)],
    ["notIn", others, (of) => of === null || !others.includes(of)],
    ...(!isText
      ? []
      : ([
          ["isNull", true, (of) => of === null],
          ["isNull", false, (of) => of !== null],
          ["contains", text, (of) => of !== null && folded(of).includes(folded(text))],
          ["startsWith", text, (of) => of !== null && folded(of).startsWith(folded(text))],
          ["endsWith", text, (of) => of !== null && folded(of).endsWith(folded(text))],
        ] satisfies Array<[string, unknown, (of: string | null) => boolean]>)),
  ]);
  return [{ [property]: { [operator]: operand } }, (machine) => matches(machine[property])];
}

async function found(database: Database, filter: object): Promise<number[]> {
  const nodes = await machineList.page(asking(database), { first: 200, filter }).nodes;
  return nodes.map(({ id }) => id);
}

onBothDatabases(`a filter (seed ${testSeed})`, (fresh) => {
  test("finds on either database what its words say", async () => {
    const database = await (await fresh()).open();
    const random = new Random(testSeed);
    await insertMachines(database, random, 190);
    const machines = await machineList.page(asking(database), { first: 200 }).nodes;
    for (let i = 0; i < 500; i++) {
      const [filter, matches] = condition(random, machines, 3);
      const expected = machines.filter(matches).map(({ id }) => id);
      expect([JSON.stringify(filter), ...(await found(database, filter))]).toEqual([
        JSON.stringify(filter),
        ...expected,
      ]);
    }
  });

  test("reaches what a machine is related to", async () => {
    const database = await (await fresh()).open();
    const { manager } = database;
    const [one, two, three] = (await insertMachines(database, new Random(1), 3)) as [number, number, number];
    const now = new Date();
    const port = (machineId: number, macAddress: string) =>
      manager.insert(EthernetInterface, {
        machineId,
        macAddress,
        disputed: false,
        firstSeenAt: now,
      });
    await port(one, "00:26:2d:00:00:01");
    await port(one, "00:26:2d:00:00:02");
    await port(two, "52:54:00:00:00:01");
    const rack = await manager.save(manager.create(Rack, { name: "A01", heightHalfU: 84, numbering: "FROM_BOTTOM" }));
    await manager.insert(Shelf, {
      rackId: rack.id,
      machineId: two,
      unitHalfU: 15,
      heightHalfU: 2,
      face: "FULL",
      column: 1,
      columns: 1,
    });
    for (const [filter, expected] of [
      [{ ethernetInterfaces: { some: { macAddress: { eq: "00:26:2d:00:00:02" } } } }, [one]],
      [{ ethernetInterfaces: { some: { macAddress: { startsWith: "0026.2D" } } } }, [one]],
      [{ ethernetInterfaces: { none: { macAddress: { startsWith: "00-26-2d" } } } }, [two, three]],
      [{ ethernetInterfaces: { none: {} } }, [three]],
      [{ shelf: {} }, [two]],
      [{ not: { shelf: {} } }, [one, three]],
      [{ shelf: { rack: { name: { eq: "A01" } }, unit: { eq: 7.5 } } }, [two]],
      [{ shelf: { unit: { in: [7, 8] } } }, []],
      [{ shelf: { rack: { shelves: { some: { occupant: { id: { eq: `Machine:${two}` } } } } } } }, [two]],
      [{ profile: {} }, []],
      [{ not: { profile: {} }, installation: {} }, []],
      [{ conflicts: { none: {} } }, [one, two, three]],
    ] as const) {
      expect([filter, ...(await found(database, filter))]).toEqual([filter, ...expected]);
    }
  });

  test("by the installation means the newest one", async () => {
    const database = await (await fresh()).open();
    const [one] = (await insertMachines(database, new Random(1), 2)) as [number];
    const { manager } = database;
    const ids = async (sql: string) => (await manager.query<Array<{ id: number }>>(sql))[0]?.id;
    const template = await ids(`INSERT INTO template (name, format, text) VALUES ('t', 'PRESEED', '') RETURNING id`);
    const profile = await ids(
      `INSERT INTO profile (name, title, kernel, initrds, arguments, template_id, parameters)
       VALUES ('p', 'p', '/images/k', '[]', '', ${template}, '{}') RETURNING id`,
    );
    for (const state of ["FAILED", "DONE"]) {
      await manager.query(
        `INSERT INTO installation (machine_id, profile_id, state, armed_by, armed_at, expires_at, installer_boots,
           token_seed, token_digest) VALUES ($1, $2, $3, 'a', 'b', 'c', 0, 'd', $3)`,
        [one, profile, state],
      );
    }
    expect(await found(database, { installation: { state: { eq: "FAILED" } } })).toEqual([]);
    expect(await found(database, { installation: { state: { eq: "DONE" }, profile: { name: { eq: "p" } } } })).toEqual([
      one,
    ]);
    expect(await found(database, { installations: { some: { state: { eq: "FAILED" } } } })).toEqual([one]);
  });
});

onBothDatabases("a cursor", (fresh) => {
  test("of another list, another order or nobody is refused", async () => {
    const database = await (await fresh()).open();
    await insertMachines(database, new Random(1), 2);
    const page = machineList.page(asking(database), { orderBy: "HOSTNAME_ASC" });
    const { endCursor } = await page.pageInfo;
    const ask = (args: object) => () => machineList.page(asking(database), args);
    expect(ask({ orderBy: "HOSTNAME_DESC", after: endCursor })).toThrow("walk a list in one order");
    expect(ask({ before: endCursor })).toThrow("belongs to another order than ID_ASC");
    const cursors = [
      ["Rack", "ID_ASC", 1],
      ["Machine", "ID_ASC"],
      ["Machine", "ID_ASC", "1"],
      ["Machine", "ID_ASC", null],
    ];
    const texts = cursors.map((parts) => Buffer.from(JSON.stringify(parts)).toString("base64url"));
    for (const after of [...texts, "", "x", "null", "eyJ9", "a".repeat(5_000)]) {
      expect(ask({ after })).toThrow("is no cursor of this list");
    }
    expect(ask({ first: 1, last: 1 })).toThrow("give first or last, not both");
  });
});
