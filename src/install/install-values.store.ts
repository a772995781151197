import type { EntityManager } from "typeorm";
import type { MacAddress } from "../machine/mac-address.js";
import { EthernetInterface, type Machine } from "../machine/machine.entity.js";
import { Shelf } from "../rack/rack.entity.js";
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

/** Everything a template may see of this machine now. */
export async function installValues(
  manager: EntityManager,
  { machine, profile, macAddress, token, base }: Rendering,
): Promise<InstallValues> {
  const interfaces = await manager.find(EthernetInterface, { where: { machineId: machine.id }, order: { id: "ASC" } });
  const shelf = await manager.findOne(Shelf, { where: { machineId: machine.id }, relations: { rack: true } });
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
      shelf === null
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
