import { In } from "typeorm";
import type { WriteContext } from "../context.js";
import { inField, InvalidInput } from "../errors.js";
import type { InventoryReport } from "./inventory-request.js";
import { readUuid } from "./inventory-request.js";
import { isUnicast } from "./mac-address.js";
import type { MachineReport } from "./machine.inputs.js";
import { Machine } from "./machine.entity.js";
import { registerIn } from "./registration.store.js";
import { normalizedText } from "./smbios-text.js";

/** Registers what somebody knows of machines before they boot, by the same rules as if they had said it themselves. */
export async function registerReported(context: WriteContext, reports: readonly InventoryReport[]): Promise<Machine[]> {
  const { app, transaction } = context;
  const registered = await registerIn(transaction, app.database, () => reports, app.now);
  const ids = registered.map(({ machineId }) => machineId);
  const machines = await transaction.manager.findBy(Machine, { id: In(ids) });
  const byId = new Map(machines.map((machine) => [machine.id, machine]));
  return [...new Set(ids)].map((id) => byId.get(id)).filter((machine) => machine !== undefined);
}

/** @throws InvalidInput for what no firmware would say */
export function reportOf({ macAddresses, ...facts }: MachineReport): InventoryReport {
  const [macAddress] = macAddresses;
  if (macAddress === undefined) throw new InvalidInput("name one port at least", ["macAddresses"]);
  for (const mac of macAddresses) {
    if (!isUnicast(mac)) throw new InvalidInput(`${mac} is no address of one port`, ["macAddresses"]);
  }
  const text = (value: string | null | undefined) => (value ? normalizedText(value) : undefined);
  return {
    serialNumber: text(facts.serialNumber),
    manufacturer: text(facts.manufacturer),
    product: text(facts.product),
    uuid: inField(["uuid"], () => uuid(facts.uuid)),
    assetTag: text(facts.assetTag),
    boardSerialNumber: text(facts.boardSerialNumber),
    macAddress,
    macAddresses: [...new Set(macAddresses)],
    listsAllPorts: false,
    platform: undefined,
    buildArch: undefined,
    ipxeVersion: undefined,
    lldp: undefined,
  };
}

function uuid(text: string | null | undefined): string | undefined {
  if (!text) return undefined;
  const read = readUuid(text);
  if (read === undefined) throw new InvalidInput(`${JSON.stringify(text)} is no UUID`);
  return read;
}
