import { describe, expect, test } from "vitest";
import { byteSwapped, identify } from "../../src/machine/identify.js";
import { isPlaceholder } from "../../src/machine/placeholder.js";
import { fromPort, known, listing, port, uuid } from "./reports.js";

describe("one machine", () => {
  test("a MAC address that is known is its machine, whatever else the report leaves out", () => {
    const a = known(1, [1, 2], { serialNumber: "S1" });
    expect(identify(fromPort(port(2)), [a])).toMatchObject({ machine: a, learns: true, conflicts: [] });
  });

  test("several NICs are one machine: the serial number brings the second port to the first", () => {
    const a = known(1, [1], { serialNumber: "S1", state: "DISCOVERED" });
    expect(identify(fromPort(port(2), { serialNumber: "S1" }), [a])).toEqual({
      machine: a,
      learns: true,
      newInterfaces: [{ macAddress: port(2), disputed: false }],
      disputed: [],
      conflicts: [],
    });
  });

  test("a UUID does the same where there is no serial number", () => {
    const a = known(1, [1], { uuid: uuid(1), state: "DISCOVERED" });
    expect(identify(fromPort(port(2), { uuid: uuid(1) }), [a]).machine).toBe(a);
  });

  test("a UUID is the same in both byte orders", () => {
    const a = known(1, [1], { uuid: uuid(1), state: "DISCOVERED" });
    expect(identify(fromPort(port(2), { uuid: byteSwapped(uuid(1)) }), [a]).machine).toBe(a);
    expect(byteSwapped("00112233-4455-6677-8899-aabbccddeeff")).toBe("33221100-5544-7766-8899-aabbccddeeff");
  });

  test("a board serial and an asset tag together stand for a serial number; neither does alone", () => {
    const a = known(1, [1], { boardSerialNumber: "B1", assetTag: "T1", state: "DISCOVERED" });
    const machineOf = (facts: object) => identify(fromPort(port(2), facts), [a]).machine;
    expect(machineOf({ boardSerialNumber: "B1", assetTag: "T1" })).toBe(a);
    expect(machineOf({ boardSerialNumber: "B1" })).toBeUndefined();
    expect(machineOf({ assetTag: "T1" })).toBeUndefined();
  });

  test("a serial number counts with its manufacturer only, written in any case", () => {
    const a = known(1, [1], { serialNumber: "1001", manufacturer: "Dell Inc.", state: "DISCOVERED" });
    const machineOf = (manufacturer: string) =>
      identify(fromPort(port(2), { serialNumber: "1001", manufacturer }), [a]).machine;
    expect(machineOf("DELL INC.")).toBe(a);
    expect(machineOf("Supermicro")).toBeUndefined();
  });

  // undionly.kpxe and snponly.efi, which dnsmasq hands out, drive only the port they were loaded through.
  test("a list of one other port is the same machine when serial number and UUID say so", () => {
    const a = known(1, [1], { serialNumber: "S1", uuid: uuid(1), state: "DISCOVERED" });
    const report = listing([port(2)], { serialNumber: "S1", uuid: uuid(1) });
    expect(identify(report, [a])).toMatchObject({ machine: a, conflicts: [] });
  });
});

