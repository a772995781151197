import { In, type EntityManager } from "typeorm";
import { groupBy } from "../graphql/batched.js";
import type { MacAddress } from "../machine/mac-address.js";
import { machineName } from "../machine/machine-name.js";
import { EthernetInterface, type Machine } from "../machine/machine.entity.js";
import { Shelf } from "../rack/shelf.entity.js";
import { CONFIG_PATHS } from "./config-format.js";
import type { InstallPlan } from "./install-plan.js";
import type { InstallValues } from "./install-values.js";
import { MachineParameters, RackParameters } from "./machine-parameters.entity.js";
import { mergedParameters, valuesByName, type Parameter, type ParameterLevel } from "./parameters.js";
import type { Vault } from "./vault.js";

export interface Rendering {
  readonly machine: Machine;
  readonly plan: InstallPlan;
  /** The port that boots; the machine's first one when no port asked. */
  readonly macAddress?: MacAddress;
  /** The installation's token; a word that says so in a preview. */
  readonly token: string;
  /** The URL the machine reaches us by, without a slash at its end. */
  readonly base: string;
  /** Whether secrets are only shown as such. */
  readonly masked?: boolean;
}

/** What belongs to a machine: its ports, its place, and what parameters these two give it. */
export interface Belongings {
  readonly interfaces: readonly EthernetInterface[];
  readonly shelf: Shelf | undefined;
  readonly levels: readonly ParameterLevel[];
}

/** Of each of these machines, in four statements. */
export async function belongingsOf(
  manager: EntityManager,
  machines: readonly Machine[],
): Promise<(machine: Machine) => Belongings> {
  const where = { machineId: In(machines.map(({ id }) => id)) };
  const interfaces = groupBy(
    await manager.find(EthernetInterface, { where, order: { id: "ASC" } }),
    ({ machineId }) => machineId,
  );
  const shelves = groupBy(
    await manager.find(Shelf, { where, relations: { rack: true } }),
    ({ machineId }) => machineId,
  );
  const ofMachines = await manager.findBy(MachineParameters, where);
  const rackIds = [...new Set([...shelves.values()].flat().map(({ rackId }) => rackId))];
  const ofRacks = rackIds.length === 0 ? [] : await manager.findBy(RackParameters, { rackId: In(rackIds) });
  const byMachine = new Map(ofMachines.map(({ machineId, parameters }) => [machineId, parameters]));
  const byRack = new Map(ofRacks.map(({ rackId, parameters }) => [rackId, parameters]));
  return (machine) => {
    const shelf = shelves.get(machine.id)?.[0];
    const levels: ParameterLevel[] = [
      { source: "MACHINE", from: machineName(machine), parameters: byMachine.get(machine.id) ?? {} },
      ...(shelf
        ? [{ source: "RACK" as const, from: shelf.rack.name, parameters: byRack.get(shelf.rackId) ?? {} }]
        : []),
    ];
    return { interfaces: interfaces.get(machine.id) ?? [], shelf, levels };
  };
}

/** Everything a template may see of this machine now. */
export async function installValues(
  manager: EntityManager,
  vault: Vault,
  rendering: Rendering,
): Promise<InstallValues> {
  const { machine } = rendering;
  return valuesOf(vault, rendering, (await belongingsOf(manager, [machine]))(machine));
}

/** Machine over rack over profile over parents over the template's defaults. */
export function parametersOf(vault: Vault, { plan, masked = false }: Rendering, { levels }: Belongings): Parameter[] {
  return mergedParameters([...levels, ...plan.levels], vault, masked);
}

export function valuesOf(vault: Vault, rendering: Rendering, belongings: Belongings): InstallValues {
  const { machine, plan, macAddress, token, base } = rendering;
  const { interfaces, shelf } = belongings;
  const url = (what: string) => `${base}/install/${what}?token=${token}`;
  return {
    machine: {
      serialNumber: machine.serialNumber,
      manufacturer: machine.manufacturer,
      product: machine.product,
      uuid: machine.uuid,
      assetTag: machine.assetTag,
      hostname: machine.hostname,
      domain: undefined,
      macAddress: (macAddress ?? interfaces[0]?.macAddress) as MacAddress,
      ethernetInterfaces: interfaces.map(({ macAddress }) => ({ macAddress })),
    },
    place: shelf && placeOf(shelf),
    profile: { name: plan.profile },
    parameters: valuesByName(parametersOf(vault, rendering, belongings)),
    urls: {
      started: url("started"),
      progress: url("progress"),
      done: url("done"),
      failed: url("failed"),
      booted: url("booted"),
      config: `${base}/install/${CONFIG_PATHS[plan.template.format].replace("…", token)}`,
      bootCfg: url("boot.cfg"),
      images: `${base}/images`,
    },
  };
}

function placeOf({ rack, unit }: Shelf): InstallValues["place"] {
  return { site: rack.site, room: rack.room, row: rack.row, rack: rack.name, unit };
}
