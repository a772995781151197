import { coerceInputValue, isInputType, type GraphQLError, type GraphQLSchema } from "graphql";
import type { Context } from "../../context.js";
import { InvalidInput } from "../../errors.js";
import { machineList } from "../../machine/machine.list.js";
import type { Rack } from "../rack.entity.js";

/**
 * A filter for machines as it stands in an address: as JSON, the way GraphQL has it, or in short `state:FAILED` for
 * `{"state":{"eq":"FAILED"}}`, and several with commas between.
 *
 * @throws InvalidInput that names the place in the filter
 */
export function machineFilter(schema: GraphQLSchema, text: string): object {
  const type = schema.getType("MachineFilter");
  if (!isInputType(type)) throw new Error("the schema has no MachineFilter");
  return coerceInputValue(
    text.startsWith("{") ? fromJson(text) : fromPairs(text),
    type,
    (path, _, error: GraphQLError) => {
      throw new InvalidInput(`highlight${path.length === 0 ? "" : `, at ${path.join(".")}`}: ${error.message}`, [
        "highlight",
      ]);
    },
  ) as object;
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new InvalidInput('highlight is no JSON; write it as in {"state":{"eq":"FAILED"}} or state:FAILED', [
      "highlight",
    ]);
  }
}

function fromPairs(text: string): unknown {
  const pairs = text.split(",").map((pair) => {
    const [, name, value] = /^(\w+):(.+)$/s.exec(pair.trim()) ?? [];
    if (name === undefined || value === undefined) {
      throw new InvalidInput(`highlight: ${JSON.stringify(pair)} is no pair; write it as in state:FAILED`, [
        "highlight",
      ]);
    }
    return [name, { eq: value === "true" ? true : value === "false" ? false : value }] as const;
  });
  return Object.fromEntries(pairs);
}

/** The ids of the machines in these racks that the filter means, in one statement. */
export function highlightedIn(
  asker: Pick<Context, "app" | "actor">,
  racks: readonly Rack[],
  filter: object,
): Promise<ReadonlySet<number>> {
  const within = { shelf: { rack: { name: { in: racks.map(({ name }) => name) } } } };
  return machineList.idsOf(asker, { and: [filter, within] }, ["highlight"]);
}
