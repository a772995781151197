import type { Origin } from "../changes/origin.js";
import type { App } from "../context.js";
import type { Registration } from "../machine/registration-batch.js";
import { placeable } from "./machine-spots.store.js";
import { placeByEvidence } from "./place-by-evidence.js";
import { ScanForRegistered } from "./scan-for-registered.js";

const ORIGIN: Origin = { actor: "a switch port", through: "BOOT", operation: "placeByEvidence" };

/**
 * Places machines by what they heard while they registered, or a relay heard of them, and has the switches asked for the others:
 * behind the answers, and one batch after the other.
 */
export class PlaceRegistered {
  private waiting: number[] = [];
  private working: Promise<void> | undefined;

  private readonly scans: ScanForRegistered;

  constructor(private readonly app: App) {
    this.scans = new ScanForRegistered(app);
  }

  note(registrations: readonly Registration[]): void {
    this.scans.note(registrations.map(({ machineId }) => machineId));
    for (const { machineId, isSighted } of registrations) if (isSighted) this.waiting.push(machineId);
    this.start();
  }

  /** What a relay said of them is kept already. */
  readonly heard = (machineIds: readonly number[]): void => {
    this.waiting.push(...machineIds);
    this.start();
  };

  async stop(): Promise<void> {
    await this.scans.stop();
    await this.working;
  }

  private start(): void {
    if (this.waiting.length > 0) this.working ??= this.work();
  }

  private async work(): Promise<void> {
    while (this.waiting.length > 0) {
      const machineIds = this.waiting.splice(0);
      try {
        await this.place(machineIds);
      } catch (error) {
        this.app.log.error("cannot place machines by their switch ports", error);
      }
    }
    this.working = undefined;
  }

  private async place(machineIds: readonly number[]): Promise<void> {
    const { database } = this.app;
    // Most have their places already: they cost no write.
    const ids = await placeable(database.manager, machineIds);
    if (ids.length === 0) return;
    await database.write(ORIGIN, (transaction) => placeByEvidence(this.app, transaction, ids));
  }
}