describe("a machine nobody has met", () => {
  test("is new, with all of its ports trusted", () => {
    expect(identify(listing([port(1), port(2)], { serialNumber: "S1" }), [])).toEqual({
      machine: undefined,
      learns: true,
      newInterfaces: [
        { macAddress: port(1), disputed: false },
        { macAddress: port(2), disputed: false },
      ],
      disputed: [],
      conflicts: [],
    });
  });

  test.each([
    "To be filled by O.E.M.",
    "To be filled",
    "Default string",
    " NONE ",
    "0000000",
    "ÿÿÿÿ",
    "XXXXXXXX",
    "...",
    "- - -",
  ])("%j names no machine, neither in a report nor in the records", (placeholder) => {
    expect(isPlaceholder(placeholder)).toBe(true);
    const a = known(1, [1], { serialNumber: placeholder, boardSerialNumber: placeholder, assetTag: placeholder });
    const same = { serialNumber: placeholder, boardSerialNumber: placeholder, assetTag: placeholder };
    expect(identify(fromPort(port(2), same), [a])).toMatchObject({ machine: undefined, conflicts: [] });
    // Nor does one contradict: the port is known.
    expect(identify(fromPort(port(1), { serialNumber: "S1" }), [a])).toMatchObject({ machine: a, conflicts: [] });
  });

  test.each([uuid(1), "MA6S000000", "12345", "0-1", "Not-Filled-77"])("%j names a machine", (text) =>
    expect(isPlaceholder(text)).toBe(false),
  );

  test.each(["03000200-0400-0500-0006-000700080009", "00020003-0004-0005-0006-000700080009"])(
    "the UUID %s is a default, in either byte order",
    (uuid) => {
      const a = known(1, [1], { uuid, state: "DISCOVERED" });
      expect(identify(fromPort(port(2), { uuid }), [a]).machine).toBeUndefined();
    },
  );
});

describe("twins", () => {
  test.each([
    ["another UUID", fromPort(port(2), { serialNumber: "S1", uuid: uuid(2) })],
    ["a list of ports that lacks every port it had", listing([port(2), port(3)], { serialNumber: "S1" })],
    ["a list of one other port and no UUID", listing([port(2)], { serialNumber: "S1" })],
    [
      "the same UUID but a whole list of other ports",
      listing([port(2), port(3)], { serialNumber: "S1", uuid: uuid(1) }),
    ],
  ])("a serial number with %s is another machine's, and a person hears of it", (_, report) => {
    const a = known(1, [1], { serialNumber: "S1", uuid: uuid(1), state: "DISCOVERED" });
    const found = identify(report, [a]);
    expect(found).toMatchObject({ machine: undefined, learns: true, disputed: [] });
    expect(found.conflicts).toMatchObject([{ kind: "TWIN_SERIAL", holder: a, macAddress: port(2) }]);
  });

  test("a serial number that two machines hold counts for nothing, and a third holder is no news", () => {
    const twins = [known(1, [1], { serialNumber: "S1" }), known(2, [2], { serialNumber: "S1" })];
    expect(identify(fromPort(port(3), { serialNumber: "S1" }), twins)).toMatchObject({
      machine: undefined,
      conflicts: [],
    });
  });

  test("each of two twins is still known by its own ports", () => {
    const twins = [known(1, [1], { serialNumber: "S1" }), known(2, [2], { serialNumber: "S1" })] as const;
    expect(identify(fromPort(port(1), { serialNumber: "S1" }), twins)).toMatchObject({
      machine: twins[0],
      conflicts: [],
    });
    expect(identify(fromPort(port(2), { serialNumber: "S1" }), twins)).toMatchObject({
      machine: twins[1],
      conflicts: [],
    });
  });

  test("a UUID that two machines hold counts for nothing", () => {
    const clones = [known(1, [1], { uuid: uuid(1) }), known(2, [2], { uuid: byteSwapped(uuid(1)) })];
    expect(identify(fromPort(port(3), { uuid: uuid(1) }), clones).machine).toBeUndefined();
  });

  // A vendor's default that no list knows collects machines through the article's URL, one port of each.
  test("a machine of 32 ports gets no more by a serial number alone", () => {
    const ports = Array.from({ length: 32 }, (_, i) => i + 1);
    const a = known(1, ports, { serialNumber: "SN-DEFAULT", state: "DISCOVERED" });
    const found = identify(fromPort(port(33), { serialNumber: "SN-DEFAULT" }), [a]);
    expect(found).toMatchObject({ machine: undefined, conflicts: [{ kind: "TWIN_SERIAL", holder: a }] });
  });
});

