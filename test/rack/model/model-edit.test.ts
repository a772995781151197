import { expect, test } from "vitest";
import { onBothServers, type UserError } from "../../graphql/test-server.js";
import { fewestStatementsOf } from "../../support/statements.js";

interface Answer {
  readonly model: { readonly id: string } | null;
  readonly mismatches: Array<{ message: string }> | null;
  readonly userErrors: UserError[];
  readonly change: { id: string } | null;
}

const PAYLOAD = `{ model { id } mismatches { message shelf { unit heightU } inTheWay { name } }
  userErrors { code field message } change { id } }`;

onBothServers("models of servers", (server) => {
  const mutate = (mutation: string) => server().ask<Answer>(`mutation { ${mutation} ${PAYLOAD} }`);
  const done = async (mutation: string) => {
    const answer = await mutate(mutation);
    expect([mutation, answer.userErrors]).toEqual([mutation, []]);
    return answer;
  };
  const undo = (change: string | undefined) =>
    server().ask<Answer>(`mutation { undoChange(change: "${change}") { userErrors { message } } }`);
  const model = (product: string) =>
    server().ask<{ id: string; heightU: number; watts: number | null } | null>(
      `{ model(manufacturer: "Dell Inc.", product: "${product}") { id heightU watts } }`,
    );

  test("a later correction moves nothing, and tells what would collide", async () => {
    const [one = { serial: "" }, two = { serial: "" }, three = { serial: "" }] = await server().register(3);
    await server().ask('mutation { createRack(name: "M1", heightU: 10) { userErrors { message } } }');
    for (const [serial, unit] of [
      [one.serial, 1],
      [two.serial, 2],
      [three.serial, 10],
    ] as const) {
      await server().ask(`mutation { placeMachine(machine: "${serial}", rack: "M1", unit: ${unit}) { shelf { id } } }`);
    }
    const known = await model("PowerEdge R640");
    expect(known?.heightU).toBe(1);
    const { mismatches, change } = await done(`updateModel(model: "${known?.id}", heightU: 2, watts: 750)`);
    expect(mismatches).toEqual([
      {
        message: `${one.serial} stands in 1U at U1 of rack M1, and its model has 2U, which would collide with machine ${two.serial} (U2, 1U)`,
        shelf: { unit: 1, heightU: 1 },
        inTheWay: [{ name: two.serial }],
      },
      expect.objectContaining({ shelf: { unit: 2, heightU: 1 }, inTheWay: [{ name: one.serial }] }),
      {
        message: expect.stringMatching(/its model has 2U: a 2U machine at U10 would reach U11 of rack M1/) as string,
        shelf: { unit: 10, heightU: 1 },
        inTheWay: [],
      },
    ]);
    expect(await server().ask('{ rack(name: "M1") { usedU warnings { kind } shelves { watts } } }')).toEqual({
      ...{ usedU: 3, warnings: [] },
      shelves: [{ watts: 750 }, { watts: 750 }, { watts: 750 }],
    });
    // Whoever is placed from now on takes the model's height.
    const [four = { serial: "" }] = await server().register();
    await server().ask(`mutation { placeMachine(machine: "${four.serial}", rack: "M1", unit: 5) { shelf { id } } }`);
    expect(await server().ask('{ rack(name: "M1") { usedU } }')).toEqual({ usedU: 5 });
    const field = (heights: string) =>
      `{ models(filter: {productPattern: {in: ["PowerEdge R640", "PowerEdge R740"${heights}]}}) { nodes { mismatches { message } } } }`;
    expect(JSON.stringify(await server().ask(field("")))).toContain(`${one.serial} stands in 1U`);
    const { dataSource } = server().app.database;
    const few = await fewestStatementsOf(dataSource, () => server().ask(field("")));
    const many = await fewestStatementsOf(dataSource, () =>
      server().ask(field(', "PowerEdge R650", "PowerEdge R750"')),
    );
    expect(many).toBe(few);
    expect((await undo(change?.id)).userErrors).toEqual([]);
    expect(await model("PowerEdge R640")).toMatchObject({ heightU: 1, watts: null });
  });

  test("a narrower pattern takes its machines over, and its end gives them back", async () => {
    const { model: made, mismatches } = await done(
      'createModel(manufacturerPattern: "Dell", productPattern: "PowerEdge R640-X", heightU: 4)',
    );
    expect(mismatches).toEqual([]);
    expect((await model("PowerEdge R640-X1"))?.heightU).toBe(4);
    const { change } = await done(`deleteModel(model: "${made?.id}")`);
    expect((await model("PowerEdge R640-X1"))?.heightU).toBe(1);
    expect((await undo(change?.id)).userErrors).toEqual([]);
    expect((await model("PowerEdge R640-X1"))?.id).toBe(made?.id);
  });

  test("what is tried and taken back is remembered by nobody", async () => {
    const known = await model("PowerEdge R650");
    await mutate(`updateModel(model: "${known?.id}", heightU: 9, dryRun: true)`);
    expect(await model("PowerEdge R650")).toEqual(known);
  });

  test("what is wrong with a model is said", async () => {
    const refusal = async (mutation: string) =>
      (await mutate(mutation)).userErrors.map(({ code, field, message }) => [code, field.join("."), message]);
    expect(await refusal('createModel(manufacturerPattern: "DELL", productPattern: " ", heightU: 1)')).toEqual([
      ["BAD_USER_INPUT", "productPattern", "write how it begins, as SMBIOS has it"],
    ]);
    expect(await refusal('createModel(manufacturerPattern: "A", productPattern: "B", heightU: 0.3)')).toEqual([
      ["BAD_USER_INPUT", "heightU", expect.stringContaining("multiple of 0.5")],
    ]);
    const known = await model("PowerEdge R640");
    expect(
      await refusal('createModel(manufacturerPattern: "dell", productPattern: "POWEREDGE r640", heightU: 1)'),
    ).toEqual([["CONFLICT", "productPattern", `${known?.id} has these patterns already; change that one`]]);
    expect(await refusal('deleteModel(model: "ServerModel:999999")')).toEqual([
      ["NOT_FOUND", "model", "no model ServerModel:999999"],
    ]);
  });
});
