import type { Transaction } from "../db/database.js";
import { inField } from "../errors.js";
import type { Machine } from "../machine/machine.entity.js";
import type { Rack } from "../rack/rack.entity.js";
import { Shelf } from "../rack/shelf.entity.js";
import { MachineParameters, RackParameters } from "./machine-parameters.entity.js";
import { machineParametersKind, rackParametersKind } from "./machine-parameters.kinds.js";
import { changedParameters } from "./parameters.js";
import type { Vault } from "./vault.js";

/** @param given see `changedParameters` */
export async function setMachineParameters(
  { manager, changes, touch }: Transaction,
  vault: Vault,
  { id: machineId }: Machine,
  given: Readonly<Record<string, unknown>>,
): Promise<void> {
  await changes.watch(machineParametersKind, [machineId]);
  const known = await manager.findOneBy(MachineParameters, { machineId });
  const parameters = inField(["parameters"], () => changedParameters(vault, known?.parameters ?? {}, given));
  if (Object.keys(parameters).length === 0) await manager.delete(MachineParameters, { machineId });
  else await manager.save(manager.create(MachineParameters, { machineId, parameters }));
  touch([machineId]); // its kernel line may be another now
}

export async function setRackParameters(
  { manager, changes, touch }: Transaction,
  vault: Vault,
  { id: rackId }: Rack,
  given: Readonly<Record<string, unknown>>,
): Promise<void> {
  await changes.watch(rackParametersKind, [rackId]);
  const known = await manager.findOneBy(RackParameters, { rackId });
  const parameters = inField(["parameters"], () => changedParameters(vault, known?.parameters ?? {}, given));
  if (Object.keys(parameters).length === 0) await manager.delete(RackParameters, { rackId });
  else await manager.save(manager.create(RackParameters, { rackId, parameters }));
  const standing = await manager.find(Shelf, { select: { machineId: true }, where: { rackId } });
  touch(standing.map(({ machineId }) => machineId).filter((id) => id !== null)); // as above
}
