import type { KnownMachine } from "../../src/machine/identify.js";
import type { InventoryReport } from "../../src/machine/inventory-request.js";
import { parseMacAddress, type MacAddress } from "../../src/machine/mac-address.js";

type Facts = Partial<Omit<InventoryReport, "macAddress" | "macAddresses">>;

/** `port(1)` is 02:00:00:00:00:01. */
export function port(number: number): MacAddress {
  return parseMacAddress(`02${number.toString(16).padStart(10, "0")}`);
}

/** What the article's URL reports: one port, which asked, and nothing of the others. */
export function fromPort(mac: MacAddress, facts: Facts = {}): InventoryReport {
  return { manufacturer: "Dell Inc.", macAddress: mac, macAddresses: [mac], listsAllPorts: false, ...facts };
}

/** What SNreg.ipxe reports: every port that iPXE drives, the one that asked first. */
export function listing(macs: readonly [MacAddress, ...MacAddress[]], facts: Facts = {}): InventoryReport {
  return { ...fromPort(macs[0], facts), macAddresses: macs, listsAllPorts: true };
}

/** A machine in the records. Ports are numbers, negative when disputed. */
export function known(
  id: number,
  ports: readonly number[],
  facts: Partial<Omit<KnownMachine, "id" | "interfaces">> = {},
): KnownMachine {
  return {
    id,
    serialNumber: null,
    manufacturer: "Dell Inc.",
    uuid: null,
    boardSerialNumber: null,
    assetTag: null,
    state: "READY",
    interfaces: ports.map((number) => ({ macAddress: port(Math.abs(number)), disputed: number < 0 })),
    ...facts,
  };
}

/** `uuid(1)` is as real as they come, and differs from `uuid(2)`. */
export function uuid(number: number): string {
  return `4c4c4544-0035-5910-8052-${number.toString(16).padStart(12, "0")}`;
}
