import { type DrawnFace, viewedFaces } from "../draw-options.js";
import type { RackElevation, ViewedFace } from "../elevation.js";
import { type ElevationLayout, layOutElevation } from "../layout.js";
import { FACE_GAP_PX, FOOT_PX, PANEL_PX, PLATE_PX, round2, UNIT_PX } from "./measures.js";
import { cabinetPx, cabinetShapes, sidePx } from "./cabinet.js";
import { shelfPanels, type ShelfStyle } from "./shelves.js";
import { titleBlock, titleBlockHeight } from "./title.js";
import type { Group, Shape } from "./shapes.js";
import { spokenSummary } from "./spoken-summary.js";
import { type Entry, tallyOf } from "../tally.js";

/** What the whole drawing needs to know of one rack, however it is drawn. */
export interface RackMeasures {
  readonly width: number;
  /** From the floor to the top of its title. */
  readonly height: number;
  readonly tally: readonly Entry[];
  readonly spoken: string;
  /** Looks and roles that need a style. */
  readonly uses: readonly string[];
}

export interface RackPicture extends RackMeasures {
  /** Counted from the rack's left edge on the floor. */
  readonly groups: readonly Group[];
}

/** Above each of two faces: which it is. */
const CAPTION_PX = 20;

/** One rack, with its title unless that stands elsewhere, as seen from its front, its rear, or both side by side. @throws InvalidInput for a height that no rack has */
export function rackPicture(
  rack: RackElevation,
  face: DrawnFace,
  style: ShelfStyle,
  { titled } = { titled: true },
): RackPicture {
  const layouts = viewedFaces(face).map((each) => layOutElevation(rack, each));
  const [first] = layouts as [ElevationLayout];
  const faceWidth = PANEL_PX + 2 * sidePx(rack);
  const width = round2(faceWidth * layouts.length + FACE_GAP_PX * (layouts.length - 1));
  const roof = -PLATE_PX - (layouts.length > 1 ? CAPTION_PX : 0) - first.misplaced.length * UNIT_PX;
  const title = titled ? titleBlock(first, sidesLabel(face), -sidePx(rack), roof, width) : [];
  const groups = layouts.map((layout, i): Group => {
    // What lies on the roof lies there once.
    const shown = i === 0 ? layout : { ...layout, misplaced: [] };
    return {
      x: round2(sidePx(rack) + i * (faceWidth + FACE_GAP_PX)),
      y: -FOOT_PX - PLATE_PX - rack.heightU * UNIT_PX,
      shapes: [...(i === 0 ? title : []), ...faceShapes(shown, layouts.length > 1, style)],
    };
  });
  const tally = tallyOf(layouts, style.palette);
  return {
    width,
    height: FOOT_PX + cabinetPx(rack) - PLATE_PX - roof + (titled ? titleBlockHeight(first) : 0),
    tally,
    spoken: spokenSummary(first, tally),
    uses: usesOf(groups.flatMap(({ shapes }) => shapes)),
    groups,
  };
}

function faceShapes(layout: ElevationLayout, named: boolean, style: ShelfStyle): Shape[] {
  const captions: Record<ViewedFace, string> = { FRONT: "Front", REAR: "Rear, seen from behind" };
  const caption = { kind: "text", role: "fact", x: -sidePx(layout.rack), text: captions[layout.face] } as const;
  return [
    ...(named ? [{ ...caption, y: -PLATE_PX - 8 - layout.misplaced.length * UNIT_PX }] : []),
    ...cabinetShapes(layout.rack),
    ...shelfPanels(layout, -PLATE_PX, style),
  ];
}

export function sidesLabel(face: DrawnFace): string {
  return face === "BOTH" ? "front and rear" : face.toLowerCase();
}

/** The looks of panels and the roles of all shapes, sorted. */
export function usesOf(shapes: readonly Shape[]): string[] {
  const uses = new Set<string>();
  const add = (shape: Shape) => {
    if (shape.kind === "panel") {
      uses.add(shape.look);
      if (shape.absent) uses.add("absent");
      shape.shapes.forEach(add);
    } else uses.add(shape.role);
    if (shape.kind === "text" && shape.ink === "quiet") uses.add("quiet");
  };
  shapes.forEach(add);
  return [...uses].sort();
}
