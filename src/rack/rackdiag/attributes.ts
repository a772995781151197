import { unknownAttribute } from "./advice.js";
import { parseColor } from "./color.js";
import type { Draft, ItemDraft, RackDraft } from "./draft.js";
import { isShape } from "./shapes.js";
import { drawableHref } from "../drawing/text/drawable-text.js";
import { MAX_RACK_HEIGHT_U } from "../rack-space.js";
import type { Value } from "./value.js";

type Setter<Target> = (target: Target, value: Value, draft: Draft) => void;
type Setters<Target> = ReadonlyMap<string, Setter<Target>>;

const STYLE = /^(?:none|solid|dotted|dashed|[0-9]+(?:,[0-9]+)*)$/i;
const MAX_PX = 2_000;
const NUMBERED = /^([0-9]+(?:\.[0-9]+)?)(U|u|A|kg)$/;

interface Amount {
  readonly amount: number;
  readonly unit: "U" | "A" | "kg";
}

/** `12U`, `1.5A` and `20kg`, where a name alone says how much. Full-width digits count, as for rackdiag. */
function amountOf(name: string, { helpful }: Draft): Amount | undefined {
  if (!/^[0-9\uff10-\uff19]/.test(name)) return undefined;
  const match =
    NUMBERED.exec(name) ?? NUMBERED.exec(name.replace(/[\uff10-\uff19]/g, (digit) => digit.normalize("NFKC")));
  if (match === null) return undefined;
  const amount = match[1] ?? "";
  const unit = match[2];
  if (unit === "A" || unit === "kg") return { amount: Number(amount), unit };
  const understood = unit === "U" || unit === "u" ? helpful || /^[0-9]+U$/.test(amount + unit) : false;
  return understood ? { amount: Number(amount), unit: "U" } : undefined;
}

/** Sets an attribute of a rack, or of the whole diagram when racks do not know it, as rackdiag does. */
export function setRackAttribute(rack: RackDraft, value: Value, draft: Draft): void {
  const said = amountOf(value.name, draft);
  if (said?.unit === "U") return setHeight(rack, said.amount, value, draft);
  const ofRack = RACK.get(value.name) ?? (draft.helpful ? HELPFUL_RACK.get(value.name) : undefined);
  if (ofRack !== undefined) return ofRack(rack, value, draft);
  const ofDiagram = DIAGRAM.get(value.name);
  if (ofDiagram === undefined) throw draft.source.refuse(value.start, unknownAttribute("rack", value));
  ofDiagram(rack, value, draft);
}

export function setItemAttribute(item: ItemDraft, value: Value, draft: Draft): void {
  const said = amountOf(value.name, draft);
  if (said?.unit === "U") item.height = itemHeight(said.amount, value, draft);
  else if (said?.unit === "A") item.ampere = said.amount;
  else if (said?.unit === "kg") item.weight = said.amount;
  else {
    const setter = ITEM.get(value.name);
    if (setter === undefined) throw draft.source.refuse(value.start, unknownAttribute("item", value));
    setter(item, value, draft);
  }
}

function setHeight(rack: RackDraft, height: number, value: Value, draft: Draft): void {
  const least = draft.helpful ? 0.5 : 0;
  if (height > MAX_RACK_HEIGHT_U || height < least || !Number.isInteger(height * 2)) {
    throw value.refuse(
      `a rack of ${height}U; write a height up to ${MAX_RACK_HEIGHT_U}U${draft.helpful ? " in steps of 0.5U" : ""}, usually 42U`,
    );
  }
  rack.height = height;
  rack.own.add("height");
}

function itemHeight(height: number, value: Value, draft: Draft): number {
  if (height > MAX_RACK_HEIGHT_U || height < 0 || !Number.isInteger(height * 2)) {
    throw value.refuse(
      `a height of ${height}U; write one up to ${MAX_RACK_HEIGHT_U}U${draft.helpful ? " in steps of 0.5U" : ""}, as in [2U]`,
    );
  }
  if (height === 0 && draft.helpful) draft.warn(value.start, "takes no unit: hung beside the panels, on the left");
  return height;
}

function checkStyle(value: Value): string {
  if (!STYLE.test(value.required)) {
    throw value.refuse(`${value.name} is none, solid, dotted, dashed or "5,2"; not ${JSON.stringify(value.required)}`);
  }
  return value.required.toLowerCase();
}