describe("a card that moved, a board that was swapped", () => {
  const a = known(1, [1, 2], { serialNumber: "SA" });
  const b = known(2, [3], { serialNumber: "SB" });

  test("another known machine that reports the port: the port stays, disputed, and both are named", () => {
    const found = identify(listing([port(3), port(2)], { serialNumber: "SB" }), [a, b]);
    expect(found).toMatchObject({ machine: b, newInterfaces: [], disputed: [port(2)] });
    expect(found.conflicts).toMatchObject([{ kind: "MOVED_CARD", holder: a, macAddress: port(2) }]);
    expect(found.conflicts[0]?.detail).toContain("Machine:1");
    expect(found.conflicts[0]?.detail).toContain("Machine:2");
  });

  test("a serial number that nobody had: a new machine, and the port stays, disputed", () => {
    const found = identify(listing([port(1), port(9)], { serialNumber: "S9" }), [a]);
    expect(found).toMatchObject({
      machine: undefined,
      newInterfaces: [{ macAddress: port(9), disputed: false }],
      disputed: [port(1)],
      conflicts: [{ kind: "SWAPPED_BOARD", holder: a, macAddress: port(1) }],
    });
  });

  test("the same report again is the newcomer, and still says so", () => {
    const newcomer = known(3, [], { serialNumber: "S9", state: "DISCOVERED" });
    const found = identify(listing([port(1)], { serialNumber: "S9" }), [a, newcomer]);
    expect(found).toMatchObject({ machine: newcomer, disputed: [port(1)], conflicts: [{ holder: a }] });
  });

  test("cards of two machines in a third: both stay, and each conflict names its machine", () => {
    const found = identify(listing([port(1), port(3)], { serialNumber: "S9" }), [a, b]);
    expect(found.machine).toBeUndefined();
    expect(found.disputed).toEqual([port(1), port(3)]);
    expect(found.conflicts.map(({ holder }) => holder)).toEqual([a, b]);
  });
});

describe("machines without serial numbers", () => {
  const a = known(1, [1], { uuid: uuid(1) });
  const b = known(2, [2], { uuid: uuid(2) });

  test("a card that moved is told by the UUID of its new host", () => {
    const asked = { own: [port(2), port(1)], moved: [port(1), port(2)] } as const;
    for (const macs of Object.values(asked)) {
      const found = identify(listing(macs, { uuid: uuid(2) }), [a, b]);
      expect(found).toMatchObject({ machine: b, disputed: [port(1)] });
      expect(found.conflicts).toMatchObject([{ kind: "MOVED_CARD", holder: a, macAddress: port(1) }]);
    }
  });

  test("a port with the UUID of another machine may be either's, so it is disputed and nobody learns from it", () => {
    const found = identify(listing([port(1)], { uuid: uuid(2) }), [a, b]);
    expect(found).toMatchObject({ learns: false, disputed: [port(1)] });
    expect(new Set([found.machine, ...found.conflicts.map(({ holder }) => holder)])).toEqual(new Set([a, b]));
  });

  // The USB network port of some management controllers has one address in every server.
  test("a second port that every server shows does not make them one", () => {
    const shared = known(1, [1, 99], { uuid: uuid(1), state: "DISCOVERED" });
    const found = identify(listing([port(2), port(99)], { uuid: uuid(2) }), [shared]);
    expect(found).toMatchObject({ machine: undefined, disputed: [port(99)] });
  });

  test("two machines that both own a listed port: neither is overwritten, and both ports wait for a person", () => {
    const [x, y] = [known(1, [1]), known(2, [2])];
    const found = identify(listing([port(1), port(2), port(3)]), [x, y]);
    expect(found.learns).toBe(false);
    expect(new Set(found.disputed)).toEqual(new Set([port(1), port(2)]));
    expect(found.newInterfaces).toEqual([{ macAddress: port(3), disputed: true }]);
    const asked = (mac: string) => found.conflicts.filter(({ macAddress }) => macAddress === mac);
    for (const each of [port(1), port(2), port(3)]) expect(asked(each)).toHaveLength(1);
  });
});

