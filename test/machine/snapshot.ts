import type { Database } from "../../src/db/database.js";
import { Conflict } from "../../src/machine/conflict.entity.js";
import { Machine } from "../../src/machine/machine.entity.js";
import { Sighting } from "../../src/machine/sighting.entity.js";

/** Everything that registration writes, without what two databases may number differently: ids become ranks. */
export async function snapshot({ manager }: Database) {
  const machines = await manager.find(Machine, {
    relations: { ethernetInterfaces: true },
    order: { id: "ASC", ethernetInterfaces: { macAddress: "ASC" } },
  });
  const rank = new Map(machines.map(({ id }, i) => [id, i + 1]));
  const conflicts = await manager.find(Conflict);
  const sightings = await manager.find(Sighting);
  return {
    machines: machines.map(({ ethernetInterfaces, ...machine }) => ({
      ...machine,
      id: rank.get(machine.id),
      ports: ethernetInterfaces.map(({ macAddress, disputed }) => `${macAddress}${disputed ? " disputed" : ""}`),
    })),
    conflicts: conflicts
      .map(({ kind, machineId, otherMachineId, macAddress, detail, count, resolvedBy }) => {
        const words = detail.replace(/Machine:(\d+)/g, (_, id) => `Machine:${rank.get(Number(id))}`);
        const parties = `${rank.get(machineId)} and ${rank.get(otherMachineId)}`;
        return `${kind} of ${parties} on ${macAddress}, ${count} times, by ${resolvedBy}: ${words}`;
      })
      .sort(),
    sightings: sightings
      .map(({ machineId, systemName, portId }) => `${rank.get(machineId ?? 0)} at ${systemName} ${portId}`)
      .sort(),
  };
}
