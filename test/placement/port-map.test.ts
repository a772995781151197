import { expect, test } from "vitest";
import { PortMap } from "../../src/placement/floor/port-map.js";

const known = (id: number, name: string, chassisId: string | null = null, systemName: string | null = null) => {
  return { id, name, chassisId, systemName, managementAddress: null, readAt: null };
};

test("a switch is found by its name, with or without its domain, and by its chassis id", () => {
  const map = new PortMap([known(1, "sw-a07", "02:00:de:ad:be:00"), known(2, "sw-a08")], [], []);
  expect(map.switchCalled("SW-A07")?.id).toBe(1);
  expect(map.switchCalled(null, "sw-a08.example.net")?.id).toBe(2);
  expect(map.switchCalled("0200.dead.be00", "unknown")?.id).toBe(1);
  expect(map.switchCalled("sw-a09")).toBeUndefined();
});

test("when two switches fit, none is taken", () => {
  const chassis = "02:00:de:ad:be:00";
  const map = new PortMap([known(1, "sw-a07", chassis), known(2, "sw-a08", chassis, "stack")], [], []);
  expect(map.switchCalled(chassis)).toBeUndefined();
  expect(map.switchCalled(chassis, "stack")).toBeUndefined();
  expect(map.switchCalled("stack")?.id).toBe(2);
});
