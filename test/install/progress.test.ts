import { afterEach, expect, test, vi } from "vitest";
import { lastLines, readReport } from "../../src/install/progress-report.js";
import { timelineOf, type TimelineEvent } from "../../src/install/timeline.js";
import { onBothServers } from "../graphql/test-server.js";

const MINUTE = 60_000;

test.each([
  ["partman-base", "partman-base", null],
  ["disk partitioned\n", "disk partitioned", null],
  [`{"name":"subiquity/Install","event_type":"start","origin":"subiquity"}`, "subiquity/Install", "RUNNING"],
  [`{"name":"curtin","event_type":"finish","result":"SUCCESS"}`, "curtin", "FINISHED"],
  [`{"name":"curtin","event_type":"finish","result":"WARN"}`, "curtin", "WARNED"],
  [`{"name":"curtin","event_type":"finish","result":"FAIL","description":"no disk"}`, "curtin", "FAILED"],
  [`{"name":"a\\u0000\\nb","event_type":"start"}`, "a  b", "RUNNING"],
  [`{"name":"","event_type":"start"}`, "unnamed", "RUNNING"],
  ["", null, null],
  ["two\nlines", null, null],
  ["x".repeat(129), null, null],
  [`{"name":"cut off`, `{"name":"cut off`, null],
  [`{"name":{},"event_type":7}`, `{"name":{},"event_type":7}`, null],
  ["[1,2]", "[1,2]", null],
])("%j is about stage %j: %s", (body, stage, outcome) => expect(readReport(body)).toMatchObject({ stage, outcome }));

test("the last lines of a log are its last lines, whatever its line ends, and no line is endless", () => {
  expect(lastLines("a\r\nb\nc\n\n", 2)).toBe("b\nc");
  expect(lastLines("only", 20)).toBe("only");
  expect(lastLines("x".repeat(100_000), 1)).toHaveLength(2_000);
});

const events = (...lines: string[]): TimelineEvent[] =>
  lines.map((line, i) => {
    const [kind = "", stage, outcome] = line.split(" ");
    return { at: new Date(i * 1_000), kind, stage: stage ?? null, outcome: outcome ?? null } as TimelineEvent;
  });
const told = (...lines: string[]) =>
  timelineOf(events(...lines)).map(({ name, startedAt, finishedAt, outcome }) => {
    const second = (at: Date) => at.getTime() / 1_000;
    return `${name} ${second(startedAt)}-${finishedAt === null ? "" : second(finishedAt)} ${outcome}`;
  });

test("a stage that says nothing of its end lasts until the next one, and the last one until the end", () => {
  expect(told("armed", "config", "started", "progress partman", "progress base", "done")).toEqual([
    "armed 0-1 FINISHED",
    "configuration 1-2 FINISHED",
    "installer 2-3 FINISHED",
    "partman 3-4 FINISHED",
    "base 4-5 FINISHED",
    "done 5-5 FINISHED",
  ]);
  expect(told("armed", "config", "done", "booted")).toContain("booted 3-3 FINISHED");
  expect(told("armed", "config", "progress partman")).toContain("partman 2- RUNNING");
  expect(told("armed", "config", "config", "progress partman", "config", "failed")).toEqual([
    "armed 0-1 FINISHED",
    "configuration 1-3 FINISHED",
    "partman 3-5 FAILED",
    "failed 5-5 FAILED",
  ]);
});

test("stages that begin and end may lie in each other, and an end without a beginning is a stage too", () => {
  expect(
    told(
      "armed",
      "config",
      "progress outer RUNNING",
      "progress inner RUNNING",
      "progress inner FAILED",
      "progress lost FINISHED",
      "progress outer WARNED",
      "progress inner RUNNING",
      "expired",
    ),
  ).toEqual([
    "armed 0-1 FINISHED",
    "configuration 1-2 FINISHED",
    "outer 2-6 WARNED",
    "inner 3-4 FAILED",
    "lost 5-5 FINISHED",
    "inner 7-8 FAILED",
    "expired 8-8 FAILED",
  ]);
  expect(told()).toEqual([]);
});

interface Told {
  readonly state: string;
  readonly installation: {
    readonly state: string;
    readonly lastLines: string;
    readonly timeline: ReadonlyArray<{ readonly name: string; readonly outcome: string }>;
  };
}

