import { allocateIds, type Dialect } from "../db/dialect.js";
import type { Transaction } from "../db/database.js";
import type { StageOutcome } from "./progress-report.js";
import type { InstallationState } from "./installation-state.js";
import { Installation, InstallationEvent } from "./installation.entity.js";

/** An installer's log is kept up to here; what comes after is dropped. Anaconda's tail of a failure has some 20 KB. */
export const EVENT_TEXT_LIMIT = 65_536;

export interface NewEvent {
  readonly installation: Installation;
  /** Its state before; null where it began. */
  readonly from: InstallationState | null;
  readonly kind: string;
  readonly text: string;
  readonly stage?: string | null;
  readonly outcome?: StageOutcome | null;
}

/** Keeps what happened in installations, and tells of it in the journal. */
export async function addEvents(
  dialect: Dialect,
  { manager, changes }: Transaction,
  events: readonly NewEvent[],
  at: Date,
): Promise<void> {
  if (events.length === 0) return;
  const ids = await allocateIds(manager, dialect, "installation_event", events.length);
  const rows = events.map(({ installation, kind, text, stage = null, outcome = null }, i) => {
    // PostgreSQL's text holds everything but NUL.
    const kept = text.slice(0, EVENT_TEXT_LIMIT).toWellFormed().replaceAll("\0", "\ufffd");
    return { id: ids[i] ?? 0, installationId: installation.id, kind, text: kept, stage, outcome, at };
  });
  // On PostgreSQL TypeORM leaves the id out unless the columns are named.
  const columns = ["id", "installationId", "at", "kind", "text", "stage", "outcome"];
  await manager
    .createQueryBuilder()
    .insert()
    .into(InstallationEvent, columns)
    .values(rows)
    .updateEntity(false)
    .execute();
  changes.add(events.map((event, i) => ({ ...entryOf(event), objectId: ids[i] ?? 0 })));
}

/** Without the text, which is the installer's and may hold a secret. */
function entryOf({ installation, from, kind }: NewEvent) {
  const { id, machineId, state } = installation;
  const after = { installation: `Installation:${id}`, machine: `Machine:${machineId}`, kind, from, to: state };
  return { kind: "InstallationEvent", before: null, after };
}
