import { setImmediate as nextTurn } from "node:timers/promises";
import { isMainThread, Worker } from "node:worker_threads";
import { JobThread } from "../../job-thread.js";
import { checkRackHeight } from "../rack-space.js";
import { classicElevations } from "./classic/classic-elevation.js";
import { type Palette, PaletteMaker } from "./looks/color-by.js";
import type { DrawOptions, Theme } from "./draw-options.js";
import { checkCrowd, checkRackCount } from "./drawing-limits.js";
import type { RackElevation } from "./elevation.js";
import { frameOf } from "./scene/frame.js";
import { digestOf, DrawnCache, textBytes } from "./drawn-cache.js";
import { markupBytes, type MarkupJob, markupKey, type RackMarkup, rackMarkup } from "./svg/markup.js";
import { round2 } from "./scene/measures.js";
import { inRowOrder } from "./row-order.js";
import { PREPARED, sampleRack } from "./sample-rack.js";
import { stripeStyle } from "./scene/panel.js";
import { documentHead, documentText, groupSvg, placed } from "./svg/scene-svg.js";
import type { Scene } from "./scene/shapes.js";
import type { SvgJs } from "./svg/svg-pen.js";

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
  const parts = [...around(backdrop), ...standing, ...around(legend)];
  if (racks.length > 1) await nextTurn();
  const head = documentHead(frame, options.theme, library);
  if (racks.length > 1) await nextTurn();
  return documentText(head, parts);
}

/** A scene as an SVG document, group by group. */
export async function drawScene(scene: Scene, theme: Theme): Promise<string> {
  const library = await svgJs();
  const groups: string[] = [];
  for (const group of scene.groups) {
    groups.push(placed(group, groupSvg(group.shapes, library)));
    if (scene.groups.length > 3) await nextTurn();
  }
  return documentText(documentHead(scene, theme, library), groups);
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
  const keys: string[] = [];
  for (const job of jobs) {
    if (keys.length > 0) await nextTurn();
    keys.push(markupKey(job));
  }
  const known = keys.map((key) => markupCache.get(key));
  const unknown = jobs.filter((_, i) => known[i] === undefined);
  const beside = unknown.reduce((sum, { rack }) => sum + rack.shelves.length, 0) > SHELVES_A_TURN;
  const pending: Promise<RackMarkup>[] = [];
  for (const [i, job] of jobs.entries()) {
    const markup = known[i];
    if (markup === undefined && i > 0) await nextTurn();
    pending.push(markup === undefined && beside ? thread.do(job) : Promise.resolve(markup ?? rackMarkup(job, library)));
  }
  const markups = await Promise.all(pending);
  keys.forEach((key, i) => markupCache.set(key, markups[i] as RackMarkup));
  return markups;
}

/**
 * A server calls it before it listens: loading svg.js holds the event loop for 20 ms, and the first drawing takes several
 * times as long as the next, since its code is compiled on the way.
 */
export async function prepareDrawing(): Promise<void> {
  for (let units = 1; units <= 4; units++) await drawAnew([sampleRack(units)], PREPARED);
}

let loaded: Promise<SvgJs> | undefined;

/** 0.02 s that a server which draws nothing need not pay. */
function svgJs(): Promise<SvgJs> {
  return (loaded ??= import("@svgdotjs/svg.js"));
}
