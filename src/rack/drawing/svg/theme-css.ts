import { isColour } from "../looks/colour.js";
import type { Theme } from "../draw-options.js";
import { lookNamed, textureOf } from "../looks/looks.js";
import { PANEL_PX, round2, UNIT_PX } from "../scene/measures.js";
import { looksOf, patternId, variantOf } from "./svg-patterns.js";
import { CHROME, FONT_FAMILY, TEXT_STYLES, type Tone, TROUBLE_HATCH, type Variant } from "../looks/theme.js";

interface Styled {
  readonly key: string;
  readonly uses: ReadonlySet<string>;
}

interface Rule {
  readonly selector: string;
  readonly also?: string;
  /** Declarations that no theme changes. */
  readonly shape?: string;
  readonly fill?: Tone;
  readonly stroke?: Tone;
}

/** The style sheet of one drawing. Each selector begins with the drawing's id: style sheets of inlined SVG leak. */
export function themeCss(styled: Styled, theme: Theme): string {
  const variant = variantOf(theme);
  const rules = [
    ...chromeRules(styled),
    ...textRules(styled),
    ...looksOf(styled).flatMap((name) => lookRules(styled, name, variant)),
    ...(styled.uses.has("absent") ? [absentRule()] : []),
    ...(styled.uses.has("hatch") ? hatchRules(styled) : []),
  ];
  const scope = `#${styled.key} `;
  const css = rules.map((rule) => print(rule, scope, variant, true)).join("");
  if (theme !== "auto") return css;
  return `${css}@media(prefers-color-scheme:dark){${rules.map((rule) => print(rule, scope, "dark", false)).join("")}}`;
}

function print({ selector, also, shape, fill, stroke }: Rule, scope: string, variant: Variant, whole: boolean): string {
  const declarations = [
    ...(fill === undefined ? [] : [`fill:${checked(fill[variant])}`]),
    ...(stroke === undefined ? [] : [`stroke:${checked(stroke[variant])}`]),
    ...(whole && shape !== undefined ? [shape] : []),
  ].join(";");
  const selectors = [...(also === undefined ? [] : [also]), selector].map((each) => scope + each).join(",");
  return declarations === "" ? "" : `${selectors}{${declarations}}`;
}

function checked(text: string): string {
  if (!isColour(text)) throw new Error(`${JSON.stringify(text)} is no colour of a theme`);
  return text;
}

// From the top of a unit: half of the gap over a unit's boundary, then three holes of 3 px; see holes() in scene-cabinet.ts.
const HOLE_PX = 3;
const [FIRST, PITCH] = [(6.35 / 44.45) * UNIT_PX, (15.875 / 44.45) * UNIT_PX];
/** How a line is dashed so that it shows the holes. */
export const HOLES = {
  px: HOLE_PX,
  dashes: [HOLE_PX, PITCH - HOLE_PX, HOLE_PX, PITCH - HOLE_PX, HOLE_PX, 2 * FIRST - HOLE_PX].map(round2),
  offset: round2(HOLE_PX / 2 - FIRST),
} as const;

/** The outline of what is not where it is planned: a chain line, as draughtsmen draw what stands elsewhere. */
export const ABSENT = { px: 1.5, dashes: [8, 3, 2, 3] } as const;

