import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { onBothServers } from "../graphql/test-server.js";

// One step of the engine that takes seconds, so that none of its own limits ends it: a search for half of a long text.
const STEP = [
  `{% assign a = "${"a".repeat(20_000)}" %}`,
  '{% assign b = a | append: a | append: "b" | append: a | append: a %}',
  "{% assign a = a | append: a %}{% assign a = a | append: a %}{% assign a = a | append: a %}",
  "{% assign c = a | split: b %}",
].join("");
const REASON = "the template runs too long; make texts, lists and loops smaller";

onBothServers("a template that holds the engine itself", (server) => {
  const [machine, other] = ["held", "other"] as const;

  /** What the machines' door answers, again and again while `work` goes on. */
  const whileAt = async <T>(work: Promise<T>, target: string) => {
    let [slowest, asked, isOver] = [0, 0, false];
    while (!isOver) {
      const before = performance.now();
      expect((await server().boot(target)).status).toBe(200);
      slowest = Math.max(slowest, performance.now() - before);
      asked++;
      isOver = await Promise.race([work.then(() => true), sleep(20, false)]);
    }
    return { result: await work, slowest, asked };
  };

  test("is not saved, and machines are answered meanwhile: those that boot their disk, and an armed one", async () => {
    await server().profile(other);
    const { mac } = await server().armed(other);
    const mutation =
      'mutation ($t: String!) { saveTemplate(name: "bad", format: KICKSTART, text: $t) { userErrors { field message } } }';
    const saving = server().ask<{ userErrors: unknown }>(mutation, { t: STEP });
    const { result, slowest, asked } = await whileAt(saving, `/boot/${mac}`);
    expect(result.userErrors).toEqual([{ field: ["text"], message: `bad: ${REASON}` }]);
    expect(asked).toBeGreaterThan(10);
    expect(slowest).toBeLessThan(1_000);
  });

  test("and does so for one machine only: its screen says so, its disk and its permission stay, others go on", async () => {
    await server().profile(machine, `{% if parameters.slow == "yes" %}${STEP}{% endif %}d-i x string y\n`);
    const { serial, mac, token } = await server().armed(machine);
    const set = (slow: string) =>
      server().ask(
        `mutation { setMachineParameters(machine: "${serial}", parameters: { slow: ${slow} }) { userErrors { message } } }`,
      );
    await set('"yes"');
    const fetching = server().boot(`/install/preseed.cfg?token=${token}`);
    const { result, slowest } = await whileAt(fetching, "/healthz");
    expect([result.status, result.body.trim()]).toEqual([400, `held: ${REASON}`]);
    expect(slowest).toBeLessThan(1_000);
    const { state } = await server().ask<{ state: string }>(`{ machine(macAddress: "${mac}") { state } }`);
    expect(state).toBe("ARMED");
    await set("null");
    expect((await server().boot(`/install/preseed.cfg?token=${token}`)).body).toBe("d-i x string y\n");
  });

  test("on a kernel line the screen says so, and nothing boots; explainBoot says it at a desk", async () => {
    const mutation = `mutation ($line: String!) {
      createProfile(name: "line", kernel: "/images/linux", arguments: $line) { userErrors { message } }
    }`;
    await server().ask(mutation, { line: `{% if parameters.slow == "yes" %}${STEP}{% endif %}quiet` });
    const [{ serial, mac } = { serial: "", mac: "" }] = await server().register();
    await server().change("approveMachines", [serial]);
    expect(await server().change("armMachines", [serial], ', count: 1, profile: "line"')).toEqual([]);
    await server().ask(
      `mutation { setMachineParameters(machine: "${serial}", parameters: { slow: "yes" }) { userErrors { message } } }`,
    );
    const [{ body }, explained] = await Promise.all([
      server().boot(`/boot/${mac}`),
      server().ask<{ rule: string; reason: string }>(`{ explainBoot(macAddress: "${mac}") { rule reason } }`),
    ]);
    expect(body).toMatch(
      /^#!ipxe\necho\necho Kickrack: line.arguments: the template runs too long_ make .*\nsleep 10\nexit 1\n$/,
    );
    expect(explained.rule).toBe("UNPRINTABLE");
    expect(explained.reason).toContain(REASON);
  });
});
