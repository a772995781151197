import { In, type EntityManager } from "typeorm";
import { Conflict, InvalidInput, NotFound } from "../errors.js";
import { readMacAddress } from "./mac-address.js";
import { EthernetInterface, Machine } from "./machine.entity.js";

export const MACHINE_KEY = "an id, a MAC address, a host name or a serial number";

/** What went wrong with one of several inputs: its position in the list and why. */
export class RefusedInputs extends Error {
  constructor(readonly refusals: ReadonlyArray<{ index: number; error: NotFound | Conflict | InvalidInput }>) {
    super(refusals.map(({ error }) => error.message).join("; "));
  }
}

/**
 * The machines that `keys` name, in their order: a global id, a MAC address, a host name or a serial number, tried in
 * this order. A serial number that two machines hold names neither.
 *
 * @throws RefusedInputs for every key that names no machine, or more than one
 */
export async function machinesByKey(manager: EntityManager, keys: readonly string[]): Promise<Machine[]> {
  const ids = keys.map(machineIdOf);
  const macs = keys.map(readMacAddress);
  const ports = await manager.find(EthernetInterface, {
    where: { macAddress: In(macs.filter((mac) => mac !== undefined)) },
  });
  const ownerOf = new Map(ports.map(({ macAddress, machineId }) => [macAddress, machineId]));
  const found = await manager.find(Machine, {
    where: [
      { id: In([...ids.filter((id) => id !== undefined), ...ownerOf.values()]) },
      { hostname: In(keys.map((key) => key.toLowerCase())) },
      { serialNumber: In([...keys]) },
    ],
  });
  const refusals: Array<{ index: number; error: NotFound | Conflict | InvalidInput }> = [];
  const seen = new Set<Machine>();
  const machines = keys.map((key, index) => {
    const mac = macs[index];
    const id = ids[index] ?? (mac === undefined ? undefined : ownerOf.get(mac));
    const byName = found.filter(({ hostname }) => hostname === key.toLowerCase());
    const bySerial = found.filter(({ serialNumber }) => serialNumber === key);
    const matches = [found.filter((each) => each.id === id), byName, bySerial].find((some) => some.length > 0) ?? [];
    const [machine] = matches;
    if (machine === undefined) {
      refusals.push({ index, error: new NotFound(`no machine ${JSON.stringify(key)}; write ${MACHINE_KEY}`) });
    } else if (matches.length > 1) {
      const which = matches.map((each) => `Machine:${each.id}`).join(" and ");
      refusals.push({ index, error: new Conflict(`${key} is the serial number of ${which}; write the id`) });
    } else if (seen.has(machine)) {
      refusals.push({
        index,
        error: new InvalidInput(`${key} is Machine:${machine.id}, which the list names already`),
      });
    }
    if (machine !== undefined) seen.add(machine);
    return machine;
  });
  if (refusals.length > 0) throw new RefusedInputs(refusals);
  return machines.filter((machine) => machine !== undefined);
}

function machineIdOf(key: string): number | undefined {
  const match = /^Machine:([0-9]{1,9})$/.exec(key);
  return match === null ? undefined : Number(match[1]);
}
