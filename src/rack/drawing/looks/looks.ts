import { EQUIPMENT_KINDS, type EquipmentKind } from "../../shelf-kind.js";
import { mix } from "./colour.js";
import { SHELF_STATUSES, type ShelfStatus } from "../shelf-status.js";
import { type Texture, TEXTURES } from "./textures.js";
import { CHROME, type Tone, tone, type Variant } from "./theme.js";

/** How a panel looks. `texture` is drawn over the body; `dash` and `thick` shape its outline: paper may be grey. */
export interface Look {
  readonly body: Tone;
  /** The bar at its left end that holds its sign; of a `plain` look the sign itself. */
  readonly stripe: Tone;
  readonly edge: Tone;
  /** In black ink the texture may be another than in colour: it says what the hue says. */
  readonly texture?: { readonly kind: Texture; readonly colour: Tone; readonly weight?: 1 | 2 };
  readonly inkTexture?: { readonly kind: Texture; readonly weight: 1 | 2 };
  readonly dash?: string;
  readonly thick?: true;
  /** No bar: the sign stands on the body. Never a machine: only machines have a state. */
  readonly plain?: true;
  /** Nothing of this look ever has a sign. */
  readonly unsigned?: true;
}

const WHITE = "#ffffff";
const BLACK = "#000000";
/** Dark enough to be seen, light enough for text to be read on it. */
const HATCH = "#cfcfcf";
const INK_HATCH = tone(HATCH, HATCH, HATCH);

const state = (body: [string, string], stripe: [string, string], edge: [string, string], rest: Partial<Look> = {}) => ({
  body: tone(...body, WHITE),
  stripe: tone(...stripe, BLACK),
  edge: tone(...edge, BLACK),
  ...rest,
});

const STATUS_LOOKS: Readonly<Record<ShelfStatus, Look>> = {
  DISCOVERED: state(["#f5f1fd", "#221b36"], ["#7548c4", "#ab8ff0"], ["#7548c4", "#ab8ff0"], { dash: "5 3" }),
  READY: state(["#edf2f7", "#1e2833"], ["#55708c", "#8fa8c2"], ["#b4c3d2", "#3d4f61"]),
  ARMED: state(["#fff4dc", "#33260d"], ["#a85a00", "#f2aa3c"], ["#d9a860", "#7d5a1f"], {
    texture: { kind: "diagonal", colour: tone("#fce6b8", "#443414", "#dedede") },
  }),
  INSTALLING: state(["#e8f1fe", "#10243f"], ["#1c64d1", "#62a2fb"], ["#93bbf1", "#2c568e"], {
    texture: { kind: "dots", colour: tone("#c3dafa", "#1f4270", HATCH) },
  }),
  INSTALLED: state(["#e5f5eb", "#112a1d"], ["#1b7f4c", "#41bb7c"], ["#a3d4b8", "#26593f"]),
  FAILED: state(["#fde7e7", "#3f1519"], ["#c3232d", "#f66d70"], ["#c3232d", "#f66d70"], { thick: true }),
  LOCKED: state(["#e3e6ea", "#2c333b"], ["#28323d", "#d3dae1"], ["#28323d", "#d3dae1"], {
    inkTexture: { kind: "back", weight: 1 },
  }),
  RETIRED: state(["#f8f9fa", "#171c21"], ["#737c86", "#86919c"], ["#a9b1ba", "#4b555f"], { dash: "1.5 2.5" }),
};

const equipment = (body: [string, string], rest: Partial<Look> = {}): Look => ({
  body: tone(...body, WHITE),
  stripe: tone("#5f6b78", "#8b98a6", "#333333"),
  edge: tone("#c5ccd4", "#39444f", "#808080"),
  plain: true,
  ...rest,
});

const EQUIPMENT_LOOKS: Readonly<Record<EquipmentKind, Look>> = {
  SWITCH: equipment(["#e9edf1", "#1d252d"]),
  PATCH_PANEL: equipment(["#f1f3f5", "#191f26"]),
  PDU: equipment(["#e9edf1", "#1d252d"]),
  UPS: equipment(["#dfe4e9", "#222b34"]),
  CABLE_GUIDE: equipment(["#f4f6f8", "#161c22"], {
    texture: { kind: "vertical", colour: tone("#e4e8ec", "#202830", "#e3e3e3") },
  }),
  TRAY: equipment(["#f4f6f8", "#161c22"]),
  BLANK: equipment(["#eceff2", "#181e25"]),
  OTHER: equipment(["#f1f3f5", "#191f26"]),
};

