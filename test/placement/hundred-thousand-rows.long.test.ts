import { expect, onTestFinished, test } from "vitest";
import { readSwitch } from "../../src/placement/snmp/read-switch.js";
import { leaf } from "./support/simulated-switch.js";
import { TableAgent } from "./support/table-agent.js";

test("a switch that knows 100,000 addresses is read, every one of them", async () => {
  const agent = await TableAgent.start(leaf(100_000));
  onTestFinished(() => agent.stop());
  const { entries } = await readSwitch(agent.address, { version: "V2C", community: "any" });
  expect(new Set(entries.map(({ macAddress }) => macAddress)).size).toBe(100_000);
  expect(entries.filter(({ port }) => port !== "Po1")).toHaveLength(48);
});
