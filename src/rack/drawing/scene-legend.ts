import type { ElevationLayout } from "./elevation.js";
import { round2 } from "./measures.js";
import { hatchedPanel, panelShapes } from "./scene-panel.js";
import type { Panel, Shape } from "./shapes.js";
import { SHELF_STATUSES, type ShelfStatus, statusLabel } from "./shelf-status.js";
import { textWidth } from "./text-width.js";
import { TEXT_STYLES } from "./theme.js";

const CHIP = { width: 34, height: 18 };
const ROW_PX = 26;
const KEY_GAP_PX = 8;
const COLUMN_GAP_PX = 20;

interface Entry {
  readonly status: Panel["status"];
  readonly label: string;
}

/** How many of which status are drawn. */
export function statusCounts(layouts: readonly ElevationLayout[]): Map<ShelfStatus, number> {
  const shelves = layouts.flatMap(({ standing, misplaced }) => [...standing, ...misplaced].map(({ shelf }) => shelf));
  const counts = SHELF_STATUSES.map((status) => [status, shelves.filter((s) => s.status === status).length] as const);
  return new Map(counts.filter(([, count]) => count > 0));
}

function entries(layouts: readonly ElevationLayout[]): Entry[] {
  const counts = [...statusCounts(layouts)];
  const keys: Entry[] = counts.map(([status, count]) => ({
    status,
    label: `${count} ${statusLabel(status).toLowerCase()}`,
  }));
  const overlapping = layouts.flatMap(({ standing }) => standing).filter(({ troubles }) => troubles.length > 0).length;
  const misplaced = layouts.flatMap((layout) => layout.misplaced).length;
  if (overlapping > 0) keys.push({ status: "TROUBLE", label: `${overlapping} overlapping` });
  if (misplaced > 0) keys.push({ status: "TROUBLE", label: `${misplaced} outside the rack` });
  return keys;
}

const unnamed = (status: ShelfStatus) => ({ status, title: "", subtitle: "", hatched: false });

/** What the colours and signs mean: only those that occur, in columns across `width`, below `y`. */
export function legend(
  layouts: readonly ElevationLayout[],
  x: number,
  y: number,
  width: number,
): { readonly shapes: Shape[]; readonly height: number } {
  const keys = entries(layouts);
  const { px } = TEXT_STYLES.key;
  const widest = Math.max(0, ...keys.map(({ label }) => textWidth(label, px)));
  const columnPx = CHIP.width + KEY_GAP_PX + widest + COLUMN_GAP_PX;
  if (keys.length === 0) return { shapes: [], height: 0 };
  const rows = Math.ceil(keys.length / Math.max(1, Math.floor((width + COLUMN_GAP_PX) / columnPx)));
  // As few columns as that many rows need: eight keys stand as four over four, not as seven over one.
  const columns = Math.ceil(keys.length / rows);
  const shapes = keys.flatMap(({ status, label }, i): Shape[] => {
    const [chipX, chipY] = [round2(x + (i % columns) * columnPx), round2(y + Math.floor(i / columns) * ROW_PX)];
    return [
      {
        kind: "panel",
        x: chipX,
        y: chipY,
        ...CHIP,
        status,
        tooltip: "",
        shapes:
          status === "TROUBLE"
            ? hatchedPanel(CHIP.width, CHIP.height)
            : panelShapes(CHIP.width, CHIP.height, unnamed(status)),
      },
      {
        kind: "text",
        role: "key",
        x: round2(chipX + CHIP.width + KEY_GAP_PX),
        y: round2(chipY + CHIP.height / 2 + 0.36 * px),
        text: label,
      },
    ];
  });
  return { shapes, height: rows * ROW_PX };
}