describe("two candidates", () => {
  // A port known without a serial number (the article's URL, an empty SMBIOS) comes with the serial number of another
  // machine. If the port's machine is armed and the other is in production, its installer must not start.
  test("a MAC address against a serial number: nobody learns, the port is disputed, the conflict names both", () => {
    const nameless = known(1, [1], { state: "ARMED" });
    const production = known(2, [2], { serialNumber: "S2", state: "INSTALLED" });
    for (const report of [
      fromPort(port(1), { serialNumber: "S2" }),
      listing([port(1)], { serialNumber: "S2", uuid: uuid(7) }),
    ]) {
      const found = identify(report, [nameless, production]);
      expect(found).toMatchObject({ machine: nameless, learns: false, disputed: [port(1)] });
      expect(found.conflicts).toMatchObject([{ kind: "MOVED_CARD", holder: production, macAddress: port(1) }]);
    }
  });

  test("a MAC address and a serial number outweigh a UUID alone: shown, and the port is trusted still", () => {
    const a = known(1, [1], { serialNumber: "SA" });
    const b = known(2, [2], { uuid: uuid(2) });
    const found = identify(fromPort(port(1), { serialNumber: "SA", uuid: uuid(2) }), [a, b]);
    expect(found).toMatchObject({ machine: a, learns: false, disputed: [], conflicts: [{ holder: b }] });
  });

  test("a new port that a serial number and a UUID claim for two machines is disputed from its first day", () => {
    const a = known(1, [1], { serialNumber: "SA", state: "DISCOVERED" });
    const b = known(2, [2], { uuid: uuid(2), state: "DISCOVERED" });
    const found = identify(fromPort(port(3), { serialNumber: "SA", uuid: uuid(2) }), [a, b]);
    expect(found).toMatchObject({ machine: a, newInterfaces: [{ macAddress: port(3), disputed: true }] });
    expect(found.conflicts).toMatchObject([{ holder: b, macAddress: port(3) }]);
  });
});

describe("an approved machine", () => {
  const a = known(1, [1, -2], { serialNumber: "S1" });

  test("a port that only knows its serial number is disputed, and its report teaches nothing", () => {
    const found = identify(fromPort(port(3), { serialNumber: "S1", assetTag: "T9" }), [a]);
    expect(found).toMatchObject({
      machine: a,
      learns: false,
      newInterfaces: [{ macAddress: port(3), disputed: true }],
      conflicts: [{ kind: "NEW_INTERFACE", holder: a, macAddress: port(3) }],
    });
  });

  test("a port named beside one of its own is its own", () => {
    const found = identify(listing([port(3), port(1)], { serialNumber: "S1" }), [a]);
    expect(found).toMatchObject({
      learns: true,
      newInterfaces: [{ macAddress: port(3), disputed: false }],
      conflicts: [],
    });
  });

  test("a disputed port vouches for nobody", () => {
    const found = identify(listing([port(2), port(3)], { serialNumber: "S1" }), [a]);
    expect(found).toMatchObject({ learns: false, newInterfaces: [{ macAddress: port(3), disputed: true }] });
  });
});

test("the order in which the records are read decides nothing", () => {
  const machines = [known(1, [1]), known(2, [2], { serialNumber: "S" }), known(3, [3], { uuid: uuid(3) })];
  const report = listing([port(1), port(2), port(3)], { uuid: uuid(3) });
  const ids = (found: ReturnType<typeof identify>) => ({
    machine: found.machine?.id,
    disputed: found.disputed,
    conflicts: found.conflicts.map(({ holder, macAddress }) => `${holder.id} ${macAddress}`).sort(),
  });
  expect(ids(identify(report, machines.toReversed()))).toEqual(ids(identify(report, machines)));
});
