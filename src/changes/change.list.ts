import { InvalidInput } from "../errors.js";
import { EntityList } from "../graphql/list/entity-list.js";
import { byRelated, byValue } from "../graphql/list/filter-fields.js";
import { given, spend, type FilterField } from "../graphql/list/filter.js";
import { enumFilter, idFilter, instantFilter, textFilter } from "../graphql/list/value-filters.js";
import { Change, ChangeEntry, WayEnum } from "./change.entity.js";

export const changeEntryList: EntityList<ChangeEntry> = new EntityList(ChangeEntry, {
  filter: { kind: byValue("kind", textFilter) },
});

export const changeList: EntityList<Change> = new EntityList(Change, {
  filter: {
    id: byValue("id", idFilter("Change")),
    at: byValue("at", instantFilter),
    actor: byValue("actor", textFilter),
    through: byValue("through", enumFilter("Way", WayEnum)),
    operation: byValue("operation", textFilter),
    requestId: byValue("requestId", textFilter),
    undoes: byValue("undoes", idFilter("Change")),
    entries: byRelated("ChangeEntry", () => changeEntryList.filter, { from: "id", to: "changeId" }),
    object: byObject(),
  },
});

/** The history of one thing, or of several, by their global ids. */
function byObject(): FilterField {
  return {
    Input: () => idFilter("Change").Input,
    description: "What was changed, by its id, such as Machine:12.",
    condition(table, value, scope) {
      const conditions = given(value, scope.path).map(([operator, ids]) => {
        spend(scope);
        const path = [...scope.path, operator];
        const objects = ([ids].flat() as unknown[]).map((id) => {
          const [kind, number] = parseObject(String(id), path);
          return `(kind = ${scope.statement.bind(kind)} AND object_id = ${scope.statement.bind(number)})`;
        });
        const own = `${scope.alias}.${table.column("id").sql}`;
        const found = `${own} IN (SELECT change_id FROM change_entry WHERE ${objects.join(" OR ") || "1 = 0"})`;
        return operator === "eq" || operator === "in" ? found : `NOT (${found})`;
      });
      if (conditions.length === 0)
        throw new InvalidInput(`${scope.path.join(".")}: says nothing; write eq`, scope.path);
      return `(${conditions.join(" AND ")})`;
    },
  };
}

function parseObject(id: string, path: readonly string[]): [kind: string, number: number] {
  const match = /^([A-Za-z]{1,32}):([0-9]{1,9})$/.exec(id);
  if (match === null)
    throw new InvalidInput(`${path.join(".")}: ${JSON.stringify(id)} is no id, such as Machine:12`, path);
  return [match[1] ?? "", Number(match[2])];
}
