import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { printRegistrationScript } from "../../src/boot/registration-script.js";
import { InvalidInput } from "../../src/errors.js";
import { parseInventoryTarget } from "../../src/machine/inventory-request.js";

const MAC = "52:54:00:12:34:56";
const rows = readFileSync(new URL("inventory-requests.tsv", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => line.split("\t"));

const serialOf = (encoded: string) => parseInventoryTarget(`/inventory/${encoded}/${MAC}/m/p`).serialNumber;

describe("what real machines sent", () => {
  test.each(rows)("%s", (target = "", serial = "", mac = "", manufacturer = "", product = "") => {
    const report = parseInventoryTarget(target);
    expect({
      serial: report.serialNumber ?? "",
      mac: report.macAddress,
      manufacturer: report.manufacturer ?? "",
      product: report.product ?? "",
    }).toEqual({ serial, mac, manufacturer, product });
  });

  test("there are rows", () => expect(rows.length).toBeGreaterThanOrEqual(12));
});

describe("bytes and characters", () => {
  test("UTF-8 is read, escaped as the standard has it or sent as raw bytes", () => {
    expect(serialOf("S%E6%97%A5")).toBe("S日");
    expect(serialOf("S\xe6\x97\xa5")).toBe("S日");
  });

  test("what is no UTF-8 is read as Latin-1, and no byte is lost", () => {
    expect(serialOf("S%FC1")).toBe("Sü1");
    expect(serialOf("S%FFFFFFFC1")).toBe("Sü1");
  });

  test("a serial number of nothing but 0xFF is a blank EEPROM: a text of ÿ, and not an error", () => {
    expect(serialOf("%FF%FF%FF%FF")).toBe("ÿÿÿÿ");
    expect(serialOf("%FFFFFFFF%FFFFFFFF")).toBe("ÿÿ");
  });

  test("an escape that is none stays as it was sent", () => {
    expect(serialOf("100%")).toBe("100%");
    expect(serialOf("%zz%4")).toBe("%zz%4");
  });

  test("an escape is decoded once", () => expect(serialOf("%252F")).toBe("%2F"));

  test("a plus is a plus", () => expect(serialOf("A+B")).toBe("A+B"));

  test("control characters are blanks, runs of blanks are one, and blanks at the ends go", () => {
    expect(serialOf("%0a%1b[31m%20%20A%00%7f%C2%85B%20")).toBe("[31m A B");
  });

  test("one letter in two spellings of Unicode is one serial number", () => {
    expect(serialOf("Z%C3%BCrich")).toBe(serialOf("Zu%CC%88rich"));
  });

  test("half a surrogate pair never leaves the parser", () => {
    expect(serialOf("%ED%A0%BD")?.isWellFormed()).toBe(true);
    const cut = parseInventoryTarget(`/inventory/S/${MAC}/m/p?version=${"v".repeat(63)}%F0%9F%98%80`).ipxeVersion;
    expect(cut).toHaveLength(64);
    expect(cut?.isWellFormed()).toBe(true);
  });

  test("a text of 400 characters is kept to 256, and two that differ only at their end stay different", () => {
    const [one, other] = ["a", "b"].map((end) => serialOf("x".repeat(399) + end));
    expect([...(one ?? "")]).toHaveLength(256);
    expect([...(other ?? "")]).toHaveLength(256);
    expect(one).not.toBe(other);
    expect(serialOf("x".repeat(399) + "a")).toBe(one);
  });

  test("a text of 256 characters is kept as it is", () => {
    expect(serialOf("x".repeat(256))).toBe("x".repeat(256));
    expect(serialOf("%F0%9F%98%80".repeat(256))).toBe("😀".repeat(256));
  });
});

describe("which segment is the MAC address", () => {
  test.each(["52:54:00:12:34:56", "52-54-00-12-34-56", "525400123456", "5254.0012.3456", "52%3A54%3A00%3a12:34:56"])(
    "%s is one spelling of it",
    (spelling) => {
      const { macAddress, serialNumber } = parseInventoryTarget(`/inventory/S1/${spelling.toUpperCase()}/m/p`);
      expect([macAddress, serialNumber]).toEqual([MAC, "S1"]);
    },
  );

  test.each(["0000deadbeef", "00:11:22:33:44:55"])("a serial number %s is not taken for it", (serial) => {
    const { macAddress, serialNumber } = parseInventoryTarget(`/inventory/${serial}/${MAC}/m/p`);
    expect([macAddress, serialNumber]).toEqual([MAC, serial]);
  });

  test("a serial number of twelve digits is not taken for it when the product has slashes", () => {
    const { macAddress, serialNumber, product } = parseInventoryTarget(`/inventory/0000deadbeef/${MAC}/m/p/q/r`);
    expect([macAddress, serialNumber, product]).toEqual([MAC, "0000deadbeef", "p/q/r"]);
  });

  test("maker and product may be missing", () => {
    expect(parseInventoryTarget(`/inventory/S1/${MAC}`)).toEqual({
      serialNumber: "S1",
      macAddress: MAC,
      macAddresses: [MAC],
      listsAllPorts: false,
    });
  });

  test("empty segments are values that are not there", () => {
    expect(parseInventoryTarget(`/inventory//${MAC}//`)).toEqual({
      macAddress: MAC,
      macAddresses: [MAC],
      listsAllPorts: false,
    });
  });

  test.each(["00:00:00:00:00:00", "01:00:5e:00:00:01", "ff:ff:ff:ff:ff:ff"])("%s is refused", (mac) => {
    expect(() => parseInventoryTarget(`/inventory/S/${mac}/m/p`)).toThrow(InvalidInput);
  });

  test.each(["/inventory/", "/inventory/S/m/p", "/inventory?serial=S", "/inventory/S/52:54:00-12-34-56/m/p"])(
    "%s holds none and is refused with what to write",
    (target) => expect(() => parseInventoryTarget(target)).toThrow(/write \/inventory\/SERIAL\/MAC/),
  );
});

describe("the query", () => {
  test("everything may stand in it, with no path at all", () => {
    const query = `serial=S%2F1&mac=${MAC.replaceAll(":", "-")}&manufacturer=Dell%20Inc.&product=R%20640`;
    expect(parseInventoryTarget(`/inventory?${query}`)).toMatchObject({
      serialNumber: "S/1",
      macAddress: MAC,
      manufacturer: "Dell Inc.",
      product: "R 640",
    });
  });

  test("our own script's request is read back to what iPXE filled in", () => {
    const values: Record<string, string> = {
      "serial:uristring": "CZJ1230ABC",
      bootmac: "20:67:7c:00:00:02",
      "manufacturer:uristring": "HPE",
      "product:uristring": "ProLiant%20DL360%20Gen10",
      uuid: "35393138-3731-5A43-4A31-323330414243",
      "asset:uristring": "AT-7%20%20",
      "board-serial:uristring": "PFAAA0",
      platform: "efi",
      buildarch: "x86_64",
      "version:uristring": "1.21.1%2B",
      "net0/mac:hexhyp": "20-67-7c-00-00-01",
      "net1/mac:hexhyp": "20-67-7c-00-00-02",
      "netX.lldp/5.0.0.0:uristring": "sw-a1",
      "netX.lldp/1.0.1.0:hexhyp": "00-1b-21-00-00-09",
      "netX.lldp/2.0.1.0:uristring": "Eth1%2F7",
    };
    const target = /chain \S+ \S+ http:\/\/kickrack:9393(\/inventory\S+)/.exec(
      printRegistrationScript("http://kickrack:9393"),
    )?.[1];
    const sent = target?.replace(/\$\{([^}]+)\}/g, (_, name: string) => values[name] ?? "") ?? "";
    expect(parseInventoryTarget(sent)).toEqual({
      serialNumber: "CZJ1230ABC",
      manufacturer: "HPE",
      product: "ProLiant DL360 Gen10",
      uuid: "35393138-3731-5a43-4a31-323330414243",
      assetTag: "AT-7",
      boardSerialNumber: "PFAAA0",
      macAddress: "20:67:7c:00:00:02",
      macAddresses: ["20:67:7c:00:00:02", "20:67:7c:00:00:01"],
      listsAllPorts: true,
      platform: "efi",
      buildArch: "x86_64",
      ipxeVersion: "1.21.1+",
      lldp: { systemName: "sw-a1", chassisId: "00-1b-21-00-00-09", portId: "Eth1/7" },
    });
  });

  test("listed ports that cannot be one port's address are left out", () => {
    const query = `mac0=${MAC}&mac1=00-00-00-00-00-00&mac2=ff-ff-ff-ff-ff-ff&mac3=&mac4=none`;
    expect(parseInventoryTarget(`/inventory/S/${MAC}/m/p?${query}`).macAddresses).toEqual([MAC]);
  });

  test("a UUID that is none, and a platform that is no word, are left out", () => {
    const { uuid, platform } = parseInventoryTarget(`/inventory/S/${MAC}/m/p?uuid=1234&platform=a%20b`);
    expect([uuid, platform]).toEqual([undefined, undefined]);
  });
});
