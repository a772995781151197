import { describe, expect, test } from "vitest";
import { freshPostgres } from "../support/databases.js";
import { Random, testSeed } from "../support/random.js";
import { onBothServers, TestServer } from "../graphql/test-server.js";
import { Stream } from "./stream.js";

const STATES = `subscription ($after: ID) {
  machineStateChanged(after: $after) { eventId from to machine { serialNumber } }
}`;

type Told = Record<"eventId" | "from" | "to", string> & { machine: { serialNumber: string } };

/** Reads on and on, from one stream after the other, as a client whose network is bad. */
async function readBadly(
  random: Random,
  servers: readonly TestServer[],
  after: string,
  count: number,
): Promise<{ told: Told[]; streams: number }> {
  const told: Told[] = [];
  let last: string | undefined;
  let streams = 0;
  while (told.length < count) {
    const stream = await Stream.open(random.pick(servers), STATES, { variables: { after }, lastEventId: last });
    streams += 1;
    const enough = Math.min(count - told.length, 1 + random.below(60));
    await stream.until("enough", () => stream.frames.length >= enough);
    stream.close();
    // What the last chunk held beyond that was read too.
    told.push(...(stream.told as unknown as Told[]));
    last = told.at(-1)?.eventId;
  }
  return { told, streams };
}

/** Moves machines through their states, some at a time. @returns the states of each, in order */
async function move(random: Random, server: TestServer, machines: readonly string[]): Promise<Map<string, string[]>> {
  const moves = new Map(machines.map((serial) => [serial, [] as string[]]));
  for (const [mutation, state] of [
    ["approveMachines", "READY"],
    ["retireMachines", "RETIRED"],
    ["approveMachines", "READY"],
  ] as const) {
    for (let i = 0; i < machines.length;) {
      const some = machines.slice(i, (i += 1 + random.below(12)));
      if ((await server.change(mutation, some)).length > 0) throw new Error(`${mutation} was refused`);
      for (const serial of some) moves.get(serial)?.push(state);
    }
  }
  return moves;
}

function expectExactlyOnce(told: readonly Told[], moves: ReadonlyMap<string, string[]>): void {
  const ids = told.map(({ eventId }) => Number(eventId));
  expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
  const states = new Map<string, string[]>([...moves.keys()].map((serial) => [serial, []]));
  for (const { to, machine } of told) states.get(machine.serialNumber)?.push(to);
  expect(states).toEqual(moves);
}

onBothServers("200 machines that change their states", (server) => {
  test("are told exactly once and in order to a client that is cut off again and again", async () => {
    const random = new Random(testSeed);
    const machines = (await server().register(200)).map(({ serial }) => serial);
    const [reading, moves] = await Promise.all([
      readBadly(random, [server()], "0", 3 * machines.length),
      move(new Random(testSeed + 1), server(), machines),
    ]);
    expect(reading.streams, `seed ${testSeed}`).toBeGreaterThan(5);
    expectExactlyOnce(reading.told, moves);
  });
});

describe("two servers on one PostgreSQL", () => {
  test("tell each the other's changes at once, and one goes on where the other was left", async () => {
    const database = await freshPostgres("shipped");
    const settings = { KICKRACK_SECRET_KEY: "a key that both processes have, long enough" };
    const servers = [await TestServer.start(database.url, settings), await TestServer.start(database.url, settings)];
    const [one, other] = servers as [TestServer, TestServer];
    try {
      const random = new Random(testSeed);
      other.app.streams.times.checkMs = 60_000; // so that only the notice can wake it
      const [{ serial } = { serial: "" }] = await one.register();
      const stream = await (await Stream.open(other, STATES)).ready();
      await one.change("approveMachines", [serial]);
      await stream.until("told", () => stream.frames.length === 1);
      const after = stream.lastEventId ?? "";
      stream.close();
      const machines = (await one.register(60)).map(({ serial }) => serial);
      const [reading, moves, more] = await Promise.all([
        readBadly(random, servers, after, 3 * machines.length),
        move(new Random(testSeed + 1), one, machines.slice(0, 30)),
        move(new Random(testSeed + 2), other, machines.slice(30)),
      ]);
      expectExactlyOnce(reading.told, new Map([...moves, ...more]));
    } finally {
      for (const server of servers) await server.remove();
      await database.drop();
    }
  });
});
