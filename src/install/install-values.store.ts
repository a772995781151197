import { In, type EntityManager } from "typeorm";
import { groupBy } from "../graphql/batched.js";
import type { MacAddress } from "../machine/mac-address.js";
import { EthernetInterface, type Machine } from "../machine/machine.entity.js";
import { Shelf } from "../rack/shelf.entity.js";
import type { InstallValues, ParameterValue } from "./install-values.js";
import type { Profile } from "./profile.entity.js";
import type { ConfigFormat } from "./render.js";

const CONFIG_PATHS: Readonly<Record<ConfigFormat, string>> = {
  PRESEED: "preseed.cfg",
  KICKSTART: "kickstart",
};

export interface Rendering {
  readonly machine: Machine;
  readonly profile: Profile;
  /** The port that boots; the machine's first one when no port asked. */
  readonly macAddress?: MacAddress;
  /** The installation's token; a word that says so in a preview. */
  readonly token: string;
  /** The URL the machine reaches us by, without a slash at its end. */
  readonly base: string;
}

/** What belongs to a machine: its ports and its place. */
export interface Belongings {
  readonly interfaces: readonly EthernetInterface[];
  readonly shelf: Shelf | undefined;
}

/** Of each of these machines, in two statements. */
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
  return ({ id }) => ({ interfaces: interfaces.get(id) ?? [], shelf: shelves.get(id)?.[0] });
}

/** Everything a template may see of this machine now. */
export async function installValues(manager: EntityManager, rendering: Rendering): Promise<InstallValues> {
  const { machine } = rendering;
  return valuesOf(rendering, (await belongingsOf(manager, [machine]))(machine));
}

export function valuesOf(
  { machine, profile, macAddress, token, base }: Rendering,
  { interfaces, shelf }: Belongings,
): InstallValues {
  const first = macAddress ?? interfaces[0]?.macAddress;
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
      macAddress: first as MacAddress,
      ethernetInterfaces: interfaces.map(({ macAddress }) => ({ macAddress })),
    },
    place:
      shelf === undefined
        ? undefined
        : {
            site: shelf.rack.site,
            room: shelf.rack.room,
            row: shelf.rack.row,
            rack: shelf.rack.name,
            unit: shelf.unit,
          },
    profile: { name: profile.name },
    parameters: profile.parameters as Readonly<Record<string, ParameterValue>>,
    urls: {
      started: url("started"),
      progress: url("progress"),
      done: url("done"),
      failed: url("failed"),
      config: url(CONFIG_PATHS[profile.template.format]),
      images: `${base}/images`,
    },
  };
}