function checkShape(value: Value, draft: Draft): void {
  const { required } = value;
  if (!isShape(required, draft.shapeNamespace)) throw value.refuse(`no shape ${JSON.stringify(required)}; write box`);
  if (required !== "box") draft.warn(value.start, `the shape ${required} is drawn as a box`);
}

/** Read for its faults; nothing of it is shown. */
const unseen: Setter<unknown> = (_, value, draft) => draft.warn(value.start, `${value.name} has no effect here`);
const wholeNumber: Setter<unknown> = (target, value, draft) => {
  void value.integer;
  unseen(target, value, draft);
};
const anyColor: Setter<unknown> = (target, value, draft) => {
  void value.color;
  unseen(target, value, draft);
};
const word =
  (...words: string[]): Setter<unknown> =>
  (target, value, draft) => {
    value.oneOf(words);
    unseen(target, value, draft);
  };
/** The real program would open it. */
const neverOpened: Setter<unknown> = (_, value, draft) => {
  void value.required;
  draft.warn(value.start, `${value.name} is left out: no file and no address in a diagram is opened`);
};
const crash =
  (advice: string): Setter<unknown> =>
  (_, value) => {
    throw value.refuse(advice);
  };
const names = <T>(setter: Setter<T>, ...keys: string[]): [string, Setter<T>][] => keys.map((key) => [key, setter]);

const RACK: Setters<RackDraft> = new Map<string, Setter<RackDraft>>([
  [
    "ascending",
    (rack, value, draft) => {
      const off = draft.helpful && /^(?:0|no|false|off)$/i.test(value.text ?? "");
      if (off) draft.warn(value.start, "read as numbers from the bottom; rackdiag would number from the top");
      if (value.text === null && rack !== draft.implicitRack) {
        draft.warn(value.start, "inside a rack rackdiag knows only ascending = 1");
      }
      rack.ascending = !off;
      rack.own.add("ascending");
    },
  ],
  ["descending", (rack, value) => (rack.ascending = value.text === "")],
  ["description", (rack, value) => (rack.description = value.text)],
  ["textcolor", (rack, value) => (rack.textColor = value.color)],
  ["fontsize", (rack, value) => (rack.fontSize = value.integerWithin(1, 100))],
  ["colheight", (rack, value, draft) => setHeight(rack, value.integer, value, draft)],
  [
    "height",
    (rack, value, draft) => {
      if (!draft.helpful) return wholeNumber(rack, value, draft);
      setHeight(rack, value.decimal("U"), value, draft);
      draft.warn(value.start, `read as ${rack.height}U; rackdiag would not`);
    },
  ],
  [
    "label",
    (rack, value, draft) => {
      if (!draft.helpful) return unseen(rack, value, draft);
      rack.description ??= value.text;
      draft.warn(value.start, "read as the rack's description; rackdiag would not show it");
    },
  ],
  ["style", (rack, value, draft) => (checkStyle(value), unseen(rack, value, draft))],
  ...names(wholeNumber, "colwidth", "width"),
  ...names(anyColor, "color", "default_color", "default_text_color"),
  ...names(unseen, "id", "group", "drawable", "order", "stacked", "level", "separated", "thick", "href"),
  ...names(unseen, "fontfamily", "default_fontfamily", "default_style"),
  ["icon", neverOpened],
  ["shape", word("box", "line")],
  ["orientation", word("landscape", "portrait")],
]);

/** In a block of its own, what rackdiag applies to another rack than the one a person means. */
const HELPFUL_RACK: Setters<RackDraft> = new Map<string, Setter<RackDraft>>([
  [
    "rackheight",
    (rack, value, draft) => {
      setHeight(rack, value.decimal("U"), value, draft);
      if (rack !== draft.implicitRack) draft.warn(value.start, "read as this rack's height; rackdiag would not");
    },
  ],
]);

