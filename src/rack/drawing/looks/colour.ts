/** Red, green and blue from 0 to 255 of `#rrggbb`. */
function channels(hex: string): [number, number, number] {
  const at = (i: number) => Number.parseInt(hex.slice(i, i + 2), 16);
  return [at(1), at(3), at(5)];
}

/** The only spelling of a colour that may reach a drawing: svg.js turns a fill that looks like the name of a picture into an `<image>`. */
export function isColour(text: string): boolean {
  return /^#[0-9a-f]{6}$/.test(text);
}

/** `share` of `colour` over the rest of `ground`. */
export function mix(colour: string, ground: string, share: number): string {
  const [over, under] = [channels(colour), channels(ground)];
  const hex = over.map((value, i) => Math.round(value * share + (under[i] ?? 0) * (1 - share)));
  return `#${hex.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/** Relative luminance (WCAG 2.1). */
function luminance(hex: string): number {
  const linear = (value: number) =>
    value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
  const [r, g, b] = channels(hex);
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

/** WCAG 2.1: from 1 (the same) to 21 (black on white); text is readable from 4.5 on. */
export function contrast(a: string, b: string): number {
  const [one, other] = [luminance(a), luminance(b)];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

export const READABLE = 4.5;

/** `wanted` where one can read it on `ground`, else black or white: one of them always has 4.58. */
export function inkOn(ground: string, wanted: string | null): string {
  if (wanted !== null && contrast(wanted, ground) >= READABLE) return wanted;
  return contrast("#000000", ground) >= contrast("#ffffff", ground) ? "#000000" : "#ffffff";
}
