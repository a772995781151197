import type { Database } from "../db/database.js";
import type { BootDirectory } from "./boot-directory.js";
import { hasComeBack } from "./local-boot.js";
import { tryNextLocalBoot } from "./local-boot.store.js";
import type { MacAddress } from "../machine/mac-address.js";

const REMEMBERED = 50_000;

/** Watches who comes back from the local disk it was sent to. */
export class LocalBoots {
  /** When each machine was sent to its disk last, by its id. Milliseconds since `began`: small numbers need no object. */
  private readonly sent = new Map<number, number>();
  private readonly began = Date.now();

  constructor(
    private readonly database: Database,
    private readonly directory: BootDirectory,
  ) {}

  /**
   * A machine is about to be sent to its disk. `isAgain`: it has never left iPXE, since it found no system there.
   *
   * @returns what to wait for before it is answered, when it has come back and is to try the next method
   */
  sending(mac: MacAddress, isAgain: boolean): Promise<void> | undefined {
    const entry = this.directory.entryOf(mac);
    if (entry === undefined) return undefined;
    if (isAgain) return void this.sent.delete(entry.id);
    const now = Date.now() - this.began;
    const before = this.sent.get(entry.id);
    if (this.sent.size >= REMEMBERED) this.sent.clear();
    this.sent.set(entry.id, now);
    if (before === undefined || !hasComeBack(now - before) || entry.platform === null) return undefined;
    return tryNextLocalBoot(this.database, entry.id, entry.platform, entry.ipxeVersion);
  }
}
