import type { DataSource } from "typeorm";
import { vi } from "vitest";

/** The statements that reach the database while `work` runs. */
export async function statementsOf(dataSource: DataSource, work: () => Promise<unknown>): Promise<string[]> {
  const statements: string[] = [];
  const createQueryRunner = dataSource.createQueryRunner.bind(dataSource);
  const spy = vi.spyOn(dataSource, "createQueryRunner").mockImplementation((mode) => {
    const runner = createQueryRunner(mode);
    const query = runner.query.bind(runner) as (sql: string, ...rest: unknown[]) => Promise<unknown>;
    runner.query = ((sql: string, ...rest: unknown[]) => {
      statements.push(sql);
      return query(sql, ...rest);
    }) as typeof runner.query;
    return runner;
  });
  await work().finally(() => spy.mockRestore());
  return statements;
}

/**
 * How many statements `work` takes: the fewest of three times. What the server does meanwhile by its own clock (ending
 * installations, writing down who used a token) can only add to them.
 */
export async function fewestStatementsOf(dataSource: DataSource, work: () => Promise<unknown>): Promise<number> {
  const counts: number[] = [];
  for (let i = 0; i < 3; i++) counts.push((await statementsOf(dataSource, work)).length);
  return Math.min(...counts);
}
