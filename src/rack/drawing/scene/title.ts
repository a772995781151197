import { drawableText } from "../text/drawable-text.js";
import type { ElevationLayout } from "../layout.js";
import { locationLabel } from "../text/location-label.js";
import type { Load } from "../../loads.js";
import { round2 } from "./measures.js";
import type { Box, Shape, Text } from "./shapes.js";
import { fitText, textWidth } from "../text/text-width.js";
import { TEXT_STYLES, type TextRole } from "../looks/theme.js";

const GAUGE_PX = 4;
const LINE_PX = 16;
/** A gauge and the words below it. */
const GAUGE_ROW_PX = 27;
const NAME_PX = 30;
const COLUMN_GAP_PX = 18;
const BOTTOM_PX = 12;

/** One gauge: a sum, and what of it there may be. */
interface Gauge {
  readonly label: string;
  /** Of the whole; null where nobody knows the whole. */
  readonly share: number | null;
}

/** The lines between the rack's name and its totals. */
function facts({ rack }: ElevationLayout): string[] {
  return [locationLabel(rack.location), drawableText(rack.description ?? "")].filter((line) => line !== "");
}

export function titleBlockHeight(layout: ElevationLayout): number {
  const rows = loadGauges(layout).length > 0 ? 2 : 1;
  return NAME_PX + facts(layout).length * LINE_PX + rows * GAUGE_ROW_PX + BOTTOM_PX;
}

/** Who the rack is and how much room it has, standing on `bottom`. `sides` says what one looks at: "front". */
export function titleBlock(layout: ElevationLayout, sides: string, x: number, bottom: number, width: number): Shape[] {
  const { rack } = layout;
  const top = bottom - titleBlockHeight(layout);
  const size = `${rack.heightU}U · ${sides}`;
  const nameRoom = width - textWidth(size, TEXT_STYLES.size.px) - 12;
  const nameY = top + NAME_PX - 8;
  const lines = facts(layout);
  const gaugeY = top + NAME_PX + lines.length * LINE_PX + 4;
  const loads = loadGauges(layout);
  const half = (width - COLUMN_GAP_PX) / 2;
  return [
    fitted("rack", x, nameY, drawableText(rack.name), nameRoom),
    fitted("size", x + width, nameY, size, width),
    ...lines.map((line, i) => fitted("fact", x, nameY + (i + 1) * LINE_PX + 2, line, width)),
    ...gauge({ label: spaceLabel(layout), share: layout.totals.usedU / rack.heightU }, x, gaugeY, width),
    ...loads.flatMap((load, i) =>
      gauge(
        load,
        x + i * (half + COLUMN_GAP_PX),
        gaugeY + GAUGE_ROW_PX,
        loads.length === 1 && load.share === null ? width : half,
      ),
    ),
  ];
}

function gauge({ label, share }: Gauge, x: number, y: number, width: number): Shape[] {
  const bar = { kind: "box" as const, x: round2(x), y: round2(y), height: GAUGE_PX, radius: GAUGE_PX / 2 };
  const filled = round2(width * Math.min(1, share ?? 0));
  const bars: Box[] =
    share === null
      ? []
      : [
          { ...bar, role: "track", width: round2(width) },
          ...(filled > 0 ? [{ ...bar, role: share > 1 ? ("over" as const) : ("gauge" as const), width: filled }] : []),
        ];
  return [
    ...bars,
    fitted("fact", x, y + GAUGE_PX + 13, share !== null && share > 1 ? `${label} · too much` : label, width),
  ];
}

function spaceLabel({ totals }: ElevationLayout): string {
  if (totals.freeU === 0) return `${totals.usedU}U used · full`;
  return `${totals.usedU}U used · ${totals.freeU}U free · largest gap ${totals.largestGapU}U`;
}

/** Power at the left, weight at the right, as far as anything is known of them. */
function loadGauges({ rack, loads }: ElevationLayout): Gauge[] {
  const { watts, amperes, kilograms } = loads;
  const power = [measured(watts, rack.capacity.watts, "W"), measured(amperes, null, "A")].filter((part) => part !== "");
  const weight = measured(kilograms, rack.capacity.kilograms, "kg");
  return [
    ...(power.length === 0 ? [] : [{ label: power.join(" · "), share: shareOf(watts, rack.capacity.watts) }]),
    ...(weight === "" ? [] : [{ label: weight, share: shareOf(kilograms, rack.capacity.kilograms) }]),
  ];
}

function shareOf(load: Load | null, capacity: number | null): number | null {
  return capacity === null || capacity <= 0 ? null : (load?.sum ?? 0) / capacity;
}

/** "≥ 3,120 of 8,000 W": what nobody told is not counted, and of nothing told the sum is not 0. */
function measured(load: Load | null, capacity: number | null, unit: string): string {
  if (load === null) return capacity === null ? "" : `? of ${grouped(capacity)} ${unit}`;
  const sum = `${load.atLeast ? "≥ " : ""}${grouped(load.sum)}`;
  return `${sum}${capacity === null ? "" : ` of ${grouped(capacity)}`} ${unit}`;
}

/** 12,345.6: the same on every machine, whatever its locale. */
function grouped(value: number): string {
  return GROUPED.format(value);
}
const GROUPED = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });

function fitted(role: TextRole, x: number, y: number, content: string, room: number): Text {
  const { px, weight } = TEXT_STYLES[role];
  return { kind: "text", role, x: round2(x), y: round2(y), text: fitText(content, room, px, weight) };
}
