import type { Origin } from "../../changes/origin.js";
import type { Database, Transaction } from "../../db/database.js";
import type { Vault } from "../../install/vault.js";
import type { Log } from "../../log.js";
import { switchKind } from "../placement.kinds.js";
import { recordForwarding } from "../record-forwarding.store.js";
import { credentialsOfSwitch } from "../switch/switch-credentials.js";
import { Switch } from "../switch/switch.entity.js";
import type { SwitchReading } from "./read-switch.js";
import { ASK_LIMITS, LargeTableTurns, ReadingAllowance, type AskLimits } from "./reading-allowance.js";
import { ScanFault } from "./scan-fault.js";

/** Switches that are asked at once. */
const AT_ONCE = 8;

const BY_SCAN: Origin = { actor: "Kickrack", through: "CLOCK", operation: "scanSwitch" };

/** Asks switches for their tables, a few at once and each one once at a time, and keeps what they say. */
export class SwitchScans {
  #waiting = new Set<number>();
  readonly #running = new Map<number, Promise<void>>();
  readonly #largeTables = new LargeTableTurns();
  #stopped = false;

  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly log: Log,
    private readonly now: () => Date,
    /** What comes of it that machines were heard. */
    private readonly heard: (transaction: Transaction, machineIds: readonly number[]) => Promise<void>,
    private readonly limits: AskLimits = ASK_LIMITS,
  ) {}

  /** Asks these as soon as there is room; one that is being asked is asked once more afterwards. */
  ask(switchIds: Iterable<number>): void {
    for (const id of switchIds) this.#waiting.add(id);
    this.#start();
  }

  /** Asks these before all others that wait. Resolves when each has been. */
  async askNow(switchIds: readonly number[]): Promise<void> {
    this.#waiting = new Set([...switchIds, ...this.#waiting]);
    this.#start();
    const isLeft = (id: number) => this.#waiting.has(id) || this.#running.has(id);
    while (this.#running.size > 0 && switchIds.some(isLeft)) await Promise.race(this.#running.values());
  }

  /** Asks all that have an address and credentials. */
  async askAll(): Promise<void> {
    const ids: Array<{ id: number }> = await this.database.manager.query(
      "SELECT id FROM switch WHERE management_address IS NOT NULL AND credentials IS NOT NULL ORDER BY id",
    );
    this.ask(ids.map(({ id }) => id));
  }

  /** Resolves when nobody is being asked or waits for it. */
  async settle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values());
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#waiting.clear();
    await this.settle();
  }

  #start(): void {
    for (const id of this.#waiting) {
      if (this.#stopped || this.#running.size >= AT_ONCE) return;
      if (this.#running.has(id)) continue;
      this.#waiting.delete(id);
      const scan = this.#scan(id)
        .catch((error: unknown) => this.log.error("cannot keep what a switch said", error))
        .finally(() => {
          this.#running.delete(id);
          this.#start();
        });
      this.#running.set(id, scan);
    }
  }

  async #scan(id: number): Promise<void> {
    const asked = await this.database.manager.findOneBy(Switch, { id });
    if (asked === null) return;
    const allowance = new ReadingAllowance(this.limits, this.#largeTables);
    try {
      await this.#keep(asked, await this.#read(asked, allowance));
    } catch (error) {
      if (!(error instanceof ScanFault)) throw error;
      this.log.info("switch not read", { switch: asked.name, error: error.message });
      const scanError = error.message.slice(0, 1_000);
      await this.database.write(BY_SCAN, ({ manager }) => manager.update(Switch, { id }, { scanError }));
    } finally {
      allowance.end();
    }
  }

  /** @throws ScanFault */
  async #read(asked: Switch, allowance: ReadingAllowance): Promise<SwitchReading> {
    const credentials = credentialsOfSwitch(this.vault, asked);
    if (asked.managementAddress === null || credentials === null) {
      throw new ScanFault("it has no management address or no credentials; give it both with updateSwitch");
    }
    // A tenth of the code that every command would load.
    const { readSwitch } = await import("./read-switch.js");
    return readSwitch(asked.managementAddress, credentials, allowance);
  }

  async #keep(asked: Switch, { systemName, chassisId, entries, ports }: SwitchReading): Promise<void> {
    const { id } = asked;
    await this.database.write(BY_SCAN, async (transaction) => {
      const now = this.now();
      const table = { switchId: id, source: "snmp", entries, ports } as const;
      const { machineIds } = await recordForwarding(transaction, table, now);
      await transaction.changes.watch(switchKind, [id]); // what it is called; what a person has written stays
      await transaction.manager.update(
        Switch,
        { id },
        {
          scannedAt: now,
          scanError: null,
          systemName: asked.systemName ?? systemName,
          chassisId: asked.chassisId ?? chassisId,
        },
      );
      await this.heard(transaction, machineIds);
    });
  }
}
