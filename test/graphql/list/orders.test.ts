import { expect, test } from "vitest";
import { apiTokenList } from "../../../src/access/api-token.list.js";
import type { Database } from "../../../src/db/database.js";
import { Statement } from "../../../src/db/statement.js";
import type { EntityList } from "../../../src/graphql/list/entity-list.js";
import { pageSql, type Slice } from "../../../src/graphql/list/statements.js";
import { installationList, profileList, templateList } from "../../../src/install/install.list.js";
import { conflictList, machineList, sightingList } from "../../../src/machine/machine.list.js";
import { rackList, serverModelList } from "../../../src/rack/rack.list.js";
import { onBothDatabases, type DatabaseKind } from "../../support/databases.js";
import { fillTables } from "./fleet.js";

const ROWS = 20_000;
const LISTS = [
  apiTokenList,
  conflictList,
  installationList,
  machineList,
  profileList,
  rackList,
  serverModelList,
  sightingList,
  templateList,
] as unknown as ReadonlyArray<EntityList<object>>;

async function planOf(database: Database, kind: DatabaseKind, text: string, query: Statement): Promise<string> {
  const explain = kind === "SQLite" ? "EXPLAIN QUERY PLAN" : "EXPLAIN (COSTS OFF)";
  const rows = await query.rows(database.manager, `${explain} ${text}`);
  return rows.map((row) => String(row.detail ?? row["QUERY PLAN"])).join("\n");
}

onBothDatabases("every order of every list", (fresh) => {
  test(`is read from an index: nothing sorts ${ROWS} rows`, async () => {
    const { kind, ...empty } = await fresh();
    const database = await empty.open();
    await fillTables(database, ROWS);
    if (kind === "PostgreSQL") await database.manager.query("VACUUM ANALYZE");
    const plan = async (list: EntityList<object>, slice: Slice) => {
      const query = new Statement(database.dialect);
      return planOf(database, kind, pageSql(query, list.table, undefined, slice), query);
    };
    // SQLite merges the two parts of a page, one of what has no value and one of what has, through a B-tree of a page each.
    const sorts =
      kind === "SQLite" ? /(SEARCH|SCAN) listed.*\n.*TEMP B-TREE/ : /^(\s*->)?\s*(Incremental )?Sort(?! Key)|Seq Scan/m;
    const found = new Set<string>();
    for (const list of LISTS) {
      for (const order of list.orders.byName.values()) {
        const place = order.columns.map(({ type }) => (type === "integer" ? 10_000 : "5"));
        const nothing = order.columns[0]?.isNullable === true ? [[null, ...place.slice(1)]] : [];
        for (const backward of [false, true]) {
          for (const after of [undefined, place, ...nothing]) {
            const text = await plan(list, { order, backward, limit: 51, after, before: undefined });
            found.add(`${list.table.kind} ${order.name}`);
            if (sorts.test(text))
              expect.soft(`${list.table.kind} ${order.name} ${backward} ${String(after)}\n${text}`).toBe("");
          }
        }
      }
    }
    expect(found.size).toBe(LISTS.reduce((sum, { orders }) => sum + orders.byName.size, 0));
  }, 120_000);
});
