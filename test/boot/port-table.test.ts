import { expect, test } from "vitest";
import { PortTable } from "../../src/boot/port-table.js";
import type { MacAddress } from "../../src/machine/mac-address.js";
import { Random, testSeed } from "../support/random.js";

function macOf(number: bigint): MacAddress {
  const hex = number.toString(16).padStart(12, "0");
  return (hex.match(/../g) ?? []).join(":") as MacAddress;
}

test(`a table of ports is a map, through 100,000 random steps (seed ${testSeed})`, () => {
  const random = new Random(testSeed);
  const table = new PortTable();
  const meant = new Map<MacAddress, { value: number; disputed: boolean }>();
  const macs = random.list(3_000, () =>
    macOf(BigInt(random.below(2 ** 24)) * 2n ** 24n + BigInt(random.below(2 ** 24))),
  );
  const differing = () => macs.filter((mac) => JSON.stringify(table.get(mac)) !== JSON.stringify(meant.get(mac)));
  for (let step = 1; step <= 100_000; step++) {
    // Many come, then many go, so that it grows and every hole is filled again.
    const mac = random.pick(macs);
    if (random.chance(step % 20_000 < 10_000 ? 0.2 : 0.8)) {
      table.delete(mac);
      meant.delete(mac);
    } else {
      const port = { value: random.below(2 ** 31), disputed: random.chance(0.5) };
      table.set(mac, port.value, port.disputed);
      meant.set(mac, port);
    }
    if (step % 5_000 === 0) expect(differing()).toEqual([]);
  }
});

test("addresses that differ in one bit are different ports", () => {
  const table = new PortTable();
  const macs = Array.from({ length: 48 }, (_, bit) => macOf(2n ** BigInt(bit)));
  macs.forEach((mac, i) => table.set(mac, i, false));
  expect(macs.map((mac) => table.get(mac)?.value)).toEqual(macs.map((_, i) => i));
});
