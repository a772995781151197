import { InvalidInput } from "../../errors.js";
import { parseName } from "../../name.js";
import type { PlannedItem, RackPlan } from "../rack-plan.js";
import { EQUIPMENT_KINDS } from "../shelf-kind.js";
import { guessKind } from "./guess-kind.js";
import type { ReadPlans } from "./plans.js";
import { Source, type Position, type RefusedDiagram, type Warning } from "./source.js";

/** Beyond these one transaction would keep everybody else waiting. */
export const IMPORT_LIMITS = { racks: 100, items: 2_000 } as const;

export interface ImportedRack {
  readonly plan: RackPlan;
  readonly position: Position;
  readonly items: readonly { readonly item: PlannedItem; readonly position: Position }[];
}

/**
 * The racks of a text under the names that they get. A header that cannot be a name becomes one, and stays as description.
 *
 * @param given the name for the one rack of a text
 * @throws RefusedDiagram, InvalidInput
 */
export function racksToImport(
  { plans, starts, source }: ReadPlans,
  given: string | undefined,
): { racks: ImportedRack[]; warnings: Warning[] } {
  const warnings: Warning[] = [];
  const items = plans.reduce((sum, plan) => sum + plan.items.length, 0);
  if (plans.length > IMPORT_LIMITS.racks || items > IMPORT_LIMITS.items) {
    const what = `${plans.length} racks with ${items} items; one import takes ${IMPORT_LIMITS.racks} racks and ${IMPORT_LIMITS.items} items`;
    throw new InvalidInput(`${what}: split the text`, ["text"]);
  }
  if (given !== undefined && plans.length !== 1) {
    throw new InvalidInput(`the text has ${plans.length} racks; name them in it, by description`, ["rack"]);
  }
  const racks = plans.map((plan, i): ImportedRack => {
    const written = starts[i];
    const position = source.positionAt(written?.rack ?? 0);
    const named = given === undefined ? withName(plan, position, warnings) : { ...plan, name: given };
    return {
      plan: named,
      position,
      items: plan.items.map((item, j) => ({ item, position: source.positionAt(written?.items[j] ?? 0) })),
    };
  });
  return { racks, warnings };
}

function withName(plan: RackPlan, position: Position, warnings: Warning[]): RackPlan {
  if (plan.name.trim() === "") throw noName(position);
  try {
    return { ...plan, name: parseName("rack", plan.name) };
  } catch {
    const name = plan.name
      .normalize("NFC")
      .replace(/[^\p{L}\p{M}\p{N}._-]+/gu, "-")
      .replace(/^[^\p{L}\p{N}]+/u, "")
      .slice(0, 63)
      .replace(/-+$/, "");
    if (name === "") throw noName(position);
    warnings.push({
      ...position,
      message: `the rack is named ${name}, since ${JSON.stringify(plan.name)} cannot be a name`,
    });
    const description = [plan.name, ...(plan.description === null ? [] : [plan.description])].join("\n");
    return { ...plan, name, description };
  }
}

function noName({ line, column }: Position): RefusedDiagram {
  const source = new Source("\n".repeat(line - 1) + " ".repeat(column - 1));
  return source.refuse(
    source.text.length,
    'this rack has no name; write description = "A01"; into it, or name it by the argument rack',
  );
}

/** May the name be a machine's? Not of what is said, and not only thought, to be something else. */
export function mayBeMachine({ kind, name }: PlannedItem): boolean {
  return (
    name !== "" && (kind === "MACHINE" || (EQUIPMENT_KINDS.some((each) => each === kind) && guessKind(name) === kind))
  );
}
