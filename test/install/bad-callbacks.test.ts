import { afterEach, expect, test, vi } from "vitest";
import { onBothServers } from "../graphql/test-server.js";

onBothServers("what an installer says at the wrong time", (server) => {
  afterEach(() => void vi.useRealTimers());
  const armed = async () => {
    await server().profile("wrong-time");
    return server().armed("wrong-time");
  };
  const call = async (token: string, what: string, body?: string | Buffer) => {
    const asked = body === undefined ? {} : { method: "POST", body };
    const answer = await server().boot(`/install/${what}?token=${token}`, asked);
    return `${answer.status} ${answer.body.trim()}`;
  };
  const stateOf = (mac: string) =>
    server().ask<{ state: string; installation: { state: string; events: { nodes: Array<{ kind: string }> } } }>(
      `{ machine(macAddress: "${mac}") { state installation { state events { nodes { kind } } } } }`,
    );
  const kinds = async (mac: string) => (await stateOf(mac)).installation.events.nodes.map(({ kind }) => kind);

  test("out of order it is taken for what it says: progress begins, an early done ends, what comes later is told so", async () => {
    const { mac, token } = await armed();
    expect(await call(token, "progress", "partman")).toBe("200 INSTALLING");
    expect(await call(token, "started")).toBe("200 INSTALLING");
    expect(await call(token, "done")).toBe("200 DONE");
    for (const late of ["started", "progress", "failed"]) {
      expect(await call(token, late)).toBe("409 this installation is DONE; its token is dead");
    }
    expect(await kinds(mac)).toEqual(["armed", "progress", "started", "done"]);
    expect((await server().boot(`/boot/${mac}`)).body).not.toContain("/images/linux");
  });

  test("a restart between two words changes nothing: the token goes on, the end is told once, a repeat is harmless", async () => {
    const { mac, token } = await armed();
    expect(await call(token, "started")).toBe("200 INSTALLING");
    await server().stop();
    await server().start();
    expect(await call(token, "progress", "base")).toBe("200 INSTALLING");
    expect(await call(token, "done")).toBe("200 DONE");
    await server().stop();
    await server().start();
    expect(await call(token, "done")).toBe("200 DONE");
    expect(await call(token, "failed", "too late")).toBe("409 this installation is DONE; its token is dead");
    expect(await kinds(mac)).toEqual(["armed", "started", "progress", "done"]);
  });

  test("10 MB are answered, their end is kept, and JSON of that size is a log like any other", async () => {
    const { mac, token } = await armed();
    const huge = JSON.stringify({ name: "x".repeat(10_000_000), event_type: "start" });
    expect(await call(token, "progress", huge)).toBe("200 INSTALLING");
    expect(await call(token, "failed", `${"é".repeat(5_000_000)}the end`)).toBe("200 FAILED");
    const { installation } = await server().ask<{
      installation: { events: { nodes: Array<{ text: string; stage: string | null }> } };
    }>(`{ machine(macAddress: "${mac}") { installation { events(last: 2) { nodes { text stage } } } } }`);
    const [progress, failed] = installation.events.nodes;
    expect(progress?.stage).toBeNull();
    expect(progress?.text).toMatch(/^x+","event_type":"start"}$/);
    expect(failed?.text).toMatch(/^é+the end$/);
    expect(failed?.text.length).toBeLessThan(65_536);
  });

  test("a token that ran out, was used up or is another machine's is told apart for the person who looks", async () => {
    const [one, two] = [await armed(), await armed()];
    await call(one.token, "done");
    await call(one.token, "started");
    expect(await call(two.token, "started")).toBe("200 INSTALLING");
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 61 * 60_000 });
    expect(await call(two.token, "done")).toMatch(
      /^409 (the time of its installation is over|this installation is FAILED)/,
    );
    vi.useRealTimers();
    await call("nobody-has-this", "done");
    await server().app.bootRequests.settle();
    const said = async (filter: string) =>
      (
        await server().ask<{ nodes: Array<{ answer: string }> }>(
          `{ bootRequests(last: 1, filter: ${filter}) { nodes { answer } } }`,
        )
      ).nodes[0]?.answer;
    const of = ({ mac }: { mac: string }) =>
      `{ status: { gte: 400 }, machine: { ethernetInterfaces: { some: { macAddress: { eq: "${mac}" } } } } }`;
    expect(await said(of(one))).toBe("this installation is DONE; its token is dead");
    expect(await said(of(two))).toMatch(/is over; arm it again|its token is dead/);
    expect(await said('{ not: { machine: {} }, url: { startsWith: "/install/" } }')).toBe(
      "no installation has this token",
    );
  });
});