const OTHER_LOOKS = {
  /** A machine whose status is not known. */
  machine: equipment(["#edf2f7", "#1e2833"]),
  reserved: { body: CHROME.bay, stripe: CHROME.quiet, edge: CHROME.quiet, dash: "7 4", plain: true },
  not_available: {
    body: tone("#d5dbe1", "#2d3741", WHITE),
    stripe: tone("#4a5663", "#a3b0bd", BLACK),
    edge: tone("#b4bdc7", "#45515d", "#808080"),
    plain: true,
    inkTexture: { kind: "grid", weight: 1 },
  },
  /** Room that something on the other face takes. */
  behind: {
    body: CHROME.bay,
    stripe: CHROME.quiet,
    edge: CHROME.behind,
    plain: true,
    unsigned: true,
    texture: { kind: "back", colour: CHROME.behind },
  },
  /** A machine that is seen where the record does not have it. */
  ghost: { body: CHROME.ghost, stripe: CHROME.trouble, edge: CHROME.trouble, dash: "5 3", plain: true },
  /** A box of the classic theme. */
  classic: { body: CHROME.frame, stripe: CHROME.line, edge: CHROME.line, plain: true, unsigned: true },
  /** Not among those the reader asked for: its outline is left. */
  dim: { body: CHROME.bay, stripe: CHROME.hole, edge: CHROME.slot, plain: true },
  /** A value that colours tell nothing of, such as a machine without a profile. */
  none: {
    body: tone("#f1f3f5", "#1a2027", WHITE),
    stripe: tone("#67727e", "#8b97a3", BLACK),
    edge: tone("#c5ccd4", "#3d4855", "#808080"),
  },
} as const satisfies Record<string, Look>;

/** Stripes on light and on dark paper that colour-blind eyes tell apart; after Okabe and Ito, with a contrast of 3 to their body. */
const HUES: readonly (readonly [string, string])[] = [
  ["#0a64a8", "#5caeea"], // blue
  ["#bb4b06", "#f28c4e"], // vermilion
  ["#00785a", "#33c79e"], // bluish green
  ["#9c3f84", "#e291cc"], // reddish purple
  ["#7d6200", "#e8c94f"], // dark yellow
  ["#2f86b8", "#a3d8f7"], // sky blue
  ["#4a3aa8", "#a59bf5"], // indigo
  ["#8c1f46", "#ef7f9f"], // wine
];
const IN_COLOUR = [undefined, ...TEXTURES];
const IN_INK = ([1, 2] as const).flatMap((weight) => TEXTURES.map((kind) => ({ kind, weight })));
/** More values than these share the look of all others. */
export const VALUE_COUNT = HUES.length * IN_COLOUR.length;

/** The look of the `index`th value: hues first, then hues with textures; in ink textures, thin and thick, the last of a round with none. */
function valueLook(index: number): Look {
  const [light, dark] = HUES[index % HUES.length] ?? ["", ""];
  const kind = IN_COLOUR[Math.floor(index / HUES.length)];
  const inkTexture = IN_INK[index % (IN_INK.length + 1)];
  const over = (paper: Variant, share: number) =>
    mix(paper === "dark" ? dark : light, CHROME.paper[paper === "dark" ? "dark" : "light"], share);
  return {
    body: tone(over("light", 0.1), over("dark", 0.17), WHITE),
    stripe: tone(light, dark, BLACK),
    edge: tone(over("light", 0.45), over("dark", 0.4), BLACK),
    ...(kind === undefined ? {} : { texture: { kind, colour: tone(over("light", 0.22), over("dark", 0.3), WHITE) } }),
    ...(inkTexture === undefined ? {} : { inkTexture }),
  };
}

const LOOKS: ReadonlyMap<string, Look> = new Map<string, Look>([
  ...SHELF_STATUSES.map((status) => [status.toLowerCase(), STATUS_LOOKS[status]] as const),
  ...EQUIPMENT_KINDS.map((kind) => [kind.toLowerCase(), EQUIPMENT_LOOKS[kind]] as const),
  ...Object.entries(OTHER_LOOKS),
  ...Array.from({ length: VALUE_COUNT }, (_, i) => [`v${i}`, valueLook(i)] as const),
]);

export const LOOK_NAMES: readonly string[] = [...LOOKS.keys()];

export function lookNamed(name: string): Look {
  const look = LOOKS.get(name);
  if (look === undefined) throw new Error(`no look ${name}`);
  return look;
}

/** What is drawn over a panel's body in this variant. */
export function textureOf(look: Look, variant: Variant): { kind: Texture; weight: 1 | 2; tone: Tone } | undefined {
  if (variant === "print" && look.inkTexture !== undefined) return { ...look.inkTexture, tone: INK_HATCH };
  const { texture } = look;
  // In ink a value's texture is its own (above) or none.
  if (texture === undefined || (variant === "print" && texture.colour.print === WHITE)) return undefined;
  return { kind: texture.kind, weight: texture.weight ?? 1, tone: texture.colour };
}
