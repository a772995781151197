import { setImmediate as nextTurn } from "node:timers/promises";
import { isMainThread, Worker } from "node:worker_threads";
import { JobThread } from "../../job-thread.js";
import { checkRackHeight } from "../rack-space.js";
import { classicElevations } from "./classic-elevation.js";
import { type Palette, PaletteMaker } from "./color-by.js";
import type { DrawOptions, Theme } from "./draw-options.js";
import { checkCrowd, checkRackCount } from "./drawing-limits.js";
import type { RackElevation } from "./elevation.js";
import { frameOf } from "./frame.js";
import { digestOf, DrawnCache, textBytes } from "./drawn-cache.js";
import { markupBytes, type MarkupJob, markupKey, type RackMarkup, rackMarkup } from "./markup.js";
import { round2 } from "./measures.js";
import { inRowOrder } from "./row-order.js";
import { stripeStyle } from "./scene-panel.js";
import { documentSvg, groupSvg, placed } from "./scene-svg.js";
import type { Scene } from "./shapes.js";
import type { SvgJs } from "./svg-pen.js";

// 42 machines take half a millisecond, on a slow machine two. What is larger is drawn beside the event loop.
// In a thread nobody waits for the event loop.
const SHELVES_A_TURN = isMainThread ? 150 : Infinity;

const thread = new JobThread<MarkupJob, RackMarkup>(() => new Worker(new URL("./markup-worker.js", import.meta.url)));

// Racks of 42 machines: about 600 as parts of any drawing, and 200 drawings of one rack, which is what is asked for most.
const markupCache = new DrawnCache<RackMarkup>(markupBytes, 24 * 1024 * 1024);
const drawings = new DrawnCache<string>(textBytes, 8 * 1024 * 1024);

/**
 * An SVG document of these racks, side by side on one floor. Racks are drawn one by one, and others have their turn in
 * between. @throws InvalidInput for a height that no rack has
 */
export async function drawRacks(elevations: readonly RackElevation[], options: DrawOptions): Promise<string> {
  elevations.forEach(checkDrawable);
  checkRackCount(elevations.length);
  // In a thread a drawing is asked for once.
  if (elevations.length !== 1 || !isMainThread) return drawAnew(elevations, options);
  const key = digestOf([elevations, options]);
  const drawing = drawings.get(key) ?? (await drawAnew(elevations, options));
  drawings.set(key, drawing);
  return drawing;
}

async function drawAnew(elevations: readonly RackElevation[], options: DrawOptions): Promise<string> {
  const racks = inRowOrder(elevations, options.face);
  if (options.theme === "classic") return drawScene(await classicElevations(racks, options), options.theme);
  const style = { palette: await paletteInTurns(racks, options), stripes: stripeStyle(options.theme) };
  const jobs = racks.map((rack): MarkupJob => ({ rack, face: options.face, style }));
  const markups = await markupsOf(jobs);
  const library = await svgJs();
  if (racks.length > 1) await nextTurn();
  const { backdrop, racks: places, legend, ...frame } = frameOf(racks, markups, options, style);
  const around = ({ x, y, shapes }: typeof legend) =>
    shapes.length === 0 ? [] : [placed({ x, y }, groupSvg(shapes, library))];
  const standing = markups.flatMap(({ groups }, i) => {
    const { x = 0, y = 0 } = places[i] ?? {};
    return groups.map((group) => placed({ x: round2(x + group.x), y: round2(y + group.y) }, group.svg));
  });
  if (racks.length > 1) await nextTurn();
  return documentSvg(frame, options.theme, [...around(backdrop), ...standing, ...around(legend)], library);
}

/** A scene as an SVG document, group by group. */
export async function drawScene(scene: Scene, theme: Theme): Promise<string> {
  const library = await svgJs();
  const groups: string[] = [];
  for (const group of scene.groups) {
    groups.push(placed(group, groupSvg(group.shapes, library)));
    if (scene.groups.length > 3) await nextTurn();
  }
  return documentSvg(scene, theme, groups, library);
}

function checkDrawable(rack: RackElevation): void {
  checkRackHeight(rack.heightU);
  checkCrowd(rack);
}

async function paletteInTurns(racks: readonly RackElevation[], { colorBy }: DrawOptions): Promise<Palette> {
  const maker = new PaletteMaker(colorBy);
  for (const [i, rack] of racks.entries()) {
    maker.add(rack);
    if (i % 20 === 19) await nextTurn();
  }
  return maker.palette();
}

/** From the cache, from here when it is little, else from the thread. */
async function markupsOf(jobs: readonly MarkupJob[]): Promise<RackMarkup[]> {
  const library = await svgJs();
  const pending: Promise<RackMarkup>[] = [];
  let shelvesLeft = SHELVES_A_TURN;
  for (const [i, job] of jobs.entries()) {
    if (i > 0) await nextTurn();
    const key = markupKey(job);
    const known = markupCache.get(key);
    if (known !== undefined) {
      pending.push(Promise.resolve(known));
      continue;
    }
    shelvesLeft -= job.rack.shelves.length;
    const drawn = shelvesLeft >= 0 ? Promise.resolve(rackMarkup(job, library)) : thread.do(job);
    pending.push(drawn.then((markup) => (markupCache.set(key, markup), markup)));
  }
  return Promise.all(pending);
}

/** A server calls it before it listens: loading svg.js holds the event loop for 20 ms. */
export async function prepareDrawing(): Promise<void> {
  await svgJs();
}

let loaded: Promise<SvgJs> | undefined;

/** 0.02 s that a server which draws nothing need not pay. */
function svgJs(): Promise<SvgJs> {
  return (loaded ??= import("@svgdotjs/svg.js"));
}
