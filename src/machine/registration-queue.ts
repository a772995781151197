import type { Database } from "../db/database.js";
import type { InventoryReport } from "./inventory-request.js";
import type { Registration } from "./registration-batch.js";
import { registerAll } from "./registration.store.js";

const MAX_BATCH = 512;
// 20,000 waiting reports are some seconds of work and a few megabytes; whoever comes later is told to come again.
const MAX_WAITING = 20_000;

/** The queue is full, or the database cannot be written: the machine shall ask again, nothing was kept. */
export class NotNow extends Error {
  override name = "NotNow";
}

interface Waiting {
  readonly report: InventoryReport;
  readonly resolve: (registration: Registration) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit: what arrives before a batch's transaction has its turn is in it, and what comes later is the next one's:
 * those who were just answered come again while it begins. Each answer waits for the commit of its own batch, so that
 * nothing acknowledged can be lost, and 512 machines share one fsync.
 */
export class RegistrationQueue {
  private waiting: Waiting[] = [];
  private draining: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    private readonly now: () => Date,
    private readonly onRegistered: (entries: ReadonlyArray<{ report: InventoryReport } & Registration>) => void,
  ) {}

  register(report: InventoryReport): Promise<Registration> {
    if (this.waiting.length >= MAX_WAITING) return Promise.reject(new NotNow("too many registrations at once"));
    return new Promise((resolve, reject) => {
      this.waiting.push({ report, resolve, reject });
      this.draining ??= this.drain();
    });
  }

  /** Resolves when everything that was accepted is committed and answered. */
  async settle(): Promise<void> {
    await this.draining;
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) await this.commit(() => this.waiting.splice(0, MAX_BATCH));
    this.draining = undefined;
  }

  /** @param take is called once: in the transaction, or when none could begin */
  private async commit(take: () => readonly Waiting[]): Promise<void> {
    let taken: readonly Waiting[] | undefined;
    const reports = () => (taken = take()).map(({ report }) => report);
    try {
      const registrations = await registerAll(this.database, reports, this.now);
      const batch = taken ?? [];
      this.onRegistered(batch.map(({ report }, i) => ({ report, ...(registrations[i] as Registration) })));
      batch.forEach(({ resolve }, i) => resolve(registrations[i] as Registration));
    } catch (error) {
      // None of them is to blame, and each is told to ask again.
      if (taken === undefined) return take().forEach(({ reject }) => reject(error));
      // One row that the database refuses must not take the others with it.
      const [only] = taken;
      if (taken.length === 1 && only !== undefined) return only.reject(error);
      for (const each of taken) await this.commit(() => [each]);
    }
  }
}
