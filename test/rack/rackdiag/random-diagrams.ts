import { Random } from "../../support/random.js";

// Diagrams as people write them and as nobody should. Few blanks in a row: rackdiag's own patterns take exponential time
// for a label that begins with a quote and has many.

const LABELS = [
  "web1",
  "db-master.example.net",
  "N/A",
  "n/a",
  "Patch Panel",
  "server // note",
  "http://example.net/",
  "#1",
  "web # two",
  'say "hi"',
  "a: b = c, d",
  "a\\nb",
  "a\\\\b",
  "棚サーバー",
  "naïve",
  "x-",
  "* y",
  "",
  "/* c */ d",
  "a /* c */",
  "💾 disk",
  "it's",
];
const QUOTABLE = [...LABELS, "srv[1]", "a;b", "}", "two\nlines", "\\", 'q\\"q', " padded ", "N/A"];
const COLORS = ["red", "Blue", "none", '"#ff0000"', "'#ABC'", "lightgoldenrodyellow"];
const NO_COLORS = ["nocolor", "#ff0000", '"#12"', "rebeccapurple", '""'];
const TOKENS = [
  ..."{}:;,*-=[]\"'#/.\\\n\r\t ",
  "//",
  "/*",
  "*/",
  "12U",
  "0U",
  "1.5A",
  "20kg",
  "rack",
  "rackdiag",
  "ascending",
  "1: x",
  "* y",
  " = ",
  "label",
  "description",
  "color",
  "\u3000",
  "é",
  "２U",
];

/** One diagram that rackdiag mostly accepts. */
export function randomDiagram(random: Random, racks = random.below(6)): string {
  const head = random.pick([
    "rackdiag {",
    "rackdiag{",
    "diagram {",
    "{",
    "rackdiag name {",
    'rackdiag "a b" {\n',
    "# c\n{",
  ]);
  const parts: string[] = [];
  if (random.chance(0.5)) parts.push(...block(random, true));
  for (let left = racks; left > 0; left--) parts.push(rack(random));
  return head + separated(random, shuffled(random, parts)) + random.pick(["}", "\n}\n", "} // end\n", "}\r\n"]);
}

/** The same with something put in, taken out or doubled: mostly refused. */
export function mutated(random: Random, text: string): string {
  let result = text;
  for (let times = 1 + random.below(2); times > 0; times--) {
    const at = random.below(result.length + 1);
    const end = Math.min(result.length, at + random.below(6));
    const token = random.pick(TOKENS);
    if (token === "/*" && result.includes("\r")) continue;
    result = random.pick([
      () => result.slice(0, at) + token + result.slice(at),
      () => result.slice(0, at) + result.slice(end),
      () => result.slice(0, end) + result.slice(at),
      () => result.slice(0, at) + token + result.slice(end),
    ])();
  }
  // Beyond our limits the answers differ on purpose; and the real program reads files, which hold no lone surrogates.
  return /[0-9]{3,}|=\s*0/.test(result) ? text : result.toWellFormed();
}

/** Words of the language in no order at all. */
export function randomTokens(random: Random): string {
  return random
    .list(random.below(40), () => random.pick([...TOKENS, ...LABELS, ...COLORS]))
    .join(random.pick(["", " "]));
}

function color(random: Random): string {
  return random.pick(random.chance(0.03) ? NO_COLORS : COLORS);
}

function rack(random: Random): string {
  const id = random.pick(["", " A01", ' "B 02"', " 3", " 12U"]);
  return `rack${id} {${separated(random, shuffled(random, block(random, false)))}}`;
}

function block(random: Random, top: boolean): string[] {
  const height = random.pick([4, 8, 12, 12, 42]);
  const parts: string[] = random.chance(0.8) ? [`${height}U`] : [];
  if (random.chance(0.3)) parts.push(top ? "ascending" : `ascending = ${random.pick(["1", "true", "no"])}`);
  if (random.chance(0.4)) parts.push(`description = ${quote(random, random.pick(QUOTABLE))}`);
  if (random.chance(0.05)) parts.push(`textcolor = ${color(random)}`);
  if (random.chance(0.1)) parts.push(`fontsize = ${random.pick(random.chance(0.1) ? ['"x"'] : ["8", "20"])}`);
  if (random.chance(0.05))
    parts.push(random.pick([`rackheight = ${height}`, "height = 9", "colheight = 30", "style = dotted"]));
  if (random.chance(0.1))
    parts.push(`${random.pick(["default_node_color", "default_linecolor", "linecolor"])} = ${color(random)}`);
  if (random.chance(0.1))
    parts.push(
      random.pick([
        "node_width = 99",
        "node_height = 20",
        "span_height = 4",
        random.chance(0.1) ? "unknown = 1" : "shadow_style = none",
      ]),
    );
  const items: string[] = [];
  for (let count = random.below(random.chance(0.1) ? 30 : 8); count > 0; count--) items.push(item(random, height));
  return [...parts, ...items];
}

function item(random: Random, height: number): string {
  const unit = 1 + random.below(random.chance(0.005) ? height + 2 : Math.max(1, height - 3));
  const bullet = random.chance(0.25) ? random.pick(["*", "-"]) : `${unit}${random.pick(["", " "])}:`;
  const label = random.chance(0.5) ? quote(random, random.pick(QUOTABLE)) : random.pick(LABELS);
  return bullet + random.pick([" ", " ", "", "  "]) + label + (random.chance(0.5) ? options(random) : "");
}

function options(random: Random): string {
  const all = random.list(1 + random.below(3), () =>
    random.pick([
      () => `${random.below(random.chance(0.02) ? 9 : 3) + (random.chance(0.03) ? 0 : 1)}U`,
      () => random.pick(["1.5A", "0.1A", "10A", "2.25A"]),
      () => random.pick(["20kg", "7.5kg", "0kg"]),
      () => `${random.pick(["color", "textcolor", "linecolor"])} = ${color(random)}`,
      () =>
        random.pick(["height = 2", "colheight=1", 'label = "N/A"', "stacked", "numbered = 3", "style = dashed", "２U"]),
      () =>
        random.pick([
          'href = "http://a/"',
          "description = x",
          "shape = note",
          "rotate = 90",
          "width = 40",
          "fontsize = 9",
        ]),
      () =>
        random.chance(0.03)
          ? random.pick(["class = x", "ampere = 1", "weight", "ampere", "nothing", "number = 2"])
          : "1U",
    ])(),
  );
  return random.pick([" [", "[", "\n["]) + all.join(random.pick([", ", ","])) + "]";
}

function quote(random: Random, text: string): string {
  const mark = random.pick(['"', "'"]);
  return mark + text.replaceAll(mark, `\\${mark}`) + mark;
}

/** Line ends end a bare label; blanks do not, unless brackets came before. */
function separated(random: Random, parts: readonly string[]): string {
  const end = random.pick(["\n", "\n", ";\n", "; ", " ;", "\r\n", "\n  // c\n", ";/* c */"]);
  return random.pick(["\n", " ", ""]) + parts.map((part) => part + end).join("");
}

function shuffled<T>(random: Random, parts: readonly T[]): T[] {
  return random.chance(0.7)
    ? [...parts]
    : parts
        .map((part) => [random.next(), part] as const)
        .sort(([a], [b]) => a - b)
        .map(([, part]) => part);
}
