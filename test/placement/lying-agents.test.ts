import { describe, expect, onTestFinished, test } from "vitest";
import { OID } from "../../src/placement/snmp/oids.js";
import { readSwitch } from "../../src/placement/snmp/read-switch.js";
import { ASK_LIMITS, ReadingAllowance } from "../../src/placement/snmp/reading-allowance.js";
import { leaf } from "./support/simulated-switch.js";
import type { Recorded } from "./support/snmpsim.js";
import { TableAgent } from "./support/table-agent.js";

const isColumn =
  (column: string) =>
  ([oid]: Recorded) =>
    oid.startsWith(`${column}.`);
const column = (records: readonly Recorded[], oid: string) => records.filter(isColumn(oid));

async function ask(records: readonly Recorded[], limits = ASK_LIMITS, silentAfter?: number) {
  const agent = await TableAgent.start(records, silentAfter);
  onTestFinished(() => agent.stop());
  return readSwitch(agent.address, { version: "V2C", community: "any" }, new ReadingAllowance(limits));
}

describe("an agent", () => {
  test("that has more rows, or needs more time, than it is given is left", async () => {
    const records = leaf(2_000);
    await expect(ask(records, { ...ASK_LIMITS, rows: 1_999 })).rejects.toThrow(
      "it has more than 1999 rows of dot1qTpFdbPort",
    );
    await expect(ask(records, { ...ASK_LIMITS, deadlineMs: 5 })).rejects.toThrow("it takes longer than 0.005 s");
  });

  test.each<[string, (records: Recorded[]) => Recorded[]]>([
    ["out of order", (records) => [...records].reverse()],
    ["twice", (records) => records.flatMap((record) => [record, record])],
    [
      "twice, the second time at the end",
      (records) => [...records, ...column(records, OID.dot1qTpFdbPort).slice(0, 3)],
    ],
    [
      "with counts that are wrong",
      (records) => [
        ...[
          "1.3.6.1.2.1.2.1.0",
          "1.3.6.1.2.1.17.1.2.0",
          "1.3.6.1.2.1.17.4.1.0",
          "1.3.6.1.2.1.17.7.1.1.4.0",
          "1.3.6.1.2.1.17.7.1.2.1.1.2.10020",
        ].map((oid): Recorded => [oid, "2", 2_000_000_000]),
        ...records,
      ],
    ],
  ])("that tells its rows %s is read", async (_, told) => {
    const right = await ask(leaf(200));
    const { entries, systemName } = await ask(told(leaf(200)));
    const sorted = (of: typeof entries) => of.map(({ macAddress, port }) => `${macAddress} ${port}`).sort();
    expect([systemName, sorted(entries)]).toEqual(["leaf", sorted(right.entries)]);
  });

  test("that says what cannot be is not believed", async () => {
    const records = leaf(60).map(([oid, tag, value], i): Recorded => {
      if (!oid.startsWith(`${OID.dot1qTpFdbPort}.`)) return [oid, tag, value];
      return i % 3 === 0 ? [oid, "4", "a port"] : i % 3 === 1 ? [oid, "2", -7] : [oid, tag, value];
    });
    const { entries } = await ask(records);
    expect(entries.length).toBeGreaterThan(10);
    expect(entries.length).toBeLessThan(30);
  });

  test("that falls silent in the middle is given up with what it was asked", async () => {
    const asked = { ...ASK_LIMITS, timeoutMs: 50 };
    await expect(ask(leaf(200), asked, 9)).rejects.toThrow(/it does not answer; \w+ was asked for three times/);
  });

  test("that tells half of its statuses is read: who says no status is not itself", async () => {
    const records = leaf(60);
    const half = new Set(column(records, OID.dot1qTpFdbStatus).slice(30));
    expect((await ask(records.filter((record) => !half.has(record)))).entries).toHaveLength(60);
  });
});
