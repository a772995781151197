import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Lab } from "./support/lab.js";
import { plainGet } from "./support/plain-http.js";
import { eventually, run } from "./support/program.js";
import { Relay } from "./support/relay.js";

const MAC = "52:54:00:77:12:01";
/** A lease takes two questions and two answers; what would delay dnsmasq by one script that waits is longer. */
const SECONDS = 5;

test("a real relay's option 82 places a machine, moves with its cable, and never keeps dnsmasq from answering", async () => {
  const lab = await Lab.start({ number: 12, settings: { KICKRACK_DNSMASQ_EVENTS: "all" } });
  const relay = await Relay.start(lab.bridge, lab.folder, ["swp7", "swp8"]);
  onTestFinished(() => relay.stop());
  await lab.api.ask(`mutation {
    createRack(name: "A07") { userErrors { message } }
    createSwitch(name: "sw-a07", managementAddress: "${relay.address}") { userErrors { message } }
    createPlacementRule(name: "a07", switch: "sw-a07", rack: "A07", pattern: { pattern: "swp{n}", to: 40 }) { userErrors { message } }
    expectMachine(rack: "A07", unit: 7, hostname: "web07") { userErrors { message } }
  }`);
  const port = async () => {
    const { sightings } = await lab.api.ask<{ sightings: { nodes: { portId: string }[] } }>(
      `{ sightings(filter: { macAddress: { eq: "${MAC}" }, source: { eq: "dhcp-option82" } }) { nodes { portId } } }`,
    );
    return sightings.nodes.map(({ portId }) => portId).join();
  };

  expect(await relay.lease(0, MAC)).toBeLessThan(SECONDS);
  await plainGet(`${lab.kickrack.bootUrl}/inventory/RELAY1/${MAC}/Dell%20Inc./PowerEdge%20R640`);
  await eventually("it stands where its port says, with the planned name", 10, async () => {
    const is = (await lab.machineAs(MAC, "hostname shelf { unit }")) as { hostname: string; shelf: { unit: number } };
    return is.hostname === "web07" && is.shelf.unit === 7;
  });
  expect(await port()).toBe("swp7");

  // Its lease lasts: dnsmasq tells of it as an old one.
  expect(await relay.lease(1, MAC)).toBeLessThan(SECONDS);
  await eventually("it is seen at the other port", 10, async () => (await port()) === "swp8");

  process.kill(lab.kickrack.pid, "SIGSTOP");
  expect(await relay.lease(0, MAC), "Kickrack stands still").toBeLessThan(SECONDS);
  process.kill(lab.kickrack.pid, "SIGCONT");
  await eventually("what came meanwhile is kept", 10, async () => (await port()) === "swp7");

  // The mount is this runner's own, as its network is.
  await run("mount", "-t", "tmpfs", "-o", "size=4k", "full", lab.spool);
  onTestFinished(async () => void (await run("umount", "--lazy", lab.spool)));
  writeFileSync(join(lab.spool, "notes"), "x".repeat(4_096));
  expect(await relay.lease(1, MAC), "the disk is full").toBeLessThan(SECONDS);
  await lab.dnsmasq.log.waitFor(/script process exited with status 1/, 10);
  expect(await port()).toBe("swp7");
  expect(lab.dnsmasq.running).toBe(true);
});
