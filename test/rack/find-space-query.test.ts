import { expect, test } from "vitest";
import { onBothServers } from "../graphql/test-server.js";
import { fewestStatementsOf } from "../support/statements.js";

const FIND = `{ findSpace(heightU: 2, kilograms: 30, location: {site: "Osaka"}) {
  rack { name } unit heightU face gapU wattsLeft kilogramsLeft reasons } }`;

onBothServers("findSpace", (server) => {
  test("looks where it is told to, in as many statements for thirty racks as for one", async () => {
    const { dataSource } = server().app.database;
    const make = (name: string, site: string) =>
      server().ask(`mutation { createRack(name: "${name}", site: "${site}", heightU: 10, capacityKilograms: 100) {
        userErrors { message } } }`);
    await make("O1", "Osaka");
    await make("T1", "Tokyo");
    const [machine = { serial: "" }] = await server().register();
    await server().ask(`mutation { placeMachine(machine: "${machine.serial}", rack: "O1", unit: 3, heightU: 8,
      kilograms: 60) { userErrors { message } } }`);
    expect(await server().ask(FIND)).toEqual([
      {
        ...{ rack: { name: "O1" }, unit: 1, heightU: 2, face: "FULL", gapU: 2, wattsLeft: null, kilogramsLeft: 10 },
        reasons: ["fills a gap of 2U", "stands at U1, and 30 kg belong low", "10 of 100 kg are left then"],
      },
    ]);
    const few = await fewestStatementsOf(dataSource, () => server().ask(FIND));
    for (let i = 0; i < 30; i++) await make(`O2${i}`, "Osaka");
    const many = await fewestStatementsOf(dataSource, () => server().ask(FIND));
    expect(many).toBe(few);
    expect(await server().ask<object[]>(FIND)).toHaveLength(10);
    const { errors } = await server().graphql("{ findSpace(heightU: 0) { unit } }");
    expect(errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });

  test("what is wrong with racks is told in as many statements for thirty as for one", async () => {
    const { dataSource, manager } = server().app.database;
    // Nothing that the API does would make it.
    await manager.query("UPDATE rack SET height_half_u = 4 WHERE name = 'O1'");
    const query = (first: number) =>
      `{ racks(first: ${first}) { nodes { warnings { kind message shelves { id } } } } }`;
    const { nodes } = await server().ask<{ nodes: Array<{ warnings: object[] }> }>(query(30));
    expect(nodes[0]?.warnings).toMatchObject([{ kind: "OUTSIDE", shelves: [{ id: expect.any(String) as string }] }]);
    expect(nodes[1]?.warnings).toEqual([]);
    const [few, many] = [
      await fewestStatementsOf(dataSource, () => server().ask(query(1))),
      await fewestStatementsOf(dataSource, () => server().ask(query(30))),
    ];
    expect(many).toBe(few);
  });
});
