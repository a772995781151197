import { drawableText } from "../text/drawable-text.js";
import { signLabel } from "../looks/glyphs.js";
import type { ElevationLayout, StandingGhost } from "../layout.js";
import { round2, UNIT_PX } from "./measures.js";
import { nameRoom, panelShapes, type Space, type StripeStyle } from "./panel.js";
import type { Panel } from "./shapes.js";
import { unitsLabel } from "../unit-labels.js";

/** What stands below a ghost shows around it. */
const INSET_PX = 2;
/** Letters of which most names can be told. */
const ENOUGH = 7;

export function ghostName({ ghost: { title } }: StandingGhost): string {
  return drawableText(title);
}

export function ghostModel({ ghost: { subtitle } }: StandingGhost): string {
  return drawableText(subtitle);
}

/** Where a ghost lies in its room: on all of it where nothing stands, else on the half that leaves the most to read. */
export function ghostSpace(room: Space, panels: readonly Space[]): Space {
  const under = panels.filter((panel) => touch(panel, room));
  if (under.length === 0) return room;
  const { x, y, width, height } = room;
  const halves = [
    { x: round2(x + width / 2), y, width: round2(width / 2), height },
    { x, y, width, height: Math.min(height, Math.max(UNIT_PX / 2, height / 2)) },
  ].map(inset);
  const readable = (half: Space) => [half, ...under.map((panel) => leftOf(panel, [half]))].map(letters);
  // Who can be read least counts; of several tall blades under one ghost some may be beyond help.
  return best(
    halves,
    (half) => Math.min(...readable(half)) * 1000 + readable(half).filter((count) => count > 0).length,
  );
}

/** What of a panel is left to write on beside the ghosts that lie over it. */
export function besides(panel: Space, ghosts: readonly Space[]): Space {
  const left = leftOf(panel, ghosts);
  // Nothing to write on: it is drawn whole, with the ghost over it, and the tooltip has its name.
  return letters(left) === 0 ? panel : left;
}

function leftOf(panel: Space, ghosts: readonly Space[]): Space {
  return ghosts.reduce((space, ghost) => (touch(space, ghost) ? best(around(space, ghost), letters) : space), panel);
}

function around({ x, y, width, height }: Space, ghost: Space): Space[] {
  const [right, bottom] = [ghost.x + ghost.width + INSET_PX, ghost.y + ghost.height + INSET_PX];
  return [
    { x, y, width: round2(ghost.x - INSET_PX - x), height },
    { x, y: round2(bottom), width, height: round2(y + height - bottom) },
    { x, y, width, height: round2(ghost.y - INSET_PX - y) },
    { x: round2(right), y, width: round2(x + width - right), height },
  ].map((space) => ({ ...space, width: Math.max(0, space.width), height: Math.max(0, space.height) }));
}

function inset({ x, y, width, height }: Space): Space {
  // In half a unit letters take all the height that there is.
  const above = height > UNIT_PX / 2 ? INSET_PX : 0;
  return {
    x: round2(x + INSET_PX),
    y: y + above,
    width: round2(Math.max(1, width - 2 * INSET_PX)),
    height: height - 2 * above,
  };
}

/** The first of those in which the most letters can be read. */
function best(spaces: readonly Space[], score: (space: Space) => number): Space {
  const scored = spaces.map((space) => ({ space, score: score(space) }));
  const first = scored.reduce((most, each) => (each.score > most.score ? each : most));
  return first.space;
}

/** How many letters of a name have room, beside a sign; more than enough is no better. */
function letters(space: Space): number {
  if (space.height < LEAST_LINE_PX) return 0;
  const { room, px } = nameRoom(space, "GHOST", "");
  return Math.min(ENOUGH, room / px);
}

/** The least that a line of the smallest letters takes. */
const LEAST_LINE_PX = 8;

function touch(a: Space, b: Space): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

export function ghostPanel(
  layout: ElevationLayout,
  standing: StandingGhost,
  space: Space,
  name: string,
  stripes: StripeStyle,
): Panel {
  const { ghost } = standing;
  const look = ghost.dimmed ? "dim" : "ghost";
  const label = { look, sign: "GHOST", name, model: ghostModel(standing), hatched: false } as const;
  return {
    kind: "panel",
    ...space,
    look,
    sign: "GHOST",
    tooltip: ghostTooltip(layout, standing),
    shapes: panelShapes(space, { ...label, paint: null }, stripes),
  };
}

function ghostTooltip({ rack }: ElevationLayout, { ghost }: StandingGhost): string {
  const where = `${unitsLabel(rack, ghost.place)} · ${signLabel("GHOST").toLowerCase()}`;
  return [ghost.title, ghost.subtitle, where, ghost.sentence]
    .map((line) => drawableText(line))
    .filter((line) => line !== "")
    .join("\n");
}
