import type { Database } from "../db/database.js";
import { AGAIN } from "./ipxe-script.js";

/** A machine that was told to boot its disk, or that found no system there and asked again without leaving iPXE. */
export interface SentToDisk {
  readonly machineId: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly isAgain: boolean;
}

interface Row {
  readonly id: number;
  readonly machine_id: number | null;
  readonly at: string;
  readonly method: string;
  readonly url: string;
  readonly user_agent: string | null;
  readonly answer: string;
}

const PAGE = 1_000;
const ABOVE_ALL_IDS = 2 ** 31 - 1; // as PostgreSQL's integer

/** Only iPXE itself tells by its coming back that it did not boot; whoever else asks is looking. */
export function isSentToDisk(method: string, target: string, userAgent: string | null | undefined): boolean {
  return method !== "HEAD" && target.startsWith("/boot/") && userAgent?.startsWith("iPXE/") === true;
}

/** Who was sent to its disk since then, by whichever Kickrack on this database: what each keeps of its requests tells. */
export async function sentToDiskSince({ manager }: Database, since: number): Promise<SentToDisk[]> {
  const found: SentToDisk[] = [];
  for (let before = ABOVE_ALL_IDS; ;) {
    const rows: Row[] = await manager.query(
      `SELECT id, machine_id, at, method, url, user_agent, answer FROM boot_request
       WHERE id < $1 ORDER BY id DESC LIMIT ${PAGE}`,
      [before],
    );
    for (const { machine_id: machineId, at, method, url, user_agent: userAgent, answer } of rows) {
      if (machineId === null || (answer !== "menu" && answer !== "local")) continue;
      if (!isSentToDisk(method, url, userAgent)) continue;
      found.push({ machineId, at: Date.parse(at), isAgain: url.endsWith(AGAIN) });
    }
    const oldest = rows.at(-1);
    if (oldest === undefined || rows.length < PAGE || Date.parse(oldest.at) < since) break;
    before = oldest.id;
  }
  return found.filter(({ at }) => at >= since);
}
