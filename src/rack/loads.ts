import type { ShelfKind } from "./shelf-kind.js";

/** What is drawn and weighed, of what says so. */
export interface Load {
  readonly sum: number;
  /** Not everything that stands here says how much: the truth is more. */
  readonly atLeast: boolean;
}

export type LoadKey = "amperes" | "watts" | "kilograms";
export type LoadTotals = Readonly<Record<LoadKey, Load | null>>;

/** Something that may say what it draws and weighs. */
export type Loaded = { readonly kind: ShelfKind } & { readonly [key in LoadKey]: number | null };

/** Null for what nothing says. A promise draws nothing, and what may not be used weighs nothing. */
export function loadTotals(shelves: readonly Loaded[]): LoadTotals {
  const real = shelves.filter(({ kind }) => kind !== "RESERVED" && kind !== "NOT_AVAILABLE" && kind !== "BLANK");
  const total = (key: LoadKey): Load | null => {
    const known = real.flatMap((shelf) => shelf[key] ?? []);
    if (known.length === 0) return null;
    // Tenths: 0.1 + 0.2 must not be drawn as 0.30000000000000004.
    return { sum: Math.round(known.reduce((a, b) => a + b, 0) * 10) / 10, atLeast: known.length < real.length };
  };
  return { amperes: total("amperes"), watts: total("watts"), kilograms: total("kilograms") };
}
