import { expect, test } from "vitest";
import { postgresDialect, sqliteDialect, type Dialect } from "../../../src/db/dialect.js";
import { Statement } from "../../../src/db/statement.js";
import { Forbidden } from "../../../src/errors.js";
import { MAX_CONDITIONS } from "../../../src/graphql/list/filter.js";
import "../../../src/install/install.list.js";
import { machineList } from "../../../src/machine/machine.list.js";
import { rackList } from "../../../src/rack/rack.list.js";

function compiled(
  filter: object,
  list = machineList as { filter: typeof machineList.filter },
  dialect: Dialect = postgresDialect,
) {
  const statement = new Statement(dialect);
  const entered: string[] = [];
  const enter = (kind: string) => void entered.push(kind);
  const scope = { statement, alias: "m", path: ["filter"], budget: { left: MAX_CONDITIONS }, enter };
  return { sql: list.filter.condition(filter, scope), parameters: statement.parameters, entered };
}

test.each<[object, string | undefined, unknown[]]>([
  [{}, undefined, []],
  [{ and: [] }, undefined, []],
  [{ or: [] }, "(FALSE)", []],
  [{ not: {} }, "((TRUE) IS NOT TRUE)", []],
  [{ or: [{}] }, "((TRUE))", []],
  [{ hostname: { eq: "web-1" } }, `((m."hostname" = $1))`, ["web-1"]],
  [{ hostname: { ne: "web-1" } }, `(((m."hostname" = $1) IS NOT TRUE))`, ["web-1"]],
  [{ hostname: { in: ["a"] } }, `((m."hostname" = $1))`, ["a"]],
  [{ hostname: { in: ["a", "b"] } }, `((m."hostname" = ANY($1)))`, [["a", "b"]]],
  [{ hostname: { in: [] } }, `((FALSE))`, []],
  [{ hostname: { isNull: true } }, `((m."hostname" IS NULL))`, []],
  [{ hostname: { isNull: false } }, `((m."hostname" IS NOT NULL))`, []],
  [{ hostname: { startsWith: "A%_\\É" } }, `((lower(m."hostname") LIKE $1 ESCAPE '\\'))`, ["a\\%\\_\\\\É%"]],
  [{ locked: { eq: true }, hostname: undefined }, `((m."locked" = $1))`, [true]],
  [{ id: { in: ["Machine:7", "Machine:8"] } }, `((m."id" = ANY($1)))`, [[7, 8]]],
  [
    { lastSeenAt: { gte: new Date("2026-01-02T03:04:05Z"), lt: new Date("2027-01-01T00:00:00Z") } },
    `((m."last_seen_at" >= $1 AND m."last_seen_at" < $2))`,
    ["2026-01-02T03:04:05.000Z", "2027-01-01T00:00:00.000Z"],
  ],
  [
    { shelf: { rack: { name: { eq: "A01" } } } },
    `((m."id" IN (SELECT t0."machine_id" FROM "shelf" t0 WHERE ((t0."rack_id" IN (SELECT t1."id" FROM "rack" t1 WHERE ((t1."name" = $1))))))))`,
    ["A01"],
  ],
  [{ not: { shelf: {} } }, `((((m."id" IN (SELECT t0."machine_id" FROM "shelf" t0)))) IS NOT TRUE)`, []],
])("%j is SQL with its values beside it", (filter, sql, parameters) => {
  expect(compiled(filter)).toMatchObject({ sql, parameters });
});

test("a rack unit is compared as a number, since the column has half ones", () => {
  expect(compiled({ heightU: { gt: 41.7 } }, rackList)).toMatchObject({
    sql: `((m."height_half_u" > CAST($1 AS double precision)))`,
    parameters: [83.4],
  });
  expect(compiled({ heightU: { in: [42, 0.1] } }, rackList, sqliteDialect)).toMatchObject({
    sql: `((m."height_half_u" IN (SELECT value FROM json_each($1))))`,
    parameters: ["[84,0.2]"],
  });
});

test("no text of a caller becomes SQL", () => {
  const hostile = `'; DROP TABLE machine; -- " $1 ) \\ %`;
  const { sql, parameters } = compiled({
    or: [
      { hostname: { eq: hostile, contains: hostile, in: [hostile] } },
      { ethernetInterfaces: { none: { macAddress: { startsWith: "00-26" } } } },
      { sightings: { some: { systemName: { endsWith: hostile } } } },
    ],
  });
  expect(sql).not.toContain("DROP");
  expect(JSON.stringify(parameters)).toContain("drop table");
  expect(parameters).toContain("00:26%");
});

test.each<[string, object, string]>([
  ["null", { hostname: { eq: null } }, "filter.hostname.eq: null is no filter"],
  ["null as a field", { hostname: null }, "filter.hostname: null is no filter"],
  ["null in a list", { or: [{ hostname: { ne: null } }] }, "filter.or.0.hostname.ne: null is no filter"],
  ["no operator", { hostname: {} }, "filter.hostname: says nothing"],
  ["an operator without its variable", { hostname: { eq: undefined } }, "filter.hostname: says nothing"],
  ["neither some nor none", { ethernetInterfaces: {} }, "write some or none"],
  ["a NUL", { hostname: { contains: "a\0" } }, "filter.hostname.contains: leave the NUL"],
  ["a text beyond every column", { hostname: { in: ["a".repeat(1_001)] } }, "filter.hostname.in.0: at most 1000"],
  ["an id of another kind", { id: { eq: "Rack:7" } }, "is no id of a Machine"],
  ["a year that does not sort", { firstSeenAt: { gt: new Date(8.64e15) } }, "a year from 0000 to 9999"],
  [
    "a beginning of no MAC address",
    { ethernetInterfaces: { some: { macAddress: { startsWith: "%" } } } },
    "begins no MAC",
  ],
])("%s is refused with its place", (_, filter, words) => {
  expect(() => compiled(filter)).toThrow(words);
});

test("a filter has a bounded number of conditions, however they are nested", () => {
  const condition = { hostname: { eq: "a" } };
  const wide = (count: number) => ({ or: Array.from({ length: count }, () => condition) });
  const deep = (count: number): object => (count === 0 ? condition : { not: deep(count - 1) });
  const far = (count: number): object =>
    count === 0 ? condition : { conflicts: { some: { machine: far(count - 1) } } };
  for (const allowed of [wide(MAX_CONDITIONS / 2), deep(MAX_CONDITIONS - 1), far(4)]) compiled(allowed);
  for (const refused of [wide(MAX_CONDITIONS / 2 + 1), deep(MAX_CONDITIONS), far(60)]) {
    expect(() => compiled(refused)).toThrow(`at most ${MAX_CONDITIONS} conditions`);
  }
});

test("who may not read a kind of thing may not look through it either", () => {
  expect(compiled({ profile: { template: { name: { eq: "a" } } }, shelf: {} }).entered).toEqual([
    "Profile",
    "Template",
    "Shelf",
  ]);
  const enter = () => {
    throw new Forbidden("no");
  };
  const scope = { statement: new Statement(sqliteDialect), alias: "m", path: [], budget: { left: 9 }, enter };
  expect(() => machineList.filter.condition({ not: { profile: {} } }, scope)).toThrow(Forbidden);
});
