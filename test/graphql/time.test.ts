import { afterEach, expect, test, vi } from "vitest";
import { DataSource } from "typeorm";
import { onBothServers } from "./test-server.js";

const SECONDS = "0.5";
const MUTATION = 'mutation { createRack(name: "late") { rack { name } userErrors { code } } }';

onBothServers(
  "a request that takes too long",
  (server, kind) => {
    afterEach(() => void vi.restoreAllMocks());

    /** Every statement that names racks takes this long. */
    function slowDown(ms: number): void {
      const { dataSource } = server().app.database;
      const createQueryRunner = dataSource.createQueryRunner.bind(dataSource);
      vi.spyOn(dataSource, "createQueryRunner").mockImplementation((mode) => {
        const runner = createQueryRunner(mode);
        const query = runner.query.bind(runner) as (sql: string, ...rest: unknown[]) => Promise<unknown>;
        runner.query = (async (sql: string, ...rest: unknown[]) => {
          if (/"rack"/.test(sql)) await new Promise((resolve) => setTimeout(resolve, ms));
          return query(sql, ...rest);
        }) as typeof runner.query;
        return runner;
      });
    }

    const post = (query: string) =>
      server().control("/graphql", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ query }),
      });

    test("is given up when it only reads: 503, and when to try again", async () => {
      expect(await server().ask("{ limits { seconds } }")).toEqual({ seconds: Number(SECONDS) });
      slowDown(1_500);
      const began = Date.now();
      const { status, headers, body } = await post('{ me { name } rack(name: "none") { id } }');
      expect(Date.now() - began).toBeLessThan(1_400);
      expect([status, headers["retry-after"], JSON.parse(body)]).toMatchObject([
        503,
        "1",
        { errors: [{ extensions: { code: "TIMEOUT", requestId: headers["x-request-id"] } }] },
      ]);
    });

    test("is waited for when it writes, and its answer is what became of it", async () => {
      slowDown(700);
      const { status, errors, data } = await server().graphql(MUTATION);
      expect([status, errors, data]).toEqual([
        200,
        undefined,
        { createRack: { rack: { name: "late" }, userErrors: [] } },
      ]);
    });

    if (kind === "SQLite") return; // it has nobody to end a statement for it
    test("is ended in PostgreSQL too: a statement that waits for a lock goes, and nothing of the mutation stays", async () => {
      const { dataSource } = server().app.database;
      const other = await new DataSource({
        ...dataSource.options,
        entities: [],
        migrations: [],
        extra: {},
      }).initialize();
      try {
        await other.transaction(async (manager) => {
          await manager.query("LOCK TABLE rack IN ACCESS EXCLUSIVE MODE");
          expect((await post('{ rack(name: "none") { id } }')).status).toBe(503);
          const { status, errors } = await server().graphql(MUTATION.replace("late", "locked"));
          expect([status, errors?.map(({ extensions }) => extensions.code)]).toEqual([503, ["TIMEOUT"]]);
          const waiting: unknown = await manager.query(
            "SELECT count(*)::integer AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
          );
          expect(waiting).toEqual([{ n: 0 }]);
        });
      } finally {
        await other.destroy();
      }
      expect(await server().ask('{ rack(name: "locked") { id } }')).toBeNull();
    });
  },
  { KICKRACK_QUERY_SECONDS: SECONDS },
);
