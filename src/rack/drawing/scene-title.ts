import { drawableText } from "./drawable-text.js";
import type { ElevationLayout, RackElevation } from "./elevation.js";
import { CABINET_PX, round2 } from "./measures.js";
import type { Shape, Text } from "./shapes.js";
import { fitText, textWidth } from "./text-width.js";
import { TEXT_STYLES, type TextRole } from "./theme.js";

const GAUGE_PX = 4;
const LINE_PX = 16;

/** The lines between the rack's name and its totals. */
function facts({ rack }: ElevationLayout): string[] {
  return [locationLabel(rack.location), drawableText(rack.description ?? "")].filter((line) => line !== "");
}

/** "Tokyo-1 · room 3 · row B", as far as it is known. */
export function locationLabel({ site, room, row }: RackElevation["location"]): string {
  const known = (value: string | null | undefined, word: string) => {
    const shown = drawableText(value ?? "");
    return shown === "" ? [] : [word + shown];
  };
  return [...known(site, ""), ...known(room, "room "), ...known(row, "row ")].join(" · ");
}

// Counted up from the cabinet: the baseline of the totals, the upper edge of the gauge, the last line of facts.
const TOTALS_UP = 12;
const GAUGE_UP = 30;
const FACTS_UP = 42;

export function titleBlockHeight(layout: ElevationLayout): number {
  return FACTS_UP + facts(layout).length * LINE_PX + 24;
}

/** Who the rack is and how much room it has, standing on `bottom`. */
export function titleBlock(layout: ElevationLayout, x: number, bottom: number): Shape[] {
  const { rack, totals } = layout;
  const right = x + CABINET_PX;
  const lines = facts(layout);
  const nameY = bottom - FACTS_UP - lines.length * LINE_PX;
  const size = `${rack.heightU}U · ${layout.face === "FRONT" ? "front" : "rear"}`;
  const nameRoom = CABINET_PX - textWidth(size, TEXT_STYLES.size.px) - 12;
  const gauge = { y: bottom - GAUGE_UP, height: GAUGE_PX, radius: GAUGE_PX / 2 };
  const used = round2((CABINET_PX * totals.usedU) / rack.heightU);
  return [
    fitted("rack", x, nameY, drawableText(rack.name), nameRoom),
    fitted("size", right, nameY, size, CABINET_PX),
    ...lines.map((line, i) => fitted("fact", x, nameY + 4 + (i + 1) * LINE_PX - 2, line, CABINET_PX)),
    { kind: "box", role: "track", x, width: CABINET_PX, ...gauge },
    ...(used > 0 ? [{ kind: "box" as const, role: "gauge" as const, x, width: used, ...gauge }] : []),
    fitted("fact", x, bottom - TOTALS_UP, totalsLabel(layout), CABINET_PX),
  ];
}

function totalsLabel({ totals }: ElevationLayout): string {
  if (totals.freeU === 0) return `${totals.usedU}U used · full`;
  return `${totals.usedU}U used · ${totals.freeU}U free · largest gap ${totals.largestGapU}U`;
}

function fitted(role: TextRole, x: number, y: number, content: string, room: number): Text {
  const { px, weight } = TEXT_STYLES[role];
  return { kind: "text", role, x: round2(x), y: round2(y), text: fitText(content, room, px, weight) };
}
