import { InvalidInput } from "../../errors.js";
import type { PlannedItem, RackPlan } from "../rack-plan.js";
import { MAX_RACK_HEIGHT_U } from "../rack-space.js";
import { inQuotes, shownAs } from "./label.js";
import { printNote, type NextNote } from "./note.js";
import { readPlans } from "./plans.js";
import { type WrittenItem, writtenItems } from "./written-items.js";

export interface RackdiagText {
  readonly text: string;
  /** What rackdiag's language cannot say: it stands in comments, which rackdiag does not read. */
  readonly lost: readonly string[];
}

/**
 * Racks in rackdiag's language, as the real program understands it; reading the text again gives the same plans, with
 * each rack's items from unit 1 up. @throws InvalidInput when there is no rack: the real program refuses that too
 */
export function rackdiagText(plans: readonly RackPlan[]): RackdiagText {
  if (plans.length === 0) throw new InvalidInput("there is no rack to write; name at least one");
  const racks = plans.map(writeRack);
  return {
    text: ["rackdiag {", ...racks.flatMap(({ lines }) => lines.map((line) => `  ${line}`)), "}", ""].join("\n"),
    lost: racks.flatMap(({ lost }) => lost),
  };
}

function writeRack(plan: RackPlan): { lines: string[]; lost: string[] } {
  const { written, unwritten } = writtenItems(plan);
  const statements = written.length === 0 ? [FILLER] : written.map(printItem);
  // What is read from the statements alone is what they say; the rest goes into comments.
  const said = readPlans(["{", ...block(plan, statements), "}"].join("\n"), "helpful").plans[0] as RackPlan;
  const rackNote = differences(rackFields(plan), rackFields(said));
  const lost = Object.keys(rackNote).map((field) => `rack ${plan.name}: ${field}`);
  const lines = written.flatMap((each, i) => {
    const note = itemNote(each, said.items[i] as PlannedItem);
    lost.push(...lostOf(plan, each.item, note));
    const statement = statements[i] ?? "";
    return Object.keys(note).length === 0 ? [statement] : [printNote("next", note), statement];
  });
  if (written.length === 0) lines.push(printNote("filler"), FILLER);
  for (const item of unwritten) {
    lines.push(printNote("item", item));
    lost.push(`rack ${plan.name}, U${item.place.unit} ${item.name}: not drawn by rackdiag`);
  }
  if (Object.keys(rackNote).length > 0) lines.unshift(printNote("rack", rackNote));
  return { lines: block(plan, lines), lost };
}

/** An invisible item: rackdiag leaves out a rack in which nothing stands, and refuses a diagram of such racks alone. */
const FILLER = '1: "" [color = none, linecolor = none];';

function block(plan: RackPlan, lines: readonly string[]): string[] {
  const header = plan.description === null ? plan.name : `${plan.name}\n${plan.description}`;
  const head = [`description = ${shownAs(header)};`, `${writtenHeight(plan)}U;`];
  if (plan.numbering === "FROM_TOP") head.push("ascending = 1;");
  return ["rack {", ...[...head, ...lines].map((line) => `  ${line}`), "}"];
}

function writtenHeight({ heightU }: RackPlan): number {
  return Math.min(MAX_RACK_HEIGHT_U, Math.max(1, Math.ceil(heightU)));
}

function printItem({ item, number, height }: WrittenItem): string {
  const { kind, name, amperes, kilograms, color, product } = item;
  const options = [
    ...(height === 1 ? [] : [`${height}U`]),
    ...quantity(amperes, "A"),
    ...quantity(kilograms, "kg"),
    ...(color !== null && /^#[0-9a-f]{6}$/i.test(color) ? [`color = "${color}"`] : []),
    ...(product === null ? [] : [`description = ${inQuotes(product)}`]),
  ];
  const label = kind === "NOT_AVAILABLE" && name === "" ? '"N/A"' : shownAs(name);
  return `${number}: ${label}${options.length === 0 ? "" : ` [${options.join(", ")}]`};`;
}

/** Written as rackdiag's numbers are: no sign and no exponent. */
function quantity(amount: number | null, unit: string): string[] {
  return amount !== null && /^[0-9]+(?:\.[0-9]+)?$/.test(String(amount)) ? [`${amount}${unit}`] : [];
}

function itemNote({ item, number, height }: WrittenItem, said: PlannedItem): NextNote {
  const { place, ...rest } = item;
  const { place: saidPlace, ...saidRest } = said;
  const moved = differences({ ...place, strip: place.strip ?? null }, { ...saidPlace });
  const note: NextNote = differences(rest, saidRest);
  if (Object.keys(moved).length === 0) return note;
  const written = "unit" in moved || "heightU" in moved ? { written: [number, height] as [number, number] } : {};
  return { ...note, place: moved, ...written };
}

function lostOf(plan: RackPlan, item: PlannedItem, { place = {}, written: _, ...note }: NextNote): string[] {
  const fields = [...Object.keys(place), ...Object.keys(note)];
  return fields.length === 0 ? [] : [`rack ${plan.name}, U${item.place.unit} ${item.name}: ${fields.join(", ")}`];
}

function rackFields({ items: _, ...fields }: RackPlan): Omit<RackPlan, "items"> {
  return fields;
}

/** The fields of `wanted` that `said` does not have so. */
function differences<T extends object>(wanted: T, said: T): Partial<T> {
  const different = Object.entries(wanted).filter(([field, value]) => {
    const other: unknown = said[field as keyof T];
    return value !== other && JSON.stringify(value) !== JSON.stringify(other);
  });
  return Object.fromEntries(different) as Partial<T>;
}
