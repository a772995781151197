import type { Actor } from "./access/api-token.store.js";
import type { TokenUses } from "./access/token-uses.js";
import type { BootDirectory } from "./boot/boot-directory.js";
import type { BootRequests } from "./boot/boot-requests.js";
import type { Boots } from "./boot/boot.store.js";
import type { Config } from "./config.js";
import type { Database, Transaction } from "./db/database.js";
import type { EventStreams } from "./events/event-streams.js";
import type { LifeLimits } from "./install/lifecycle.js";
import type { Vault } from "./install/vault.js";
import type { Log } from "./log.js";
import type { AgainstPlanOf } from "./rack/drawing/against-plan.js";
import type { SwitchScans } from "./placement/snmp/switch-scans.js";

/** What lives as long as the server. */
export interface App {
  readonly config: Config;
  readonly database: Database;
  readonly directory: BootDirectory;
  readonly boots: Boots;
  readonly bootRequests: BootRequests;
  readonly secretKey: string;
  readonly vault: Vault;
  readonly tokenUses: TokenUses;
  readonly lifeLimits: LifeLimits;
  readonly streams: EventStreams;
  readonly switchScans: SwitchScans;
  /** For drawings of racks, which know nothing of switches. */
  readonly againstPlan: AgainstPlanOf;
  /** The boot plane's address for what cannot expand iPXE's `${next-server}`. */
  readonly bootAddress: string;
  /** The boot plane's address for what can. */
  readonly dnsmasqUrl: string;
  readonly log: Log;
  readonly now: () => Date;
}

/** What one request of the control plane may use. */
export interface Context {
  readonly app: App;
  readonly actor: Actor;
  readonly requestId: string;
  /** One loader per kind of look-up and request, made on first use (graphql/batched.ts). */
  readonly loaders: Map<string, unknown>;
}

/** What a mutation may use: it runs in one transaction, which becomes one change. */
export interface WriteContext extends Context {
  readonly transaction: Transaction;
}
