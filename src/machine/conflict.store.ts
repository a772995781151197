import { IsNull, Not, type EntityManager } from "typeorm";
import type { Transaction } from "../db/database.js";
import { Conflict as Refusal, InvalidInput, NotFound } from "../errors.js";
import { Conflict } from "./conflict.entity.js";
import { conflictKind } from "./conflict.kind.js";
import type { MacAddress } from "./mac-address.js";
import { EthernetInterface, Machine } from "./machine.entity.js";
import { machineKind } from "./machine.kind.js";
import { newerText } from "./placeholder.js";

/**
 * A person's word on whose port it is. The port goes to `machine` and is trusted again.
 *
 * When a newcomer's report turns out to be the old machine's own (its board was swapped, or its serial number was never
 * a twin's), the old machine takes over what the newcomer reported, and the newcomer goes.
 *
 * @throws NotFound, InvalidInput when `machine` is no party, Refusal when it was decided before
 */
export async function decideConflict(
  { manager, changes, touch }: Transaction,
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
  await changes.watch(machineKind, [holder.id, newcomer.id]);
  await changes.watch(conflictKind, await conflictIdsOf(manager, conflict));
  await manager.update(EthernetInterface, { macAddress }, { machineId: machine.id, disputed: false });
  const decided = { resolvedAt: now, resolvedBy: by };
  await manager.update(Conflict, { macAddress, resolvedAt: IsNull() }, decided);
  touch([holder.id, newcomer.id]);
  Object.assign(conflict, decided);
  const isOldMachine = machine.id === holder.id && (kind === "SWAPPED_BOARD" || kind === "TWIN_SERIAL");
  if (isOldMachine && newcomer.state === "DISCOVERED") await takeOver(manager, conflict, decided);
  return conflict;
}

/** What a word on one conflict may decide with it: all about the port, and all that the newcomer has to do with. */
async function conflictIdsOf(manager: EntityManager, { macAddress, otherMachineId }: Conflict): Promise<number[]> {
  const related = await manager.findBy(Conflict, [{ macAddress }, { machineId: otherMachineId }, { otherMachineId }]);
  return related.map(({ id }) => id);
}

/** The newcomer was the holder all along: what it reported, its ports and its open questions are the holder's. */
async function takeOver(
  manager: EntityManager,
  conflict: Conflict,
  decided: { readonly resolvedAt: Date; readonly resolvedBy: string },
): Promise<void> {
  const { machine: holder, otherMachine: newcomer } = conflict;
  await manager.update(
    Machine,
    { id: holder.id },
    {
      serialNumber: newerText(newcomer.serialNumber, holder.serialNumber),
      manufacturer: newerText(newcomer.manufacturer, holder.manufacturer),
      product: newerText(newcomer.product, holder.product),
      uuid: newerText(newcomer.uuid, holder.uuid),
      assetTag: newerText(newcomer.assetTag, holder.assetTag),
      boardSerialNumber: newerText(newcomer.boardSerialNumber, holder.boardSerialNumber),
    },
  );
  await moveShelf(manager, newcomer.id, holder.id);
  await manager.update(EthernetInterface, { machineId: newcomer.id }, { machineId: holder.id });
  const inherited = await manager.findBy(Conflict, [{ machineId: newcomer.id }, { otherMachineId: newcomer.id }]);
  // The decided one last: it stands for what was asked about the same port before.
  for (const each of inherited.sort((a, b) => Number(a.id === conflict.id) - Number(b.id === conflict.id))) {
    const machineId = each.machineId === newcomer.id ? holder.id : each.machineId;
    const otherMachineId = each.otherMachineId === newcomer.id ? holder.id : each.otherMachineId;
    const { id, macAddress } = each;
    const isAnswered = machineId === otherMachineId && each.kind !== "NEW_INTERFACE";
    const asked = await manager.findOneBy(Conflict, { machineId, otherMachineId, macAddress, id: Not(id) });
    if (asked !== null) await manager.delete(Conflict, { id: asked.id });
    // Open when one of the two is; what lay between the newcomer and the holder is answered.
    const { resolvedAt, resolvedBy } = isAnswered ? decided : asked?.resolvedAt === null ? asked : each;
    // Whoever has a history is no newcomer: a later word moves the port, and no machine disappears in another.
    const kind = isAnswered || each.kind === "NEW_INTERFACE" ? each.kind : "MOVED_CARD";
    await manager.update(Conflict, { id }, { kind, machineId, otherMachineId, resolvedAt, resolvedBy });
    if (isAnswered) await trustIfSettled(manager, macAddress);
  }
  Object.assign(conflict, { otherMachine: holder, otherMachineId: holder.id });
  await manager.delete(Machine, { id: newcomer.id });
}

async function trustIfSettled(manager: EntityManager, macAddress: MacAddress): Promise<void> {
  const isOpen = await manager.existsBy(Conflict, { macAddress, resolvedAt: IsNull() });
  if (!isOpen) await manager.update(EthernetInterface, { macAddress }, { disputed: false });
}

// Plain SQL: the racks import machines, not the other way round.
async function moveShelf(manager: EntityManager, from: number, to: number): Promise<void> {
  const standing: Array<{ machine_id: number }> = await manager.query(
    "SELECT machine_id FROM shelf WHERE machine_id IN ($1, $2)",
    [from, to],
  );
  if (standing.length === 2) {
    throw new Refusal(`Machine:${from} and Machine:${to} both stand in a rack; take one of them out first`, [
      "machine",
    ]);
  }
  await manager.query("UPDATE shelf SET machine_id = $2 WHERE machine_id = $1", [from, to]);
}
