import type { Origin } from "../changes/origin.js";
import type { App } from "../context.js";
import type { InventoryReport } from "../machine/inventory-request.js";
import type { Registration } from "../machine/registration-batch.js";
import { switchOfNeighbour } from "./lldp-neighbour.js";
import { placesOfPorts, portsOfSightings, type PortOfMachine } from "./machine-spots.store.js";
import { placeByEvidence } from "./place-by-evidence.js";
import { Switch } from "./switch.entity.js";

const ORIGIN: Origin = { actor: "a switch port", through: "BOOT", operation: "placeByEvidence" };

type Heard = Pick<Registration, "machineId"> & Pick<InventoryReport, "lldp">;

/** Places machines by what they heard while they registered: behind the answers, and one batch after the other. */
export class PlaceRegistered {
  private waiting: Heard[] = [];
  private working: Promise<void> | undefined;

  constructor(private readonly app: App) {}

  note(entries: ReadonlyArray<Registration & { readonly report: InventoryReport }>): void {
    for (const { report, machineId, decided } of entries) {
      // Of a new machine its switch may have spoken before.
      const isHeard = report.lldp !== undefined || decided === "new";
      if (isHeard) this.waiting.push({ machineId, lldp: report.lldp });
    }
    if (this.waiting.length > 0) this.working ??= this.work();
  }

  async settle(): Promise<void> {
    await this.working;
  }

  private async work(): Promise<void> {
    while (this.waiting.length > 0) {
      const heard = this.waiting.splice(0);
      try {
        await this.place(await this.portsOf(heard));
      } catch (error) {
        this.app.log.error("cannot place machines by their switch ports", error);
      }
    }
    this.working = undefined;
  }

  private async place(heard: readonly PortOfMachine[]): Promise<void> {
    const { database } = this.app;
    // Most have their places already: they cost no write.
    if ((await placesOfPorts(database.manager, heard)).length === 0) return;
    await database.write(ORIGIN, (transaction) => placeByEvidence(this.app, transaction, heard));
  }

  private async portsOf(heard: readonly Heard[]): Promise<PortOfMachine[]> {
    const { manager } = this.app.database;
    const select = { id: true, name: true, systemName: true, chassisId: true } as const;
    const switches = await manager.find(Switch, { select });
    if (switches.length === 0) return [];
    const told = heard.flatMap(({ machineId, lldp }) => {
      const ofSwitch = lldp && switchOfNeighbour(switches, lldp);
      if (ofSwitch === undefined) return [];
      // Junos tells an index in the port id, and the name in the description.
      const ports = [lldp?.portId, lldp?.portDescription].filter((port) => port !== undefined);
      return ports.map((port) => ({ machineId, switchId: ofSwitch.id, port }));
    });
    // What the machine itself has heard comes before what is concluded from a table.
    const hasTold = new Set(told.map(({ machineId }) => machineId));
    const silent = heard.map(({ machineId }) => machineId).filter((id) => !hasTold.has(id));
    return [...told, ...(await portsOfSightings(manager, silent))];
  }
}
