import { Filter, Output, Tokenizer, toValueSync, TypeGuards, type Template, type Variable } from "liquidjs";
import { InvalidInput } from "../errors.js";
import { sampleInstallValues, templateScope, VALUE_NAMES, type InstallValues } from "./install-values.js";
import { encode } from "./template-encoders.js";
import { closedLiquid, fault, OUTPUT_LIMIT, readable } from "./template-language.js";
import {
  kernelArgumentPlaces,
  kickstartPlaces,
  preseedPlaces,
  type Place,
  type PlaceReader,
} from "./template-places.js";

/** The files an installer fetches. */
export const CONFIG_FORMATS = ["PRESEED", "KICKSTART"] as const;
export type ConfigFormat = (typeof CONFIG_FORMATS)[number];

/** `KERNEL_ARGUMENTS` is what stands behind the kernel's name in a boot script. */
export type TemplateFormat = ConfigFormat | "KERNEL_ARGUMENTS";

export interface ParsedTemplate {
  readonly name: string;
  readonly format: TemplateFormat;
  /** The names it uses under `parameters`, each once, in alphabetical order. */
  readonly parameterNames: readonly string[];
  readonly nodes: readonly Template[];
}

const PLACES: Readonly<Record<TemplateFormat, () => PlaceReader>> = {
  PRESEED: preseedPlaces,
  KICKSTART: kickstartPlaces,
  KERNEL_ARGUMENTS: kernelArgumentPlaces,
};

/** COMMAND_LINE_SIZE of x86 is 2,048 with the closing zero, and boot programs add `BOOT_IMAGE=` and `initrd=`. */
const KERNEL_ARGUMENTS_LIMIT = 1_900;

const liquid = closedLiquid();

/**
 * @param name what its faults are reported under, as in `debian-12.preseed:12:5: …`
 * @throws InvalidInput when `text` is no template, or asks for a value that no machine has
 */
export function parseTemplate(name: string, format: TemplateFormat, text: string): ParsedTemplate {
  const source = text.replace(/\r\n?/g, "\n");
  try {
    const nodes = liquid.parse(source);
    giveEncoders(name, nodes, readPlaces(format, source));
    return { name, format, parameterNames: checkNames(name, nodes), nodes };
  } catch (error) {
    throw readable(name, error);
  }
}

/** @throws InvalidInput when a value is missing, or cannot be written where the template wants it */
export function renderTemplate(template: ParsedTemplate, values: InstallValues): string {
  const scope = templateScope(values);
  let text: string;
  try {
    text = liquid.renderSync([...template.nodes], scope) as string;
  } catch (error) {
    throw readable(template.name, error);
  }
  if (text.length > OUTPUT_LIMIT) {
    throw new InvalidInput(`${template.name}: the text grows beyond ${OUTPUT_LIMIT} characters`);
  }
  return template.format === "KERNEL_ARGUMENTS" ? oneLine(template.name, text) : text;
}

/**
 * Parses `text` and renders it for a machine of which everything is known, as must succeed before it is saved.
 * A parameter that `parameters` does not have is taken to be the text "sample".
 */
export function checkTemplate(
  name: string,
  format: TemplateFormat,
  text: string,
  parameters: InstallValues["parameters"] = {},
): ParsedTemplate {
  const template = parseTemplate(name, format, text);
  const unknown = template.parameterNames.map((parameter) => [parameter, "sample"] as const);
  renderTemplate(template, sampleInstallValues({ ...Object.fromEntries(unknown), ...parameters }));
  return template;
}

/** The place of each `{{ … }}`, by where it begins in `text`. */
function readPlaces(format: TemplateFormat, text: string): ReadonlyMap<number, Place> {
  const places = new Map<number, Place>();
  const reader = PLACES[format]();
  for (const token of new Tokenizer(text).readTopLevelTokens(liquid.options)) {
    if (TypeGuards.isHTMLToken(token)) reader.read(text.slice(token.begin, token.end));
    else if (TypeGuards.isOutputToken(token)) places.set(token.begin, reader.place());
  }
  return places;
}

function giveEncoders(name: string, nodes: readonly Template[], places: ReadonlyMap<number, Place>): void {
  for (const node of nodes) {
    if (node instanceof Output) giveEncoder(name, node, places.get(node.token.begin));
    else if (node.children) giveEncoders(name, toValueSync(node.children(false, true)), places);
  }
}

function giveEncoder(name: string, output: Output, place: Place | undefined): void {
  if (place === undefined) throw new Error(`no place for ${output.token.getText()}`);
  const { filters } = output.value;
  filters.pop(); // the engine's outputEscape, which refuses to print
  const quotedByShell = filters.at(-1)?.name === "shell";
  if (quotedByShell && place.quote !== undefined) {
    const what = `${output.token.getText()} stands inside ${place.quote}…${place.quote}; shell quotes by itself, take them away`;
    throw fault(name, output.token.getPosition(), what);
  }
  const token = { name: "encode", args: [] } as unknown as ConstructorParameters<typeof Filter>[0];
  filters.push(new Filter(token, (value: unknown) => encode(value, place, quotedByShell), liquid));
}

function checkNames(name: string, nodes: readonly Template[]): string[] {
  const parameters = new Set<string>();
  const { globals } = liquid.analyzeSync([...nodes], { partials: false });
  for (const variable of Object.values(globals).flat()) {
    const [root, field] = variable.segments;
    checkName(name, variable);
    if (root === "parameters" && typeof field === "string") parameters.add(field);
  }
  return [...parameters].sort();
}

function checkName(name: string, { segments, location }: Variable): void {
  const [root, field] = segments;
  const refuse = (what: string) => fault(name, [location.row, location.col], what);
  if (typeof root !== "string" || !Object.hasOwn(VALUE_NAMES, root)) {
    throw refuse(`there is no value ${String(root)}; there are ${Object.keys(VALUE_NAMES).join(", ")}`);
  }
  const fields = VALUE_NAMES[root as keyof typeof VALUE_NAMES];
  if (fields === undefined || field === undefined) return;
  if (typeof field !== "string" || !fields.includes(field)) {
    throw refuse(`${root} has no ${String(field)}; it has ${fields.join(", ")}`);
  }
}

/** The kernel splits at blanks, so a template may put one argument on each line. */
function oneLine(name: string, text: string): string {
  const line = text.trim().split(/\s+/).join(" ");
  if (line.length <= KERNEL_ARGUMENTS_LIMIT) return line;
  throw new InvalidInput(
    `${name}: ${line.length} characters of kernel arguments; a kernel keeps 2,047, so write at most ${KERNEL_ARGUMENTS_LIMIT}`,
  );
}