const DIAGRAM: Setters<RackDraft> = new Map<string, Setter<RackDraft>>([
  ["rackheight", (_, value, draft) => setHeight(draft.implicitRack, value.integer, value, draft)],
  ["node_width", (_, value, { look }) => (look.nodeWidth = value.integerWithin(1, MAX_PX))],
  ["node_height", (_, value, { look }) => (look.nodeHeight = value.integerWithin(1, MAX_PX))],
  ["span_width", (_, value, { look }) => (look.columnGap = value.integerWithin(0, MAX_PX))],
  ["span_height", (_, value, { look }) => (look.rowGap = value.integerWithin(0, MAX_PX))],
  ["default_node_color", (_, value, { defaults }) => (defaults.fill = value.color)],
  ["default_node_style", (_, value, { defaults }) => (defaults.style = checkStyle(value))],
  [
    "default_fontsize",
    (_, value, { defaults, look }) => (look.fontSize = defaults.fontSize = value.integerWithin(1, 100)),
  ],
  ...names<RackDraft>((_, value, { defaults, look }) => (look.text = defaults.text = value.color), "default_textcolor"),
  ...names<RackDraft>(
    (_, value, { defaults, look }) => (look.line = defaults.line = value.color),
    "default_linecolor",
    "default_line_color",
  ),
  ["linecolor", (_, value, { look }) => (look.line = parseColor(value.required) ?? look.line)],
  ["shape_namespace", (_, value, draft) => (draft.shapeNamespace = value.required)],
  ["default_group_color", anyColor],
  ["default_shape", (rack, value, draft) => checkShape(value, draft)],
  ["default_label_orientation", word("horizontal", "vertical")],
  ["shadow_style", word("solid", "blur", "none")],
  ["edge_layout", word("normal", "flowchart")],
  ["plugins", word("attributes", "autoclass")],
  ["config", unseen],
  ["page_padding", crash("page_padding ends rackdiag with an error; leave it out")],
]);

/** By name rackdiag takes a quantity as a text, and ends with an error when it draws that. */
const quantity = (name: "ampere" | "weight", unit: "A" | "kg"): Setter<ItemDraft> => {
  return (item, value, draft) => {
    if (!value.text) item[name] = null;
    else if (draft.helpful) {
      item[name] = value.decimal(unit);
      draft.warn(value.start, `read as ${item[name]}${unit}; rackdiag would end with an error`);
    } else {
      item[name] = value.refuse(`rackdiag ends with an error here; write [${parseFloat(value.text) || 1}${unit}]`);
    }
  };
};

const ITEM: Setters<ItemDraft> = new Map<string, Setter<ItemDraft>>([
  ["label", (item, value) => (item.label = value.text ?? "")],
  ["color", (item, value) => (item.color = item.fill = value.color)],
  ["textcolor", (item, value) => (item.text = value.color)],
  ["linecolor", (item, value) => (item.line = value.color)],
  ["style", (item, value) => (item.style = checkStyle(value))],
  ["fontsize", (item, value) => (item.fontSize = value.integerWithin(1, 100))],
  ["width", (item, value) => (item.width = value.integerWithin(0, MAX_PX) || null)],
  ["description", (item, value) => (item.description = value.text)],
  [
    "href",
    (item, value, draft) => {
      item.href = drawableHref(value.text ?? "") === undefined ? null : value.text;
      if (item.href === null) draft.warn(value.start, "the link is left out: only http and https are kept");
    },
  ],
  ...names<ItemDraft>(
    (item, value, draft) =>
      (item.height = itemHeight(draft.helpful ? value.decimal("U") : value.integer, value, draft)),
    "height",
    "colheight",
  ),
  ["ampere", quantity("ampere", "A")],
  ["weight", quantity("weight", "kg")],
  ["number", crash("rackdiag ends with an error here; write the unit before the label, as in 3: server")],
  ["shape", (_, value, draft) => checkShape(value, draft)],
  ...names(wholeNumber, "rotate", "colwidth"),
  ...names(unseen, "numbered", "stacked", "fontfamily", "id", "group", "order", "drawable"),
  ["label_orientation", word("horizontal", "vertical")],
  ...names(neverOpened, "icon", "background"),
  ["default_color", (_, value, { defaults }) => (defaults.fill = value.color)],
  ["default_text_color", (_, value, { defaults }) => (defaults.text = value.color)],
  ["default_linecolor", (_, value, { defaults }) => (defaults.line = value.color)],
  ["default_style", (_, value, { defaults }) => (defaults.style = STYLE.test(value.required) ? value.required : null)],
  ["default_fontsize", (_, value, { defaults }) => (defaults.fontSize = value.integerWithin(1, 100))],
]);