function chromeRules({ uses }: Styled): Rule[] {
  const rules: Rule[] = [
    { selector: ".paper", fill: CHROME.paper },
    { selector: ".floor", stroke: CHROME.edge },
    { selector: ".feet", fill: CHROME.edge },
    { selector: ".cabinet", fill: CHROME.cabinet, stroke: CHROME.edge },
    { selector: ".bay", fill: CHROME.bay },
    {
      selector: ".slot",
      stroke: CHROME.slot,
      shape: `fill:none;stroke-width:${PANEL_PX};stroke-dasharray:1 ${UNIT_PX - 1}`,
    },
    {
      selector: ".hole",
      stroke: CHROME.hole,
      shape: `fill:none;stroke-width:${HOLE_PX};stroke-dasharray:${HOLES.dashes.join(" ")};stroke-dashoffset:${HOLES.offset}`,
    },
    { selector: ".paint", shape: "pointer-events:none" },
    { selector: ".track", fill: CHROME.track },
    { selector: ".gauge", fill: CHROME.gauge },
    { selector: ".over", fill: CHROME.over },
    { selector: ".shadow", fill: CHROME.line, shape: "opacity:.6;filter:blur(4.2px)" },
    { selector: ".frame", fill: CHROME.frame, stroke: CHROME.line },
  ];
  return [
    { selector: "text", shape: `font-family:${FONT_FAMILY};text-rendering:geometricPrecision` },
    { selector: "path", shape: "fill-rule:evenodd" },
    // Bodies have a class, and the tooltips; signs and texts let the pointer through to them.
    { selector: "path:not([class])", also: "text", shape: "pointer-events:none" },
    // A rule for what nothing is would be a line for nothing.
    ...rules.filter(({ selector }) => uses.has(selector.slice(1))),
  ];
}

function textRules({ uses }: Styled): Rule[] {
  const rules = Object.entries(TEXT_STYLES)
    .filter(([role]) => uses.has(role))
    .map(([role, { px, weight, anchor, colour }]) => ({
      // Most texts are names and carry no class (see scene-svg.ts); unit numbers have theirs on their group.
      selector: role === "name" ? "text" : role.endsWith("number") ? `.${role} text` : `.${role}`,
      ...(role === "aside" ? { also: "path+text+text" } : {}),
      fill: colour,
      shape: [
        `font-size:${px}px`,
        // The widths are those of 700, the widest: some of the five fonts have nothing between.
        `font-weight:${weight === "bold" ? 600 : 400}`,
        // A model below its name follows it as an aside does.
        ...(anchor === "start" && role !== "model" ? [] : [`text-anchor:${anchor}`]),
      ].join(";"),
    }));
  return [...rules, ...(uses.has("quiet") ? [{ selector: "text.quiet", fill: CHROME.quiet }] : [])];
}

function lookRules(styled: Styled, name: string, variant: Variant): Rule[] {
  const look = lookNamed(name);
  const texture = textureOf(look, variant);
  const id = patternId(styled, name);
  const outline = [
    ...(texture === undefined ? [] : [`fill:url(#${id})`]),
    ...(look.dash === undefined ? [] : [`stroke-dasharray:${look.dash}`]),
    ...(look.thick === undefined ? [] : ["stroke-width:2"]),
  ].join(";");
  return [
    {
      selector: `.${name}`,
      stroke: look.edge,
      ...(outline === "" ? {} : { shape: outline }),
      ...(texture === undefined ? { fill: look.body } : {}),
    },
    // The sign or its stripe comes right after the body; without one that would be the next panel's body.
    ...(look.unsigned ? [] : [{ selector: `.${name}+path`, fill: look.stripe }]),
    ...(texture === undefined
      ? []
      : [
          { selector: `#${id} rect`, fill: look.body },
          { selector: `#${id} path`, fill: texture.tone },
        ]),
  ];
}

/** After the looks, whose outlines it replaces. */
function absentRule(): Rule {
  const shape = `stroke-width:${ABSENT.px};stroke-dasharray:${ABSENT.dashes.join(" ")}`;
  return { selector: ".absent", stroke: CHROME.trouble, shape };
}

function hatchRules(styled: Styled): Rule[] {
  const id = patternId(styled, "trouble");
  return [
    {
      selector: ".hatch",
      stroke: CHROME.trouble,
      shape: `fill:url(#${id});stroke-width:1.5;pointer-events:none`,
    },
    { selector: `#${id} path`, fill: TROUBLE_HATCH },
  ];
}
