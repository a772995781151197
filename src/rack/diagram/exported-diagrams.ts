import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { App } from "../../context.js";
import { elevationsFrom } from "../drawing/elevation.store.js";
import { contentsOf } from "../rack-contents.store.js";
import { Rack } from "../rack.entity.js";
import type { RackPlan } from "../rack-plan.js";
import { plansFrom } from "../rack-plan.store.js";
import { rackdiagText } from "../rackdiag/rackdiag-text.js";
import { DEFAULT_OPTIONS } from "./diagram-options.js";
import type { RackThread } from "./rack-thread.js";

export interface ExportedDiagrams {
  readonly racks: number;
  /** Files that were written or removed; the others say so already. */
  readonly changed: number;
}

/** Racks' plans, and each one's drawing when the thread is done with it. */
export interface Drawing {
  readonly plans: readonly RackPlan[];
  readonly drawn: ReadonlyArray<{ readonly name: string; readonly svg: Promise<string> }>;
}

/** Reads all racks once, in a few statements. Resolves when the thread has begun to draw them. */
export async function beginDiagrams(
  { database: { manager }, againstPlan, now }: Pick<App, "database" | "againstPlan" | "now">,
  thread: RackThread,
): Promise<Drawing> {
  const racks = await manager.find(Rack, { order: { name: "ASC" } });
  const shown = { againstPlan: await againstPlan(manager, racks, now()) };
  const contents = await contentsOf(manager, racks);
  const drawn = elevationsFrom(racks, contents, now(), shown).map((rack) => {
    const svg = thread.do({ rack, options: DEFAULT_OPTIONS.draw });
    svg.catch(() => undefined); // who writes it hears of it
    return { name: rack.name, svg };
  });
  return { plans: plansFrom(racks, contents), drawn };
}

/** `NAME.svg` and `NAME.diag` of every rack, and no others, in `folder`; a file that says what it should is left alone. */
export async function writeDiagrams({ plans, drawn }: Drawing, folder: string): Promise<ExportedDiagrams> {
  mkdirSync(folder, { recursive: true });
  const old = new Set(diagramsIn(folder));
  let changed = 0;
  const write = (file: string, text: string) => {
    if (old.delete(file) && readFileSync(join(folder, file), "utf8") === text) return;
    replace(folder, file, text);
    changed++;
  };
  const svgs = drawn.map(async ({ name, svg }) => write(`${name}.svg`, await svg));
  const diags = async () => {
    for (const plan of plans) {
      await nextTurn(); // for drawings that are done, and for what the database says
      write(`${plan.name}.diag`, rackdiagText([plan]).text);
    }
  };
  await Promise.all([...svgs, diags()]);
  for (const file of old) unlinkSync(join(folder, file));
  return { racks: plans.length, changed: changed + old.size };
}

/**
 * A reader sees the old file or the new one. Nobody boots by a drawing, so nothing waits for the disk, which took most of
 * the time: what a power cut spoils does not say what it should, and the next export writes it again. Synchronous, since a
 * command has nothing else to do: 200 small files by threads take longer.
 */
function replace(folder: string, file: string, text: string): void {
  const temporary = join(folder, `.${file}.${process.pid}`);
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, join(folder, file));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** A rack's name begins with a letter or a digit: what has a leading dot is somebody's temporary file. */
function diagramsIn(folder: string): string[] {
  return readdirSync(folder).filter((file) => /^[^.].*\.(svg|diag)$/s.test(file));
}
