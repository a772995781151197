import type { ColorBy } from "../draw-options.js";
import { drawableText } from "../text/drawable-text.js";
import type { RackElevation, ShelfView } from "../elevation.js";
import { type Sign, signLabel } from "./glyphs.js";
import { compareText } from "../../../text-order.js";
import { locationLabel } from "../text/location-label.js";
import { VALUE_COUNT } from "./looks.js";

/** What the colours of a drawing say, and which value has which look. */
export interface Palette {
  readonly colorBy: ColorBy;
  readonly looks: ReadonlyMap<string, string>;
}

/** Gathers the values of racks, one by one: of a hundred racks that takes its time. */
export class PaletteMaker {
  readonly #values = new Set<string>();

  constructor(private readonly colorBy: ColorBy) {}

  add(rack: RackElevation): this {
    if (this.colorBy.by === "STATE") return this;
    for (const shelf of rack.shelves) {
      const value = valueOf(this.colorBy, rack, shelf);
      if (value !== null) this.#values.add(value);
    }
    return this;
  }

  /** Looks by the order of the values: the same racks have the same colours tomorrow. Those beyond the last look have none. */
  palette(): Palette {
    const sorted = [...this.#values].sort(compareText).slice(0, VALUE_COUNT);
    return { colorBy: this.colorBy, looks: new Map(sorted.map((value, i) => [value, `v${i}`])) };
  }
}

export function paletteOf(racks: readonly RackElevation[], colorBy: ColorBy): Palette {
  const maker = new PaletteMaker(colorBy);
  for (const rack of racks) maker.add(rack);
  return maker.palette();
}

/** What the colour of this shelf would say; null where it has no such thing, and by state. */
export function valueOf(colorBy: ColorBy, rack: RackElevation, shelf: ShelfView): string | null {
  if (shelf.kind === "RESERVED" || shelf.kind === "NOT_AVAILABLE" || shelf.dimmed) return null;
  const value = rawValue(colorBy, rack, shelf);
  const shown = value === null ? "" : drawableText(value);
  return shown === "" ? null : shown;
}

function rawValue(colorBy: ColorBy, rack: RackElevation, shelf: ShelfView): string | null {
  switch (colorBy.by) {
    case "STATE":
      return null;
    case "MODEL":
      return shelf.subtitle;
    case "PROFILE":
      return shelf.profile;
    case "LOCATION":
      return locationLabel({ ...rack.location, position: null });
    case "KIND":
      return shelf.kind === "MACHINE" ? "Machine" : signLabel(shelf.kind);
    case "LABEL":
      return Object.hasOwn(shelf.labels, colorBy.key) ? (shelf.labels[colorBy.key] ?? null) : null;
  }
}

/** The name of a shelf's look (looks.ts). */
export function lookOf(palette: Palette, rack: RackElevation, shelf: ShelfView): string {
  if (shelf.dimmed) return "dim";
  const value = valueOf(palette.colorBy, rack, shelf);
  const look = value === null ? undefined : palette.looks.get(value);
  if (look !== undefined) return look;
  if (shelf.kind !== "MACHINE") return shelf.kind.toLowerCase();
  return palette.colorBy.by === "STATE" ? signOf(shelf).toLowerCase() : "none";
}

/** Of a machine whose status nobody told, such as one in another program's file, only that it is one. */
export function signOf({ kind, status }: ShelfView): Sign {
  return status ?? kind;
}

/** "Model", "role": what the values in the legend are. */
export function colorCaption(colorBy: ColorBy): string {
  return colorBy.by === "LABEL" ? drawableText(colorBy.key) : colorBy.by.charAt(0) + colorBy.by.slice(1).toLowerCase();
}
