import { expect, test } from "vitest";
import { onBothServers } from "../graphql/test-server.js";
import { statementsOf } from "../support/statements.js";

onBothServers("the number of statements of a placement", (server) => {
  test("is small and does not grow with what stands in the rack", async () => {
    const machines = await server().register(21);
    await server().ask(`mutation { createRack(name: "R1") { userErrors { message } } }`);
    const { dataSource } = server().app.database;
    const counts: number[] = [];
    for (const [i, { serial }] of machines.entries()) {
      const place = `mutation { placeMachine(machine: "${serial}", rack: "R1", unit: ${i + 1}) {
        shelf { unit rack { name } } userErrors { message } } }`;
      counts.push((await statementsOf(dataSource, () => server().ask(place))).length);
    }
    // Begin and commit beside. PostgreSQL takes three locks, sends a notice and keeps the change in one statement; on SQLite
    // the changes of all who commit together are written at their commit.
    const expected = dataSource.options.type === "postgres" ? 9 : 5;
    // Something may go on beside one of them, so of three the least.
    expect([Math.min(...counts.slice(0, 3)), Math.min(...counts.slice(-3))]).toEqual([expected, expected]);
  });
});
