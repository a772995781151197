import { drawableText } from "../text/drawable-text.js";
import type { ShelfView } from "../elevation.js";
import { lookOf, type Palette, signOf } from "../looks/color-by.js";
import { signLabel } from "../looks/glyphs.js";
import type { ElevationLayout, Spot } from "../layout.js";
import { CLEARANCE_PX, PANEL_PX, RAIL_PX, round2, STRIP_PX, UNIT_PX } from "./measures.js";
import { fitNames } from "../text/names.js";
import { besides, ghostName, ghostPanel, ghostSpace } from "./ghosts.js";
import { nameRoom, panelShapes, type Space, type StripeStyle } from "./panel.js";
import type { Panel } from "./shapes.js";
import { hiddenName, shelfModel, shelfName } from "./shelf-texts.js";
import { unitsLabel } from "../unit-labels.js";

/** How shelves are drawn, the same for all of a drawing. */
export interface ShelfStyle {
  readonly palette: Palette;
  readonly stripes: StripeStyle;
}

interface Item {
  readonly shelf: ShelfView;
  readonly space: Space;
  /** What of it no ghost lies over. */
  readonly written: Space;
  readonly troubles: readonly string[];
  /** Seen only as room that is taken from the other side. */
  readonly hidden: boolean;
}

/** Every panel of one face, counted from the upper left corner of the room for panels. `roofPx` is the top plate's upper edge. */
export function shelfPanels(layout: ElevationLayout, roofPx: number, style: ShelfStyle): Panel[] {
  const lost = layout.misplaced.length;
  const things: Omit<Item, "written">[] = [
    ...layout.misplaced.map(({ shelf, trouble }, i) => ({
      shelf,
      // Without a place in the rack they lie on its roof, a unit each.
      space: cleared({ x: 0, y: roofPx + (i - lost) * UNIT_PX, width: PANEL_PX, height: UNIT_PX }),
      troubles: [trouble],
      hidden: false,
    })),
    ...layout.hidden.map((spot) => ({ shelf: spot.shelf, space: spaceOf(spot), troubles: [], hidden: true })),
    ...layout.standing.map((spot) => ({
      shelf: spot.shelf,
      space: spaceOf(spot),
      troubles: spot.troubles,
      hidden: false,
    })),
  ];
  const spaces = things.map(({ space }) => space);
  const ghosts = layout.ghosts.map((ghost) => ({ ghost, space: ghostSpace(spaceOf(ghost), spaces) }));
  const over = ghosts.map(({ space }) => space);
  const items = things.map((thing): Item => ({ ...thing, written: besides(thing.space, over) }));
  const names = fitNames([
    ...items.map((item) => nameRoom(item.written, signIn(item), nameOf(layout, item))),
    ...ghosts.map(({ ghost, space }) => nameRoom(space, "GHOST", ghostName(ghost))),
  ]);
  return [
    ...items.map((item, i) => panelOf(layout, item, names[i] ?? "", style)),
    ...ghosts.map(({ ghost, space }, i) => {
      return ghostPanel(layout, ghost, space, names[items.length + i] ?? "", style.stripes);
    }),
  ];
}

function spaceOf({ fromTop, heightHalfU, lane, lanes, strip }: Spot): Space {
  const width = strip === null ? PANEL_PX : STRIP_PX;
  const x = strip === null ? 0 : strip === "LEFT" ? -RAIL_PX - STRIP_PX : PANEL_PX + RAIL_PX;
  // Side by side, neighbours keep the clearance that they keep above each other.
  const left = (width * (lane - 1)) / lanes + (lane > 1 ? CLEARANCE_PX : 0);
  const right = (width * lane) / lanes - (lane < lanes ? CLEARANCE_PX : 0);
  return cleared({
    x: x + left,
    y: (fromTop * UNIT_PX) / 2,
    width: right - left,
    height: (heightHalfU * UNIT_PX) / 2,
  });
}

/** Panels are a little smaller than their units, as on the real thing: neighbours of one colour stay apart. */
function cleared({ x, y, width, height }: Space): Space {
  return { x: round2(x), y: y + CLEARANCE_PX, width: round2(width), height: height - 2 * CLEARANCE_PX };
}

const signIn = ({ shelf, hidden }: Item) => (hidden ? null : signOf(shelf));

function nameOf({ face }: ElevationLayout, { shelf, hidden }: Item): string {
  return hidden ? hiddenName(face, shelf) : shelfName(shelf);
}

function panelOf(layout: ElevationLayout, item: Item, name: string, { palette, stripes }: ShelfStyle): Panel {
  const { shelf, space, written, troubles, hidden } = item;
  const sign = signIn(item);
  const look = hidden ? "behind" : lookOf(palette, layout.rack, shelf);
  // Colours that say something go before colours that somebody liked; ink has none.
  const paint = palette.colorBy.by === "STATE" && stripes === "filled" && !hidden && !shelf.dimmed ? shelf.paint : null;
  const absent = (shelf.absence !== null && !hidden && !shelf.dimmed) || undefined;
  const label = { look, sign, name, model: hidden ? "" : shelfModel(shelf), hatched: troubles.length > 0, paint };
  return {
    kind: "panel",
    ...space,
    look,
    ...(absent ? { absent } : {}),
    sign,
    tooltip: tooltip(layout, item),
    ...(shelf.href === null || hidden ? {} : { href: shelf.href }),
    ...(paint?.line == null ? {} : { paint: { fill: null, line: paint.line } }),
    shapes: panelShapes(space, label, stripes, written),
  };
}

function tooltip({ rack, face }: ElevationLayout, { shelf, troubles, hidden }: Item): string {
  const { reservation } = shelf;
  const other = face === "FRONT" ? "rear" : "front";
  return [
    shelf.title,
    shelf.subtitle,
    `${unitsLabel(rack, shelf.place)} · ${signLabel(signOf(shelf))}${hidden ? ` · on the ${other}` : ""}`,
    reservation === null ? "" : `for ${reservation.owner}`,
    reservation?.reason ?? "",
    reservation?.endsAt == null ? "" : `until ${reservation.endsAt.slice(0, 10)}`,
    loadLine(shelf),
    ...shelf.tooltip,
    ...troubles,
    shelf.absence?.sentence ?? "",
  ]
    .map((line) => drawableText(line))
    .filter((line) => line !== "")
    .join("\n");
}

function loadLine({ amperes, watts, kilograms }: ShelfView): string {
  const parts = [amperes === null ? [] : `${amperes} A`, watts === null ? [] : `${watts} W`];
  return [...parts, kilograms === null ? [] : `${kilograms} kg`].flat().join(" · ");
}