onBothServers("an installation", (server) => {
  afterEach(() => void vi.useRealTimers());
  const clock = (ms: number) => vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + ms });
  const armed = async () => {
    await server().profile("progress");
    return server().armed("progress");
  };
  const ask = (mac: string) =>
    server().ask<Told>(
      `{ machine(macAddress: "${mac}") { state installation { state lastLines(count: 2) timeline { name outcome } } } }`,
    );
  const post = (token: string, what: string, body: string | Buffer) =>
    server().boot(`/install/${what}?token=${token}`, { method: "POST", body });

  test("tells where it is, from subiquity's own reports, and ends with the last lines of its log", async () => {
    const { mac, token } = await armed();
    await server().boot(`/install/preseed.cfg?token=${token}`);
    for (const event of [
      { name: "subiquity/Install", event_type: "start", description: "", origin: "subiquity", timestamp: 1 },
      { name: "subiquity/Install/curthooks", event_type: "start", description: "installing kernel" },
      { name: "subiquity/Install/curthooks", event_type: "finish", result: "SUCCESS" },
    ]) {
      expect((await post(token, "progress", JSON.stringify(event))).status).toBe(200);
    }
    const running = (await ask(mac)).installation;
    expect(running.timeline).toEqual([
      { name: "armed", outcome: "FINISHED" },
      { name: "configuration", outcome: "FINISHED" },
      { name: "subiquity/Install", outcome: "RUNNING" },
      { name: "subiquity/Install/curthooks", outcome: "FINISHED" },
    ]);
    expect(running.lastLines).toBe("subiquity/Install/curthooks: finish SUCCESS");
    await post(token, "failed", `${"noise\n".repeat(20_000)}no space left\ngiving up\n`);
    const { state, installation } = await ask(mac);
    expect([state, installation.state, installation.lastLines]).toEqual([
      "FAILED",
      "FAILED",
      "no space left\ngiving up",
    ]);
    expect(installation.timeline.slice(-3)).toEqual([
      { name: "subiquity/Install", outcome: "FAILED" },
      { name: "subiquity/Install/curthooks", outcome: "FINISHED" },
      { name: "failed", outcome: "FAILED" },
    ]);
  });

  test("that says nothing for its time limit has failed, and says so, also when the server was away meanwhile", async () => {
    const { mac, token } = await armed();
    await server().boot(`/install/preseed.cfg?token=${token}`);
    await server().stop();
    clock(61 * MINUTE);
    await server().start();
    await vi.waitFor(async () => expect((await ask(mac)).state).toBe("FAILED"), 15_000);
    const { installation } = await ask(mac);
    expect(installation.state).toBe("FAILED");
    expect(installation.lastLines).toMatch(/^it said nothing for 60 minutes, until 20\d\d-/);
    const late = await post(token, "done", "");
    expect([late.status, late.body]).toEqual([409, "this installation is FAILED; its token is dead\n"]);
    expect((await server().boot(`/boot/${mac}`)).body).not.toContain("/images/linux");
  });

  test("that goes on talking gets more time, but not for ever", async () => {
    const { mac, token } = await armed();
    await server().boot(`/install/preseed.cfg?token=${token}`);
    let hours = 0;
    while ((await post(token, "progress", `hour ${hours}`)).status === 200) {
      if (++hours > 24) break;
      clock(50 * MINUTE);
    }
    expect(hours).toBe(Math.ceil((12 * 60) / 50));
    await vi.waitFor(async () => expect((await ask(mac)).state).toBe("FAILED"), 15_000);
    expect((await ask(mac)).installation.lastLines).toMatch(/^it was not done by 20\d\d-.*, though it had begun$/);
  });

  test("that nobody began expires, and the machine is as it was", async () => {
    const { mac } = await armed();
    clock(61 * MINUTE);
    await vi.waitFor(async () => expect((await ask(mac)).state).toBe("READY"), 15_000);
    const { installation } = await ask(mac);
    expect(installation).toMatchObject({ state: "EXPIRED", timeline: [{ name: "armed" }, { name: "expired" }] });
    expect(installation.lastLines).toMatch(/^nobody fetched its configuration until /);
  });

  test("is followed stage by stage by a subscriber's own fields", async () => {
    const { mac, token } = await armed();
    await post(token, "progress", "partman-base");
    const { installation } = await server().ask<{ installation: { events: { nodes: unknown[] } } }>(
      `{ machine(macAddress: "${mac}") { installation { events(last: 1) { nodes { kind stage outcome text } } } } }`,
    );
    expect(installation.events.nodes).toEqual([
      { kind: "progress", stage: "partman-base", outcome: null, text: "partman-base" },
    ]);
  });
});
