import { fitText, textWidth, type Weight } from "./text-width.js";

/** A name and the room it has. */
export interface NameRoom {
  readonly name: string;
  readonly room: number;
  readonly px: number;
  readonly weight: Weight;
}

/**
 * The names of a rack, shortened to their rooms so that different names stay different: neighbours are of one family,
 * and a rack of machines that are all called "web-frontend…" says nothing.
 */
export function fitNames(names: readonly NameRoom[]): string[] {
  const fitted = names.map(fitHostName);
  for (const cut of CUTS) {
    const twins = twinsOf(names, fitted);
    if (twins.length === 0) return fitted;
    for (const group of twins) {
      const members = group.flatMap((i) => names[i] ?? []);
      const tried = cut(members);
      // Only what tells more of the group apart is taken.
      if (new Set(tried).size <= 1 || tried.includes("")) continue;
      group.forEach((i, at) => (fitted[i] = tried[at] ?? ""));
    }
  }
  for (const group of twinsOf(names, fitted)) numberTwins(names, fitted, group);
  return fitted;
}

/** Indices of different names that came out the same. */
function twinsOf(names: readonly NameRoom[], fitted: readonly string[]): number[][] {
  const same = new Map<string, number[]>();
  fitted.forEach((text, i) => text !== "" && same.set(text, [...(same.get(text) ?? []), i]));
  return [...same.values()].filter((group) => new Set(group.map((i) => names[i]?.name)).size > 1);
}

type Cut = (group: readonly NameRoom[]) => string[];
const share =
  (tail: number): Cut =>
  (group) =>
    group.map(({ name, room, px, weight }) => fitText(name, room, px, weight, tail));

/** All of a group are cut in one way, so that one sees what they have in common: at the middle, then nearer to an end, then from where they begin to differ. */
const CUTS: readonly Cut[] = [share(0.4), share(0.65), share(1), share(0.2), share(0), fromDifference];

function fromDifference(group: readonly NameRoom[]): string[] {
  const common = commonPrefix(group.map(({ name }) => name));
  return group.map(({ name, room, px, weight }) => {
    const rest = fitText(name.slice(common), room - textWidth("…", px, weight), px, weight, 0);
    return rest === "" ? "" : `…${rest}`;
  });
}

/** Length of what all begin with, in whole characters. */
function commonPrefix(names: readonly string[]): number {
  const distinct = [...new Set(names)];
  const [first = ""] = distinct;
  let length = 0;
  for (const character of first) {
    if (!distinct.every((name) => name.startsWith(character, length))) break;
    length += character.length;
  }
  return length;
}

/** As a last resort "web…~2": the tooltip has the whole name. */
function numberTwins(names: readonly NameRoom[], fitted: string[], group: readonly number[]): void {
  const shown = new Set(fitted);
  const numbered = new Map<string, string>();
  let n = 0;
  for (const i of [...group].sort((a, b) => ((names[a]?.name ?? "") < (names[b]?.name ?? "") ? -1 : 1))) {
    const { name, room, px, weight } = names[i] as NameRoom;
    let text = numbered.get(name);
    while (text === undefined) {
      const suffix = `~${++n}`;
      const tried = fitText(name, room - textWidth(suffix, px, weight), px, weight, 0) + suffix;
      if (textWidth(tried, px, weight) > room) return;
      if (!shown.has(tried)) text = tried;
    }
    numbered.set(name, text);
    shown.add(text);
    fitted[i] = text;
  }
}

// At least two labels, the first with a letter: no address such as 10.0.3.17, no version.
const FULL_HOST_NAME = /^(?=[^.]*[a-z])[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+\.?$/i;

/** Cards of one maker begin alike. */
const MAC_ADDRESS = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/;

/** In a rack all are of one domain, so that goes first: `web-017.tyo1.example.net` becomes `web-017.tyo1…`. */
function fitHostName({ name, room, px, weight }: NameRoom): string {
  if (MAC_ADDRESS.test(name)) return fitText(name, room, px, weight, 1);
  if (!FULL_HOST_NAME.test(name) || textWidth(name, px, weight) <= room) return fitText(name, room, px, weight);
  const labels = name.split(".");
  for (let count = labels.length - 1; count > 0; count--) {
    const shorter = `${labels.slice(0, count).join(".")}…`;
    if (textWidth(shorter, px, weight) <= room) return shorter;
  }
  return fitText(labels[0] ?? "", room, px, weight);
}
