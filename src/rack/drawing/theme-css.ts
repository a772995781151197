import type { Theme } from "./draw-options.js";
import { UNIT_PX } from "./measures.js";
import type { Panel, Scene } from "./shapes.js";
import type { ShelfStatus } from "./shelf-status.js";
import { CHROME, FONT_FAMILY, STATUS_PAINT, TEXT_STYLES, TROUBLE_HATCH, type Tone } from "./theme.js";

interface Rule {
  readonly selector: string;
  /** Declarations that no theme changes. */
  readonly shape?: string;
  readonly fill?: Tone | "none";
  readonly stroke?: Tone;
}

/** The class of a panel, and the middle of the id of its texture. */
export function statusClass(status: Panel["status"]): string {
  return status.toLowerCase();
}

/** The id of the texture of a status, or of the hatch over what is in the wrong place. */
export function patternId(scene: Scene, of: Panel["status"]): string {
  return `${scene.key}-${of.toLowerCase()}`;
}

/** The style sheet of one drawing. Each selector begins with the drawing's id: style sheets of inlined SVG leak. */
export function themeCss(scene: Scene, theme: Theme): string {
  const rules = [...chromeRules(), ...textRules(rolesOf(scene)), ...scene.statuses.flatMap(statusRules(scene))];
  if (scene.hasTrouble) rules.push(...troubleRules(scene));
  const scope = `#${scene.key} `;
  const css = rules.map((rule) => print(rule, scope, theme === "dark" ? "dark" : "light", true)).join("");
  if (theme !== "auto") return css;
  return `${css}@media(prefers-color-scheme:dark){${rules.map((rule) => print(rule, scope, "dark", false)).join("")}}`;
}

function print({ selector, shape, fill, stroke }: Rule, scope: string, variant: keyof Tone, whole: boolean): string {
  const colours = [
    fill === undefined || (fill === "none" && !whole) ? "" : `fill:${fill === "none" ? fill : colour(fill[variant])}`,
    stroke === undefined ? "" : `stroke:${colour(stroke[variant])}`,
  ];
  const declarations = [...colours, whole ? (shape ?? "") : ""].filter((part) => part !== "").join(";");
  return declarations === "" ? "" : `${scope}${selector}{${declarations}}`;
}

/** svg.js turns a fill that looks like the name of a picture into an `<image>`: nothing but `#rrggbb` may pass. */
function colour(text: string): string {
  if (!/^#[0-9a-f]{6}$/.test(text)) throw new Error(`${JSON.stringify(text)} is no colour of a theme`);
  return text;
}

// From the top of a unit: half of the gap over a unit's boundary, then three holes of 3 px; see holes() in scene-rack.ts.
const HOLE_PX = 3;
const [FIRST, PITCH] = [(6.35 / 44.45) * UNIT_PX, (15.875 / 44.45) * UNIT_PX];
const HOLE_DASHES = [HOLE_PX, PITCH - HOLE_PX, HOLE_PX, PITCH - HOLE_PX, HOLE_PX, 2 * FIRST - HOLE_PX]
  .map((px) => px.toFixed(2))
  .join(" ");

function chromeRules(): Rule[] {
  return [
    { selector: "text", shape: `font-family:${FONT_FAMILY};text-rendering:geometricPrecision` },
    { selector: ".paper", fill: CHROME.paper },
    { selector: ".floor", stroke: CHROME.edge },
    { selector: ".feet", fill: CHROME.edge },
    { selector: ".cabinet", fill: CHROME.cabinet, stroke: CHROME.edge },
    { selector: ".bay", fill: CHROME.bay },
    { selector: ".slot", fill: "none", stroke: CHROME.slot },
    {
      selector: ".hole",
      fill: "none",
      stroke: CHROME.hole,
      shape: `stroke-width:${HOLE_PX};stroke-dasharray:${HOLE_DASHES};stroke-dashoffset:${(HOLE_PX / 2 - FIRST).toFixed(2)}`,
    },
    { selector: ".track", fill: CHROME.track },
    { selector: ".gauge", fill: CHROME.gauge },
    { selector: "svg path", shape: "fill-rule:evenodd" },
  ];
}

/** The roles of the scene's texts; a rule for a role that nothing has would be a line for nothing. */
function rolesOf(scene: Scene): Set<string> {
  const shapes = scene.groups.flatMap((group) => group.shapes);
  const inner = shapes.flatMap((shape) => (shape.kind === "panel" ? shape.shapes : []));
  return new Set([...shapes, ...inner].flatMap((shape) => ("role" in shape ? [shape.role] : [])));
}

function textRules(roles: ReadonlySet<string>): Rule[] {
  return Object.entries(TEXT_STYLES)
    .filter(([role]) => role === "name" || roles.has(role))
    .map(([role, { px, weight, anchor, colour }]) => ({
      // Most texts are machines' names and carry no class (see scene-svg.ts); unit numbers have theirs on their group.
      selector: role === "name" ? "text" : role === "number" ? ".number text" : `.${role}`,
      fill: colour,
      shape: [
        `font-size:${px}px`,
        // The widths are those of 700, the widest: some of the five fonts have nothing between.
        `font-weight:${weight === "bold" ? 600 : 400}`,
        ...(anchor === "end" ? ["text-anchor:end"] : []),
      ].join(";"),
    }));
}

const statusRules =
  (scene: Scene) =>
  (status: ShelfStatus): Rule[] => {
    const { body, stripe, edge, texture, dash, thick } = STATUS_PAINT[status];
    // Twice as wide as it looks: the outer half lies outside the panel.
    const outline = [
      ...(texture === undefined ? [] : [`fill:url(#${patternId(scene, status)})`]),
      ...(dash === undefined ? [] : [`stroke-dasharray:${dash}`]),
      `stroke-width:${thick === undefined ? 2 : 4}`,
    ].join(";");
    const selector = `.${statusClass(status)}`;
    return [
      { selector: `${selector} rect`, stroke: edge, shape: outline, ...(texture === undefined ? { fill: body } : {}) },
      { selector: `${selector} path`, fill: stripe },
      ...(texture === undefined
        ? []
        : [
            { selector: `#${patternId(scene, status)} rect`, fill: body },
            { selector: `#${patternId(scene, status)} path`, fill: texture.colour },
          ]),
    ];
  };

function troubleRules(scene: Scene): Rule[] {
  return [
    { selector: `.${statusClass("TROUBLE")} rect`, fill: CHROME.bay },
    {
      selector: "svg .hatch",
      stroke: CHROME.trouble,
      shape: `fill:url(#${patternId(scene, "TROUBLE")});stroke-width:3;stroke-dasharray:none`,
    },
    { selector: `#${patternId(scene, "TROUBLE")} path`, fill: TROUBLE_HATCH },
  ];
}
