import { readdir, unlink } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { App } from "../../context.js";
import { replaceFile } from "../../dhcp/atomic-file.js";
import { drawRacks } from "../drawing/draw.js";
import { elevationsOf } from "../drawing/elevation.store.js";
import { Rack } from "../rack.entity.js";
import { plansOf } from "../rack-plan.store.js";
import { rackdiagText } from "../rackdiag/rackdiag-text.js";
import { DEFAULT_OPTIONS } from "./diagram-options.js";

/** Each file waits for the disk twice; together they wait less. */
const RACKS_AT_ONCE = 16;

export interface ExportedDiagrams {
  readonly racks: number;
  /** Files that were written or removed; the others say so already. */
  readonly changed: number;
}

/**
 * `NAME.svg` and `NAME.diag` of every rack, and no others, in `folder`. All are read in a few statements; a file that
 * says what it should is left alone.
 */
export async function exportDiagrams({ database: { manager }, now }: App, folder: string): Promise<ExportedDiagrams> {
  const racks = await manager.find(Rack, { order: { name: "ASC" } });
  const [elevations, plans] = [await elevationsOf(manager, racks, now()), await plansOf(manager, racks)];
  const wanted = new Set<string>();
  let changed = 0;
  const write = async (file: string, text: string) => {
    wanted.add(file);
    if (await replaceFile(join(folder, file), text)) changed++;
  };
  for (let first = 0; first < racks.length; first += RACKS_AT_ONCE) {
    await Promise.all(
      racks.slice(first, first + RACKS_AT_ONCE).map(async ({ name }, i) => {
        const [at, next] = [first + i, first + i + 1];
        await write(`${name}.svg`, await drawRacks(elevations.slice(at, next), DEFAULT_OPTIONS.draw));
        await write(`${name}.diag`, rackdiagText(plans.slice(at, next)).text);
      }),
    );
    await nextTurn();
  }
  for (const file of await diagramsIn(folder)) {
    if (wanted.has(file)) continue;
    await unlink(join(folder, file));
    changed++;
  }
  return { racks: racks.length, changed };
}

/** A rack's name begins with a letter or a digit: what has a leading dot is somebody's temporary file. */
async function diagramsIn(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return files.filter((file) => /^[^.].*\.(svg|diag)$/s.test(file));
}
