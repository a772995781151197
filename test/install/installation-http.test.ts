import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { Installation, InstallationEvent } from "../../src/install/installation.entity.js";
import { onBothServers, type TestServer } from "../graphql/test-server.js";

const MINUTE = 60_000;
const CALLBACKS = ["started", "progress", "done", "failed"];

/** The newest installation of a machine. */
async function installationOf(server: TestServer, mac: string) {
  const { state, installation } = await server.ask<{
    state: string;
    installation: { state: string; events: { totalCount: number; nodes: Array<{ kind: string; text: string }> } };
  }>(`{ machine(macAddress: "${mac}") {
    state installation { state events(last: 50) { totalCount nodes { kind text } } }
  } }`);
  const { nodes: events, totalCount } = installation.events;
  const kinds = events.map(({ kind }) => kind);
  return { machine: state, installation: installation.state, kinds, events, totalCount };
}

onBothServers("the install endpoints", (server) => {
  afterEach(() => void vi.useRealTimers());
  const clock = (ms: number) => vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + ms });
  const config = (token: string, file = "preseed.cfg") => server().boot(`/install/${file}?token=${token}`);
  const armed = async () => {
    await server().profile("endpoints");
    return server().armed("endpoints");
  };

  /** Everything that a token gives is refused, with words, and nothing changes. */
  async function expectDead(token: string, status: number, words: string): Promise<void> {
    const before = await server().dump();
    for (const what of ["preseed.cfg", ...CALLBACKS]) {
      const answer = await server().boot(`/install/${what}?token=${token}`);
      expect([what, answer.status, answer.body]).toEqual([what, status, expect.stringContaining(words)]);
      expect(answer.body).not.toContain("netcfg");
    }
    expect(await server().dump()).toBe(before);
  }

  test("the configuration is rendered for the machine, and its first fetch begins the installation", async () => {
    const { serial, mac, token } = await armed();
    expect(await installationOf(server(), mac)).toMatchObject({ machine: "ARMED", kinds: ["armed"] });
    const first = await config(token);
    expect([first.status, first.body]).toEqual([200, `d-i netcfg/get_hostname string ${serial.toLowerCase()}\n`]);
    expect(first.headers["content-length"]).toBe(String(first.body.length));
    expect(await installationOf(server(), mac)).toMatchObject({ machine: "INSTALLING", installation: "INSTALLING" });
    expect((await config(token)).body).toBe(first.body);
    expect((await installationOf(server(), mac)).kinds).toEqual(["armed", "config", "config"]);
  });

  test("a HEAD fetches nothing and so begins nothing, and ends nothing either", async () => {
    const { mac, token } = await armed();
    for (const what of ["preseed.cfg", ...CALLBACKS]) {
      expect((await server().boot(`/install/${what}?token=${token}`, { method: "HEAD" })).status).toBe(400);
    }
    expect(await installationOf(server(), mac)).toMatchObject({ machine: "ARMED", kinds: ["armed"] });
  });

  test("no token, an empty one, a wrong one and a cut one are refused, and nobody's installation changes", async () => {
    const { token } = await armed();
    const before = await server().dump();
    for (const query of ["", "?token=", "?token", "?t=x", `?Token=${token}`]) {
      const { status, body } = await server().boot(`/install/preseed.cfg${query}`);
      expect([query, status]).toEqual([query, query === "" ? 404 : 403]);
      expect(body).not.toContain("netcfg");
    }
    const other = randomBytes(32).toString("base64url");
    for (const wrong of [
      other,
      token.slice(1),
      token.toLowerCase(),
      `${token}A`,
      "%00",
      "%ff",
      "'--",
      "x".repeat(8000),
    ]) {
      await expectDead(wrong, 404, "no installation has this token");
    }
    expect(await server().dump()).toBe(before);
  });

  test("another machine's token gives that machine's configuration, and leaves this one as it is", async () => {
    const [one, two] = [await armed(), await armed()];
    expect((await config(two.token)).body).toContain(two.serial.toLowerCase());
    expect(await installationOf(server(), one.mac)).toMatchObject({ machine: "ARMED", kinds: ["armed"] });
  });

  test("the other installer's file is refused, names the right one, and does not begin the installation", async () => {
    const { mac, token } = await armed();
    const { status, body } = await config(token, "kickstart");
    expect([status, body]).toEqual([404, "profile endpoints is installed by PRESEED, not by KICKSTART\n"]);
    expect((await installationOf(server(), mac)).machine).toBe("ARMED");
  });

  test.each([
    ["done", "INSTALLED", "DONE"],
    ["failed", "FAILED", "FAILED"],
  ])("%s ends the installation; repeated it is answered the same and changes nothing", async (what, state, ended) => {
    const { mac, token } = await armed();
    await config(token);
    const report = () => server().boot(`/install/${what}?token=${token}`);
    expect((await report()).body).toBe(`${ended}\n`);
    expect(await installationOf(server(), mac)).toMatchObject({ machine: state, installation: ended });
    const before = await server().dump();
    for (let i = 0; i < 3; i++) {
      const { status, body } = await report();
      expect([status, body]).toEqual([200, `${ended}\n`]);
    }
    expect(await server().dump()).toBe(before);
    for (const other of ["preseed.cfg", ...CALLBACKS.filter((each) => each !== what)]) {
      const answer = await server().boot(`/install/${other}?token=${token}`);
      expect([other, answer.status, answer.body]).toEqual([
        other,
        409,
        `this installation is ${ended}; its token is dead\n`,
      ]);
    }
    expect(await server().dump()).toBe(before);
    expect((await server().boot(`/boot/${mac}`)).body).not.toContain("kernel");
  });

  test("ten done callbacks at once are all answered 200 and end one installation once", async () => {
    const { mac, token } = await armed();
    const answers = await Promise.all(Array.from({ length: 10 }, () => server().boot(`/install/done?token=${token}`)));
    expect(answers.map(({ status, body }) => [status, body])).toEqual(Array(10).fill([200, "DONE\n"]));
    expect((await installationOf(server(), mac)).kinds).toEqual(["armed", "done"]);
  });

  test("a posted log is kept with the failure, up to 64 KiB, whatever it is made of", async () => {
    for (const [log, kept] of [
      ["Debootstrap error: no space\nline two ✗\n", "Debootstrap error: no space\nline two ✗\n"],
      [Buffer.from([0x41, 0x00, 0xff, 0x42]), "A\ufffd\ufffdB"],
      ["é".repeat(60_000), "é".repeat(32_768)],
      ["", expect.stringMatching(/^from .*127\.0\.0\.1$/) as string],
    ] as const) {
      const { mac, token } = await armed();
      const answer = await server().boot(`/install/failed?token=${token}`, { method: "POST", body: log });
      expect(answer.status).toBe(200);
      expect((await installationOf(server(), mac)).events.at(-1)).toEqual({ kind: "failed", text: kept });
    }
  });

  test("what a client says before it closes its half of the connection is kept, as busybox's nc does it", async () => {
    const { mac, token } = await armed();
    const { hostname, port } = new URL(server().bootUrl);
    const stages = Array.from({ length: 20 }, (_, i) => `stage-${i}`);
    for (const stage of stages) {
      const socket = connect(Number(port), hostname);
      const head = `POST /install/progress?token=${token} HTTP/1.0\r\nContent-Length: ${stage.length}\r\n\r\n`;
      socket.end(head + stage).resume();
      await once(socket, "close");
    }
    // Nobody was answered, so their order is the database's.
    const kept = async () => (await installationOf(server(), mac)).events.slice(1).map(({ text }) => text);
    await vi.waitFor(async () => expect((await kept()).sort()).toEqual(stages.sort()), 10_000);
  });

  test("a log of 10 MB is answered, and what is too much is not kept in memory", async () => {
    const { mac, token } = await armed();
    const body = Buffer.alloc(10_000_000, "log line\n");
    const posts = Array.from({ length: 8 }, () =>
      server().boot(`/install/progress?token=${token}`, { method: "POST", body }),
    );
    expect((await Promise.all(posts)).map(({ status }) => status)).toEqual(Array(8).fill(200));
    const { events } = await installationOf(server(), mac);
    expect(events.slice(1).map(({ text }) => text.length)).toEqual(Array(8).fill(65_536));
  });

  test("progress is kept up to a bound, and the end is kept after it", async () => {
    const { mac, token } = await armed();
    const { manager } = server().app.database;
    const [{ id: installationId }] = (await manager.find(Installation, { order: { id: "DESC" }, take: 1 })) as [
      Installation,
    ];
    const earlier = Array.from({ length: 990 }, () => ({ installationId, kind: "progress", text: "", at: new Date() }));
    await manager.insert(InstallationEvent, earlier);
    for (let i = 0; i < 20; i++) {
      expect((await server().boot(`/install/progress?token=${token}`)).status).toBe(200);
    }
    await server().boot(`/install/failed?token=${token}`, { method: "POST", body: "the end" });
    const { events, totalCount } = await installationOf(server(), mac);
    expect(totalCount).toBe(1_001);
    expect(events.at(-1)).toEqual({ kind: "failed", text: "the end" });
  });

  test("a template that cannot be rendered does not use the installation up", async () => {
    await server().profile("breaks", "d-i netcfg/get_hostname string {{ parameters.name }}\n");
    const set = (name: string | null) =>
      server().ask(
        "mutation ($m: String!, $p: JSONObject!) { setMachineParameters(machine: $m, parameters: $p) { userErrors { message } } }",
        { m: serial, p: { name } },
      );
    const [{ serial, mac } = { serial: "", mac: "" }] = await server().register();
    await set("web7");
    expect(await server().change("approveMachines", [serial])).toEqual([]);
    expect(await server().change("armMachines", [serial], ', count: 1, profile: "breaks"')).toEqual([]);
    const token = await server().tokenOf(mac);
    await set(null);
    const refused = await config(token);
    expect([refused.status, refused.body]).toEqual([400, expect.stringContaining("parameters.name has no value")]);
    expect(await installationOf(server(), mac)).toMatchObject({ machine: "ARMED", kinds: ["armed"] });
    await set("web8");
    expect((await config(token)).body).toBe("d-i netcfg/get_hostname string web8\n");
  });

  test("cloud-init gets its four files, two of them empty, and only user-data begins the installation", async () => {
    const save = `saveTemplate(name: "cloud", format: AUTOINSTALL,
      text: "#cloud-config\\nautoinstall: {version: 1, identity: {hostname: {{ machine.hostname }}}}\\n")`;
    const create = `createProfile(name: "cloud", template: "cloud", kernel: "/images/linux", arguments: "ds=nocloud;s={{ urls.config }}")`;
    await server().graphql(`mutation { ${save} { userErrors { message } } ${create} { userErrors { message } } }`);
    const [{ serial, mac } = { serial: "", mac: "" }] = await server().register();
    await server().change("approveMachines", [serial]);
    expect(await server().change("armMachines", [serial], ', count: 1, profile: "cloud"')).toEqual([]);
    const [, base, token = ""] =
      /s=(http:\S+?\/install\/nocloud\/(\S+)\/)/.exec((await server().boot(`/boot/${mac}`)).body) ?? [];
    expect(base).toBeDefined();
    const file = (name: string, given = token) => server().boot(`/install/nocloud/${given}/${name}`);
    for (const name of ["vendor-data", "network-config"]) {
      expect(await file(name)).toMatchObject({ status: 200, body: "", headers: { "content-length": "0" } });
    }
    expect((await file("meta-data")).body).toMatch(/^instance-id: kickrack-\d+\nlocal-hostname: sn\d+\n$/);
    expect((await installationOf(server(), mac)).machine).toBe("ARMED");
    expect((await file("user-data")).body).toContain(`hostname: "${serial.toLowerCase()}"`);
    expect((await installationOf(server(), mac)).machine).toBe("INSTALLING");
    for (const [name, given] of [
      ["user-data", "x".repeat(43)],
      ["other", token],
      ["user-data/x", token],
    ] as const) {
      expect([name, (await file(name, given)).status]).toEqual([name, name === "user-data/x" ? 200 : 404]);
    }
    expect(server().log.join("")).not.toContain(token);
  });

  test.each(["disarmMachines", "lockMachines", "retireMachines"])("%s kills the token at once", async (mutation) => {
    const [early, begun] = [await armed(), await armed()];
    await config(begun.token);
    expect(await server().change(mutation, [early.serial, begun.serial])).toEqual([]);
    for (const { token, mac } of [early, begun]) {
      await expectDead(token, 409, "this installation is DISARMED; its token is dead");
      expect((await server().boot(`/boot/${mac}`)).body).not.toContain("kernel");
    }
    await server().change("unlockMachines", [early.serial]);
    await server().change("approveMachines", [early.serial]);
    expect(await server().change("armMachines", [early.serial], ', count: 1, profile: "endpoints"')).toEqual([]);
    expect(await server().tokenOf(early.mac)).not.toBe(early.token);
    await expectDead(early.token, 409, "its token is dead");
  });

  test("when its time is over, nothing is given, before anybody has swept it away", async () => {
    const { mac, token } = await armed();
    clock(60 * MINUTE + 1);
    const answer = await server().boot(`/boot/${mac}`);
    expect(answer.body).toMatch(/EXPIRED|NOT_ARMED|READY/);
    expect(answer.body).not.toContain("kernel");
    // The sweep comes every 5 s: it has not been, and the clock decides, or it has, or it comes between these lines.
    await vi.waitFor(
      async () => {
        const { machine } = await installationOf(server(), mac);
        await expectDead(token, 409, machine === "ARMED" ? "over" : "EXPIRED");
      },
      { timeout: 20_000 },
    );
  });

  test("an installation that has begun has its own hour, and FAILED is what is left when that is over", async () => {
    const { mac, token } = await armed();
    clock(59 * MINUTE);
    expect((await config(token)).status).toBe(200);
    clock(59 * MINUTE);
    expect((await server().boot(`/boot/${mac}`)).body).toContain("kernel");
    clock(2 * MINUTE);
    expect((await server().boot(`/boot/${mac}`)).body).not.toContain("kernel");
    await vi.waitFor(async () => expect((await installationOf(server(), mac)).machine).toBe("FAILED"), 10_000);
    expect((await installationOf(server(), mac)).kinds).toEqual(["armed", "config", "failed"]);
  });

  test("the token of what is done can say once that the installed system has started, and nothing else", async () => {
    const { mac, token } = await armed();
    const booted = (body: string) => server().boot(`/install/booted?token=${token}`, { method: "POST", body });
    for (const state of ["ARMED", "INSTALLING"]) {
      const early = await booted("too early");
      expect([early.status, early.body]).toEqual([409, expect.stringContaining(`this installation is ${state}`)]);
      await config(token);
    }
    await server().boot(`/install/done?token=${token}`);
    const dead = await server().dump();
    const answers = await Promise.all(Array.from({ length: 5 }, () => booted("Debian GNU/Linux 12 (bookworm)")));
    expect(answers.map(({ status, body }) => [status, body])).toEqual(Array(5).fill([200, "DONE\n"]));
    const { machine, installation, kinds, events } = await installationOf(server(), mac);
    expect([machine, installation]).toEqual(["INSTALLED", "DONE"]);
    expect(kinds.slice(-2)).toEqual(["done", "booted"]);
    expect(events.at(-1)?.text).toBe("Debian GNU/Linux 12 (bookworm)");
    expect(await server().dump()).not.toBe(dead);
    for (const what of ["preseed.cfg", "started", "progress", "failed"])
      expect((await server().boot(`/install/${what}?token=${token}`)).status).toBe(409);
  });

  test("a token that failed, was disarmed or is nobody's reports no boot", async () => {
    const { token } = await armed();
    await config(token);
    await server().boot(`/install/failed?token=${token}`);
    expect((await server().boot(`/install/booted?token=${token}`)).status).toBe(409);
    expect((await server().boot(`/install/booted?token=${randomBytes(32).toString("base64url")}`)).status).toBe(404);
  });

  test("approving ports or unlocking leaves no line in the installation's story", async () => {
    const { mac, serial } = await armed();
    for (const mutation of ["approveMachines", "unlockMachines"])
      expect(await server().change(mutation, [serial])).toEqual([]);
    expect(await installationOf(server(), mac)).toMatchObject({ machine: "ARMED", kinds: ["armed"] });
  });

  test("no token stands in the log, whether it was taken or refused, nor in the database", async () => {
    const { token } = await armed();
    await config(token);
    await config(token, "kickstart");
    await server().boot(`/install/done?token=${token}`);
    await server().boot(`/install/failed?x=1&token=${token}`);
    await server().boot(`/boot/${token}`);
    expect(server().log.join("")).toContain("its token is dead");
    expect(server().log.filter((line) => line.includes("/install/") && line.includes(token))).toEqual([]);
    expect(await server().dump({ requests: true })).not.toContain(token);
  });
});
