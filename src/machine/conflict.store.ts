import { IsNull } from "typeorm";
import type { Transaction } from "../db/database.js";
import { Conflict as Refusal, InvalidInput, NotFound } from "../errors.js";
import { Conflict } from "./conflict.entity.js";
import { EthernetInterface, Machine } from "./machine.entity.js";
import { Sighting } from "./sighting.entity.js";

/**
 * A person's word on whose port it is. The port goes to `machine` and is trusted again.
 *
 * When a newcomer's report turns out to be the old machine's own (its board was swapped, or its serial number was never
 * a twin's), the old machine takes over what the newcomer reported, and the newcomer goes.
 *
 * @throws NotFound, InvalidInput when `machine` is no party, Refusal when it was decided before
 */
export async function decideConflict(
  { manager, touch }: Transaction,
  id: number,
  machine: Machine,
  by: string,
  now: Date,
): Promise<Conflict> {
  const conflict = await manager.findOne(Conflict, { where: { id }, relations: { machine: true, otherMachine: true } });
  if (conflict === null) throw new NotFound(`no conflict Conflict:${id}`, ["conflict"]);
  if (conflict.resolvedAt !== null) throw new Refusal(`${conflict.resolvedBy} decided it already`, ["conflict"]);
  const { machine: holder, otherMachine: newcomer, kind, macAddress } = conflict;
  if (machine.id !== holder.id && machine.id !== newcomer.id) {
    throw new InvalidInput(`the port is Machine:${holder.id}'s or Machine:${newcomer.id}'s; name one of them`, [
      "machine",
    ]);
  }
  await manager.update(EthernetInterface, { macAddress }, { machineId: machine.id, disputed: false });
  const decided = { resolvedAt: now, resolvedBy: by };
  await manager.update(Conflict, { macAddress, resolvedAt: IsNull() }, decided);
  touch([holder.id, newcomer.id]);
  const isOldMachine = machine.id === holder.id && (kind === "SWAPPED_BOARD" || kind === "TWIN_SERIAL");
  if (isOldMachine && newcomer.state === "DISCOVERED") {
    const { serialNumber, manufacturer, product, uuid, assetTag, boardSerialNumber } = newcomer;
    await manager.update(
      Machine,
      { id: holder.id },
      { serialNumber, manufacturer, product, uuid, assetTag, boardSerialNumber },
    );
    await manager.update(EthernetInterface, { machineId: newcomer.id }, { machineId: holder.id });
    await manager.delete(Sighting, { machineId: newcomer.id });
    Object.assign(conflict, decided, { otherMachine: holder, otherMachineId: holder.id });
    await manager.update(Conflict, { id }, { otherMachineId: holder.id });
    await manager.delete(Machine, { id: newcomer.id });
  }
  return Object.assign(conflict, decided);
}
