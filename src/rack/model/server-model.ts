import { InvalidInput } from "../../errors.js";
import { MAX_RACK_HEIGHT_U } from "../rack-space.js";

/** Size of a server by the manufacturer and product that SMBIOS type 1 gives. See server-models.README.md. */
export interface ServerModel {
  /** Prefix of the manufacturer, upper and lower case alike. */
  readonly manufacturerPattern: string;
  /** Prefix of the product, upper and lower case alike. */
  readonly productPattern: string;
  readonly heightU: number;
  readonly fullDepth: boolean;
  readonly weightKg?: number;
  /** Path inside the NetBox device-type library. */
  readonly sourcePath: string;
}

type Patterns = Pick<ServerModel, "manufacturerPattern" | "productPattern">;

const COLUMNS = "manufacturer_pattern,product_pattern,height_u,full_depth,weight_kg,source_path";

/** @throws InvalidInput with the line number of the first row that is wrong */
export function parseServerModels(csv: string): ServerModel[] {
  const [header, ...rows] = parseCsv(csv);
  if (header?.cells.join(",") !== COLUMNS) throw new InvalidInput(`line 1: the header must read ${COLUMNS}`);
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const model = parseRow(row);
    const key = JSON.stringify([model.manufacturerPattern, model.productPattern]).toLowerCase();
    const earlier = seen.get(key);
    if (earlier !== undefined) throw new InvalidInput(`line ${row.line}: the same patterns as line ${earlier}`);
    seen.set(key, row.line);
    return model;
  });
}

/** The row whose patterns begin these names; the longest product pattern wins. Undefined when no row does. */
export function modelFor<M extends Patterns>(
  models: readonly M[],
  manufacturer: string,
  product: string,
): M | undefined {
  const [maker, name] = [manufacturer.trim().toLowerCase(), product.trim().toLowerCase()];
  let best: M | undefined;
  for (const model of models) {
    if (!maker.startsWith(model.manufacturerPattern.toLowerCase())) continue;
    if (!name.startsWith(model.productPattern.toLowerCase())) continue;
    if (best === undefined || specificity(model) > specificity(best)) best = model;
  }
  return best;
}

// The product decides; the manufacturer only between equal products ("HP" and "HPE", "ASRock" and "ASRockRack").
function specificity(model: Patterns): number {
  return model.productPattern.length * 1000 + model.manufacturerPattern.length;
}

// A machine's names are whatever its firmware says: a fleet has some dozens, and only a liar more than this.
const MAX_REMEMBERED = 1_000;

/** Models, and what was found among them before: the machines of a rack ask the same again and again. */
export class ModelIndex<M extends Patterns> {
  private readonly found = new Map<string, M | undefined>();

  constructor(readonly models: readonly M[]) {}

  /** Undefined when nobody knows it. */
  find(manufacturer: string | null, product: string | null): M | undefined {
    if (manufacturer === null || product === null) return undefined;
    const key = JSON.stringify([manufacturer, product]);
    if (!this.found.has(key)) {
      if (this.found.size >= MAX_REMEMBERED) this.found.clear();
      this.found.set(key, modelFor(this.models, manufacturer, product));
    }
    return this.found.get(key);
  }
}

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

function parseRow({ line, cells }: Row): ServerModel {
  const [manufacturerPattern = "", productPattern = "", height = "", depth = "", weight = "", sourcePath = ""] = cells;
  const refuse = (wrong: string) => new InvalidInput(`line ${line}: ${wrong}`);
  if (cells.length !== 6) throw refuse(`${cells.length} columns instead of 6`);
  if (manufacturerPattern.trim() === "" || productPattern.trim() === "") throw refuse("a pattern is empty");
  const heightU = Number(height);
  if (!/^\d+(\.[05])?$/.test(height) || heightU <= 0 || heightU > MAX_RACK_HEIGHT_U) {
    throw refuse(`height_u is "${height}"; write rack units in steps of 0.5`);
  }
  if (depth !== "true" && depth !== "false") throw refuse(`full_depth is "${depth}"; write true or false`);
  if (!/^(\d+(\.\d+)?)?$/.test(weight)) throw refuse(`weight_kg is "${weight}"; write kilograms, or leave it empty`);
  return {
    manufacturerPattern,
    productPattern,
    heightU,
    fullDepth: depth === "true",
    ...(weight === "" ? {} : { weightKg: Number(weight) }),
    sourcePath,
  };
}

/** RFC 4180: cells may be quoted, a quote inside is doubled, and a quoted cell may span lines. Blank lines are skipped. */
function parseCsv(text: string): Row[] {
  const rows: Row[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  let line = 1;
  let rowLine = 1;
  let cells: string[] = [];
  while (cell.lastIndex < text.length || cells.length > 0) {
    const match = cell.exec(text);
    if (match === null) throw new InvalidInput(`line ${line}: a quote that is not closed, or stands inside a cell`);
    const [whole, quoted, plain = "", end] = match;
    cells.push(quoted?.replaceAll('""', '"') ?? plain);
    line += whole.split("\n").length - 1;
    if (end === ",") continue;
    if (cells.length > 1 || cells[0] !== "") rows.push({ line: rowLine, cells });
    cells = [];
    rowLine = line;
  }
  return rows;
}
