import { createClient } from "graphql-sse";
import { afterEach, describe, expect, test, vi } from "vitest";
import { LIMITS } from "../../src/graphql/limits.js";
import { onBothServers, type TestServer } from "../graphql/test-server.js";
import { Stream } from "./stream.js";

const STATES = `subscription ($machines: [String!], $after: ID) {
  machineStateChanged(machines: $machines, after: $after) { eventId at object from to machine { serialNumber state } }
}`;

const INSTALLATIONS = `subscription ($machines: [String!], $after: ID) {
  installationProgressed(machines: $machines, after: $after) {
    eventId kind from to installation { state } machine { serialNumber } event { kind text }
  }
}`;

async function machine(server: TestServer): Promise<string> {
  const [{ serial } = { serial: "" }] = await server.register();
  return serial;
}

/** A token of its own, for a test that uses it up. */
function createToken(server: TestServer, scopes = ""): Promise<{ secret: string; token: { id: string } }> {
  return server.ask(
    `mutation { createToken(name: "stream", role: VIEWER, days: 1${scopes}) { secret token { id } userErrors { message } } }`,
  );
}

onBothServers("a subscription", (server) => {
  const opened: Stream[] = [];
  async function open(
    ...[query, more]: Parameters<typeof Stream.open> extends [unknown, ...infer Rest] ? Rest : never
  ) {
    const stream = await Stream.open(server(), query, more);
    opened.push(stream);
    return stream.response.statusCode === 200 ? stream.ready() : stream;
  }
  const usual = { heartbeatMs: 15_000, stalledMs: 60_000, checkMs: 5_000 };
  afterEach(() => {
    for (const stream of opened.splice(0)) stream.close();
    Object.assign(server().app.streams.times, usual);
  });

  test("tells of a state as soon as it has changed, with an id, and of nothing else", async () => {
    const [one = "", other = ""] = (await server().register(2)).map(({ serial }) => serial);
    const stream = await open(STATES, { variables: { machines: [one] } });
    expect(stream.response.headers).toMatchObject({ "content-type": "text/event-stream; charset=utf-8" });
    await server().change("approveMachines", [other]);
    await server().change("approveMachines", [one]);
    await server().change("lockMachines", [one]);
    await server().change("retireMachines", [one]);
    await stream.until("told", () => stream.frames.length >= 2);
    expect(stream.told).toMatchObject([
      { from: "DISCOVERED", to: "READY", machine: { serialNumber: one } },
      { from: "READY", to: "RETIRED", machine: { serialNumber: one, state: "RETIRED" } },
    ]);
    expect(stream.frames.map(({ id }) => id)).toEqual(stream.told.map(({ eventId }) => eventId));
  });

  test("tells of a new machine once, however often it reports itself", async () => {
    const stream = await open("subscription { machineRegistered { eventId object machine { serialNumber state } } }");
    const [{ serial, mac } = { serial: "", mac: "" }] = await server().register();
    await server().boot(`/inventory/${serial}/${mac}/Dell%20Inc./PowerEdge%20R640`);
    const last = await machine(server());
    await stream.until("told", () => stream.frames.length >= 2);
    expect(stream.told.map(({ machine }) => machine)).toEqual([
      { serialNumber: serial, state: "DISCOVERED" },
      { serialNumber: last, state: "DISCOVERED" },
    ]);
  });

  test("tells of a conflict when it is found, and when it comes again after a person decided", async () => {
    const stream = await open(
      "subscription { conflictFound { object conflict { id kind macAddress machine { serialNumber } } } }",
    );
    const [{ serial, mac } = { serial: "", mac: "" }] = await server().register();
    await server().change("approveMachines", [serial]);
    const contradict = () => server().boot(`/inventory/OTHER-${serial}/${mac}/Dell%20Inc./PowerEdge%20R640`);
    await contradict();
    await contradict();
    await stream.until("told", () => stream.frames.length >= 1);
    expect(stream.told).toMatchObject([
      { conflict: { kind: "SWAPPED_BOARD", macAddress: mac, machine: { serialNumber: serial } } },
    ]);
    const conflict = stream.told[0]?.object;
    const decision = `conflict: "${conflict}", machine: "OTHER-${serial}"`;
    await server().ask(`mutation { resolveConflict(${decision}) { userErrors { message } } }`);
    await server().boot(`/inventory/${serial}/${mac}/Dell%20Inc./PowerEdge%20R640`);
    await stream.until("told again", () => stream.frames.length >= 2);
  });

  test("tells an installation's story with the installer's words, which the journal does not keep", async () => {
    await server().profile("told");
    const stream = await open(INSTALLATIONS);
    const { serial, token } = await server().armed("told");
    await server().boot(`/install/preseed.cfg?token=${token}`);
    for (const [what, body] of [
      ["started", ""],
      ["progress", "password is hunter2"],
      ["done", ""],
    ] as const)
      await server().boot(`/install/${what}?token=${token}`, { method: "POST", body });
    await stream.until("told", () => stream.frames.length >= 5);
    expect(stream.told.map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ["armed", null, "ARMED"],
      ["config", "ARMED", "INSTALLING"],
      ["started", "INSTALLING", "INSTALLING"],
      ["progress", "INSTALLING", "INSTALLING"],
      ["done", "INSTALLING", "DONE"],
    ]);
    expect(stream.told[3]).toMatchObject({ machine: { serialNumber: serial }, event: { text: "password is hunter2" } });
    const journal: object[] = await server().app.database.manager.query("SELECT * FROM change_entry");
    expect(JSON.stringify(journal)).toContain('\\"kind\\":\\"progress\\"');
    expect(JSON.stringify(journal)).not.toContain("hunter2");
  });

  test("goes on after an event or a change that its client names", async () => {
    const serial = await machine(server());
    const { change } = await server().ask<{ change: { id: string } }>(
      `mutation { approveMachines(machines: ["${serial}"]) { change { id } } }`,
    );
    await server().change("retireMachines", [serial]);
    await server().change("approveMachines", [serial]);
    const variables = { machines: [serial], after: change.id };
    const byChange = await open(STATES, { variables });
    await byChange.until("told", () => byChange.frames.length >= 2);
    expect(byChange.told.map(({ to }) => to)).toEqual(["RETIRED", "READY"]);
    const { eventId } = byChange.told[0] ?? {};
    const byArgument = await open(STATES, { variables: { ...variables, after: eventId } });
    // As an EventSource does, which sends its first request again.
    const byHeader = await open(STATES, { variables, lastEventId: eventId });
    for (const stream of [byArgument, byHeader]) {
      await stream.until("told", () => stream.told.length >= 1);
      expect(stream.told).toEqual(byChange.told.slice(1));
    }
  });

  test.each(["99999999", "Change:99999999", "Machine:1", "-1", "x"])(
    "after %s, which this journal does not have, is refused and ends",
    async (after) => {
      const stream = await open(STATES, { variables: { after } });
      await stream.until("over", () => stream.ended);
      expect(stream.frames.map(({ event }) => event)).toEqual(["next", "complete"]);
      expect(JSON.parse(stream.frames[0]?.data ?? "")).toMatchObject({
        errors: [{ extensions: { code: "BAD_USER_INPUT", requestId: stream.response.headers["x-request-id"] } }],
      });
    },
  );

  test.each([
    [STATES, { machines: ["nobody"] }, "NOT_FOUND"],
    ["subscription { machineStateChanged { password } }", {}, "GRAPHQL_VALIDATION_FAILED"],
    ["subscription { machineStateChanged { eventId }", {}, "GRAPHQL_PARSE_FAILED"],
    ["subscription { machineStateChanged { eventId } conflictFound { eventId } }", {}, "GRAPHQL_VALIDATION_FAILED"],
    [
      "subscription A { conflictFound { at } } subscription B { conflictFound { at } }",
      {},
      "OPERATION_RESOLUTION_FAILURE",
    ],
    [
      `subscription { machineStateChanged { ${"machine { installation { ".repeat(12)} state } } ${"} }".repeat(11)} } }`,
      {},
      "LIMIT_EXCEEDED",
    ],
  ])("that may not be is told so in its stream, which ends: %s", async (query, variables, code) => {
    const stream = await open(query, { variables });
    await stream.until("over", () => stream.ended);
    expect(stream.frames.map(({ event }) => event)).toEqual(["next", "complete"]);
    expect(JSON.parse(stream.frames[0]?.data ?? "")).toMatchObject({ errors: [{ extensions: { code } }] });
  });

  test("takes the scopes of what it tells, before anything runs", async () => {
    const { secret } = await createToken(server(), ", scopes: [RACKS]");
    const { secret: machines } = await createToken(server(), ", scopes: [MACHINES]");
    for (const [query, token] of [
      ["subscription { machineRegistered { eventId } }", secret],
      ["subscription { machineStateChanged { eventId } }", secret],
      ["subscription { installationProgressed { eventId } }", machines],
      ["subscription { conflictFound { eventId } }", secret],
      ["subscription { machineStateChanged { machine { profile { name } } } }", machines],
    ] as const) {
      const stream = await open(query, { token });
      await stream.until("over", () => stream.ended);
      expect(JSON.parse(stream.frames[0]?.data ?? ""), query).toMatchObject({
        errors: [{ extensions: { code: "FORBIDDEN" } }],
      });
    }
  });

  test("without a token is 401, and without Accept: text/event-stream 406", async () => {
    const stream = await open(STATES, { token: "kr_none.none" });
    expect(stream.response.statusCode).toBe(401);
    const { status, errors } = await server().graphql(STATES);
    expect([status, errors?.[0]?.extensions.code]).toEqual([406, "BAD_REQUEST"]);
    expect(errors?.[0]?.message).toContain("text/event-stream");
  });

  test("ends within seconds when its token is revoked, and says why", async () => {
    Object.assign(server().app.streams.times, { checkMs: 100 });
    const { secret, token } = await createToken(server());
    const stream = await open(STATES, { token: secret });
    const other = await open(STATES);
    await server().ask(`mutation { revokeToken(token: "${token.id}") { userErrors { message } } }`);
    await stream.until("over", () => stream.ended);
    expect(stream.frames.map(({ event }) => event)).toEqual(["next", "complete"]);
    expect(stream.frames[0]?.data).toContain("UNAUTHENTICATED");
    expect(other.ended).toBe(false);
  });

  test("of one token is refused when there are too many, until one ends", async () => {
    const { secret: token } = await createToken(server());
    const streams = await Promise.all(Array.from({ length: LIMITS.streams }, () => open(STATES, { token })));
    expect(streams.map(({ response }) => response.statusCode)).toEqual(streams.map(() => 200));
    const refused = await open(STATES, { token });
    expect(refused.response.statusCode).toBe(429);
    expect((await open(STATES)).response.statusCode).toBe(200);
    streams[0]?.close();
    await vi.waitFor(async () => expect((await open(STATES, { token })).response.statusCode).toBe(200), 10_000);
  });

  test("says when it is quiet that it is alive, and how far it has read", async () => {
    Object.assign(server().app.streams.times, { heartbeatMs: 50 });
    const stream = await open("subscription { conflictFound { eventId } }");
    const before = Number(stream.lastEventId);
    await createToken(server());
    await stream.until("further", () => stream.comments > 3 && Number(stream.lastEventId) > before);
    expect(stream.frames).toEqual([]);
  });

  test("whose reader takes nothing holds little in memory, is cut off, and goes on where it was", async () => {
    await server().profile("slow");
    const { serial, token } = await server().armed("slow");
    const count = 40;
    for (let i = 0; i < count; i++)
      await server().boot(`/install/progress?token=${token}`, { method: "POST", body: `${i} `.padEnd(65_000, "x") });
    // 26 MB in all, more than the system keeps for a connection.
    const texts = Array.from({ length: 10 }, (_, i) => `t${i}: event { text }`).join(" ");
    const query = `subscription ($after: ID, $machines: [String!]) {
      installationProgressed(after: $after, machines: $machines) { eventId kind ${texts} }
    }`;
    const variables = { machines: [serial], after: "0" };
    Object.assign(server().app.streams.times, { stalledMs: 1_000 });
    const lookups = vi.spyOn(server().app.database.dataSource, "createQueryRunner");
    const slow = await Stream.open(server(), query, { variables });
    slow.response.pause();
    await vi.waitFor(() => expect(slow.response.socket.bytesRead).toBeGreaterThan(0));
    let asked = -1;
    await vi.waitFor(
      () => {
        const before = asked;
        asked = lookups.mock.calls.length;
        expect(asked).toBe(before);
      },
      { timeout: 10_000, interval: 500 },
    );
    lookups.mockRestore();
    expect(asked).toBeLessThan(count);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    slow.response.resume();
    await slow.until("cut off", () => slow.ended);
    expect(slow.frames.filter(({ event }) => event === "complete")).toEqual([]);
    Object.assign(server().app.streams.times, usual);
    const rest = await open(query, { variables, lastEventId: slow.lastEventId });
    await rest.until("told", () => slow.frames.length + rest.frames.length > count);
    const kinds = [...slow.told, ...rest.told].map(
      ({ kind, t0 }) => `${kind} ${(t0 as unknown as { text: string }).text.split(" ")[0]}`,
    );
    expect(kinds.slice(1)).toEqual(Array.from({ length: count }, (_, i) => `progress ${i}`));
  });

  describe("of graphql-sse's client", () => {
    const client = (more = {}) => {
      const headers = { Authorization: `Bearer ${server().tokens.VIEWER}` };
      return createClient({ url: `${server().controlUrl}/graphql`, retryAttempts: 0, headers, ...more });
    };

    test("is told, and a query answered", async () => {
      const serial = await machine(server());
      const query = "subscription ($m: [String!]) { machineStateChanged(machines: $m) { to } }";
      const results = client().iterate({ query, variables: { m: [serial] } });
      let isTold = false;
      const first = results.next().finally(() => (isTold = true));
      await vi.waitFor(async () => {
        await server().change("approveMachines", [serial]);
        await server().change("retireMachines", [serial]);
        expect(isTold).toBe(true);
      }, 10_000);
      expect((await first).value).toEqual({ data: { machineStateChanged: { to: expect.any(String) as string } } });
      await results.return?.();
      const me = await client().iterate({ query: "{ me { role } }" }).next();
      expect(me.value).toMatchObject({ data: { me: { role: "VIEWER" } } });
      const wrong = await client().iterate({ query: "{ you }" }).next();
      expect(wrong.value).toMatchObject({ errors: [{ extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }] });
    });

    test("goes on after the server was started again, nothing missed and nothing twice", async () => {
      const serial = await machine(server());
      const states: string[] = [];
      let last: string | undefined;
      const options = {
        retryAttempts: 20,
        retry: () => new Promise<void>((resolve) => setTimeout(resolve, 100)),
        headers: () => ({
          Authorization: `Bearer ${token}`,
          ...(last === undefined ? {} : { "Last-Event-ID": last }),
        }),
      };
      const token = server().tokens.VIEWER;
      const { change } = await server().ask<{ change: { id: string } }>(
        `mutation { approveMachines(machines: ["${serial}"]) { change { id } } }`,
      );
      const results = client(options).iterate({ query: STATES, variables: { machines: [serial], after: change.id } });
      const reading = (async () => {
        for await (const { data } of results) {
          const event = (data as { machineStateChanged: { eventId: string; to: string } }).machineStateChanged;
          last = event.eventId;
          if (states.push(event.to) === 4) return;
        }
      })();
      await server().change("retireMachines", [serial]);
      await vi.waitFor(() => expect(states).toHaveLength(1), 10_000);
      await server().stop();
      await server().start();
      await server().change("approveMachines", [serial]);
      await server().change("retireMachines", [serial]);
      await server().change("approveMachines", [serial]);
      await reading;
      expect(states).toEqual(["RETIRED", "READY", "RETIRED", "READY"]);
    });
  });

  test("does not hold up a server that stops, also when nobody reads it, and is not told that it is over", async () => {
    const stream = await open(STATES);
    const stalled = await open(STATES);
    stalled.response.pause();
    const before = Date.now();
    await server().stop();
    expect(Date.now() - before).toBeLessThan(8_000);
    await stream.until("ended", () => stream.ended);
    expect(stream.frames).toEqual([]);
    expect(stream.response.complete).toBe(true);
    await server().start();
  });
});
