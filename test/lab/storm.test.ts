import { expect, test } from "vitest";
import { simulate } from "../../src/simulate.js";
import { Lab } from "./support/lab.js";

const MAC = "52:54:00:77:11:01";
/** The processors are shared with other work, so a ratio that is missed is taken again. */
const ROUNDS = 5;

test("beside 200 machines that boot at once, a real one takes not half as long again as alone", async () => {
  const lab = await Lab.start({ number: 11 });
  const hardware = {
    name: "real01",
    firmware: "bios",
    smbios: { serialNumber: "REAL0001", manufacturer: "HPE", product: "ProLiant DL360 Gen10" },
    cards: [await lab.plugIn(MAC)],
  } as const;

  /** From its power until it is registered and says so. The storm breaks with its firmware's first DHCP packet. */
  const bootSeconds = async (storm?: () => Promise<void>) => {
    const before = lab.dnsmasq.log.length;
    const began = performance.now();
    const machine = lab.powerOn(hardware);
    const storming = lab.dnsmasq.log.waitFor("DHCPDISCOVER", 60, before).then(() => storm?.());
    await machine.console.waitFor(/It waits here for its approval/, 120);
    const ended = performance.now();
    await storming;
    await machine.pullThePlug();
    return (ended - began) / 1_000;
  };
  const storm = (seed: number) => async () => {
    const asked = { machines: "200", url: lab.kickrack.bootUrl, seed: String(seed) };
    expect(await simulate(asked)).toEqual({ registered: 200, failed: 0 });
  };

  const alone: number[] = [];
  const beside: number[] = [];
  const isMet = () => Math.min(...beside) <= 1.5 * Math.min(...alone);
  for (let round = 0; round === 0 || (round < ROUNDS && !isMet()); round++) {
    alone.push(await bootSeconds());
    beside.push(await bootSeconds(storm(round + 1)));
  }
  expect(isMet(), `alone ${alone.join(", ")} s, in the storm ${beside.join(", ")} s`).toBe(true);
  const { machines } = await lab.api.ask<{ machines: { totalCount: number } }>("{ machines(first: 1) { totalCount } }");
  expect(machines.totalCount).toBe(1 + 200 * beside.length);
  console.log(`alone ${alone.map(rounded).join(", ")} s; in the storm ${beside.map(rounded).join(", ")} s`);
});

const rounded = (seconds: number) => seconds.toFixed(2);
