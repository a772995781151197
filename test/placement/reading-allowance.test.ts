import { expect, test } from "vitest";
import { ASK_LIMITS, LargeTableTurns, ReadingAllowance } from "../../src/placement/snmp/reading-allowance.js";

const limits = { ...ASK_LIMITS, largeRows: 100, deadlineMs: 200 };
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test("of large tables one at a time is held, small ones wait for nobody, and waiting is not held against a switch", async () => {
  const turns = new LargeTableTurns();
  const [first, second, small] = [1, 2, 3].map(() => new ReadingAllowance(limits, turns)) as [
    ReadingAllowance,
    ReadingAllowance,
    ReadingAllowance,
  ];
  await first.keepRows(60);
  await first.keepRows(60); // 120 rows in all
  await first.keepRows(1_000);
  let goesOn = false;
  const waiting = second.keepRows(101).then(() => (goesOn = true));
  await small.keepRows(100);
  await sleep(250);
  expect(goesOn).toBe(false);
  expect(() => small.checkTime("ifName")).toThrow("it takes longer than 0.2 s; ifName was not read");
  first.end();
  await waiting;
  second.checkTime("ifName");
  small.end(); // has no turn, and ends nobody's
  const third = new ReadingAllowance(limits, turns);
  let thirdGoesOn = false;
  const thirdWaits = third.keepRows(101).then(() => (thirdGoesOn = true));
  await sleep(10);
  expect(thirdGoesOn).toBe(false);
  second.end();
  await thirdWaits;
});
