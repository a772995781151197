import {
  Filter,
  Output,
  Tag,
  TagToken,
  Tokenizer,
  toValueSync,
  TypeGuards,
  type Liquid,
  type Template,
  type Variable,
} from "liquidjs";
import { InvalidInput } from "../errors.js";
import { checkFormat } from "./config-syntax.js";
import { sampleInstallValues, templateScope, VALUE_NAMES, type InstallValues } from "./install-values.js";
import { encode } from "./template-encoders.js";
import { closedLiquid, fault, OUTPUT_LIMIT, readable } from "./template-language.js";
import type { TemplateFormat } from "./config-format.js";
import { includedName, snippetText, type Snippets } from "./template-include.js";
import {
  kernelArgumentPlaces,
  kickstartPlaces,
  preseedPlaces,
  type Place,
  type PlaceReader,
} from "./template-places.js";
import { jsonPlaces, xmlPlaces, yamlPlaces } from "./structured-places.js";

export interface ParsedTemplate {
  readonly name: string;
  readonly format: TemplateFormat;
  /** The names it uses under `parameters`, each once, in alphabetical order. */
  readonly parameterNames: readonly string[];
  readonly nodes: readonly Template[];
  readonly liquid: Liquid;
}

const PLACES: Readonly<Record<TemplateFormat, () => PlaceReader>> = {
  PRESEED: preseedPlaces,
  KICKSTART: kickstartPlaces,
  AUTOINSTALL: yamlPlaces,
  IGNITION: jsonPlaces,
  AUTOYAST: xmlPlaces,
  ESXI: kickstartPlaces,
  NONE: kickstartPlaces,
  // On its own it stands nowhere; in a template, where the template includes it.
  SNIPPET: kickstartPlaces,
  KERNEL_ARGUMENTS: kernelArgumentPlaces,
};

/** COMMAND_LINE_SIZE of x86 is 2,048 with the closing zero, and boot programs add `BOOT_IMAGE=` and `initrd=`. */
const KERNEL_ARGUMENTS_LIMIT = 1_900;

/**
 * @param name what its faults are reported under, as in `debian-12.preseed:12:5: …`
 * @throws InvalidInput when `text` is no template, or asks for a value that no machine has
 */
export function parseTemplate(
  name: string,
  format: TemplateFormat,
  text: string,
  snippets: Snippets = {},
): ParsedTemplate {
  const source = lineEnds(text);
  const liquid = closedLiquid(snippets);
  try {
    const nodes = liquid.parse(source, name);
    const places = new PlacesOf(liquid, snippets, PLACES[format]());
    places.readAll(source, "");
    giveEncoders(liquid, nodes, places.found, "");
    return { name, format, parameterNames: checkNames(liquid, name, nodes), nodes, liquid };
  } catch (error) {
    throw readable(name, error);
  }
}

/**
 * @param saltSeed what the salts of this machine's password hashes are made of; without it a hash is only shown as one
 * @throws InvalidInput when a value is missing, or cannot be written where the template wants it
 */
export function renderTemplate(template: ParsedTemplate, values: InstallValues, saltSeed?: string): string {
  const scope = templateScope(values);
  let text: string;
  try {
    text = template.liquid.renderSync([...template.nodes], scope, { globals: { saltSeed } }) as string;
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
  snippets: Snippets = {},
): ParsedTemplate {
  const template = parseTemplate(name, format, text, snippets);
  if (format === "SNIPPET") return template; // what it is part of decides the rest
  const unknown = template.parameterNames.map((parameter) => [parameter, "sample"] as const);
  const rendered = renderTemplate(template, sampleInstallValues({ ...Object.fromEntries(unknown), ...parameters }));
  checkFormat(name, format, rendered);
  return template;
}

function lineEnds(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

/** The place of each `{{ … }}`, by where it begins; a snippet's ones behind the place of its tag. */
class PlacesOf {
  readonly found = new Map<string, Place>();

  constructor(
    private readonly liquid: Liquid,
    private readonly snippets: Snippets,
    private readonly reader: PlaceReader,
  ) {}

  readAll(text: string, path: string, open: readonly string[] = []): void {
    for (const token of new Tokenizer(text).readTopLevelTokens(this.liquid.options)) {
      const { begin, end } = token;
      if (token instanceof TagToken) this.readIncluded(token, `${path}${begin}>`, open);
      else if (TypeGuards.isOutputToken(token)) this.found.set(`${path}${begin}`, this.reader.place());
      else this.reader.read(text.slice(begin, end));
    }
  }

  private readIncluded(token: TagToken, path: string, open: readonly string[]): void {
    if (token.name !== "include") return;
    const name = includedName(token) ?? "";
    this.readAll(lineEnds(snippetText(this.snippets, name, open, token)), path, [...open, name]);
  }
}

function giveEncoders(
  liquid: Liquid,
  nodes: readonly Template[],
  places: ReadonlyMap<string, Place>,
  path: string,
): void {
  for (const node of nodes) {
    const { begin } = node.token;
    if (node instanceof Output) giveEncoder(liquid, node, places.get(`${path}${begin}`));
    else if (node.children) {
      const inner = isInclude(node) ? `${path}${begin}>` : path;
      giveEncoders(liquid, toValueSync(node.children(false, true)), places, inner);
    }
  }
}

function isInclude(node: Template): boolean {
  return node instanceof Tag && node.name === "include";
}

function giveEncoder(liquid: Liquid, output: Output, place: Place | undefined): void {
  if (place === undefined) throw new Error(`no place for ${output.token.getText()}`);
  const { filters } = output.value;
  filters.pop(); // the engine's outputEscape, which refuses to print
  const last = filters.at(-1)?.name;
  if (last === "shell" && place.quote !== undefined) {
    const what = `${output.token.getText()} stands inside ${place.quote}…${place.quote}; shell quotes by itself, take them away`;
    throw fault(output.token.file ?? "", output.token.getPosition(), what);
  }
  const token = { name: "encode", args: [] } as unknown as ConstructorParameters<typeof Filter>[0];
  filters.push(new Filter(token, (value: unknown) => encode(value, place, last), liquid));
}

function checkNames(liquid: Liquid, name: string, nodes: readonly Template[]): string[] {
  const parameters = new Set<string>();
  const { globals } = liquid.analyzeSync([...nodes], { partials: false });
  for (const variable of Object.values(globals).flat()) {
    const [root, field] = variable.segments;
    checkName(name, variable);
    if (root === "parameters" && typeof field === "string") parameters.add(field);
  }
  return [...parameters].sort();
}

function checkName(template: string, { segments, location }: Variable): void {
  const [root, field] = segments;
  const refuse = (what: string) => fault(location.file ?? template, [location.row, location.col], what);
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
