import { getNamedType, isObjectType } from "graphql";
import { expect, test } from "vitest";
import { buildSchema } from "../../src/graphql/schema.js";
import { onBothServers, type UserError } from "../graphql/test-server.js";

interface Answer {
  readonly userErrors: UserError[];
  readonly changed: Array<{ object: string; before: Record<string, unknown>; after: Record<string, unknown> }>;
  readonly change: { id: string; operation: string; actor: string; through: string; requestId: string } | null;
}

const TOLD =
  "userErrors { code field message } changed { object before after } change { id operation actor through requestId }";

test("every mutation takes dryRun and idempotencyKey, and answers with userErrors, changed and change", () => {
  for (const { name, args, type } of Object.values(buildSchema().getMutationType()?.getFields() ?? {})) {
    expect([name, ...args.map((arg) => arg.name)]).toEqual(expect.arrayContaining(["dryRun", "idempotencyKey"]));
    const payload = getNamedType(type);
    const fields = isObjectType(payload) ? Object.keys(payload.getFields()) : [];
    expect([name, ...fields]).toEqual(expect.arrayContaining(["userErrors", "changed", "change"]));
  }
});

onBothServers("a mutation", (server) => {
  const mutate = (mutation: string, token?: string) =>
    server().ask<Answer>(`mutation { ${mutation} { ${TOLD} } }`, {}, token);

  test("is one change that says who, through what, before and after", async () => {
    const made = await mutate('createRack(name: "ONE", site: "Tokyo")');
    expect(made.change).toMatchObject({
      operation: "createRack",
      actor: "a test's administrator",
      through: "GRAPHQL",
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
    expect(made.changed).toMatchObject([{ before: null, after: { name: "ONE", heightU: 42, site: "Tokyo" } }]);
    const renamed = await mutate('updateRack(rack: "ONE", name: "UNO")');
    expect(renamed.changed).toMatchObject([{ before: { name: "ONE" }, after: { name: "UNO" } }]);
    expect(Object.keys(renamed.changed[0]?.after ?? {})).toEqual(["name"]);
    expect((await mutate('updateRack(rack: "UNO", name: "UNO")')).change).toBeNull();
  });

  test("of 1,000 machines is one transaction and one change", async () => {
    const serials = (await server().register(1000)).map(({ serial }) => serial);
    const query = `mutation ($machines: [String!]!) { approveMachines(machines: $machines) { machines { id } ${TOLD} } }`;
    const approved = await server().ask<Answer & { machines: unknown[] }>(query, { machines: serials });
    expect([approved.userErrors, approved.machines.length, approved.changed.length]).toEqual([[], 1000, 1000]);
  }, 120_000);

  test("that is refused for one of its list changes nothing, and names each by its place", async () => {
    const serials = (await server().register(40)).map(({ serial }) => serial);
    await mutate('createRack(name: "LIST")');
    const place = `mutation ($p: [PlacementInput!]!) { placeMachines(placements: $p) { shelves { unit } ${TOLD} } }`;
    const placements = serials.map((machine, i) => ({ machine, rack: "LIST", unit: 1 + i }));
    expect(await server().ask(place, { p: placements })).toMatchObject({ userErrors: [], shelves: { length: 40 } });
    const before = await server().dump();
    // Upwards from the top, but for two.
    const moved = placements.map((each) => ({ ...each, unit: each.unit + 1 })).toReversed();
    const refused = await server().ask<Answer>(place, {
      p: moved.map((each, i) => (i === 39 ? { ...each, unit: 99 } : i === 38 ? { ...each, machine: "NOBODY" } : each)),
    });
    expect(refused).toMatchObject({ shelves: null, change: null, changed: [] });
    expect(refused.userErrors).toMatchObject([
      { code: "NOT_FOUND", field: ["placements", "38", "machine"] },
      { code: "BAD_USER_INPUT", field: ["placements", "39", "unit"] },
    ]);
    expect(await server().dump()).toBe(before);
  });

  test("with dryRun says what it would change, and changes nothing", async () => {
    const [machine = { serial: "" }] = await server().register();
    const before = await server().dump();
    const dry = await mutate(`approveMachines(machines: ["${machine.serial}"], dryRun: true)`);
    expect(dry.changed).toMatchObject([{ before: { state: "DISCOVERED", hostname: null }, after: { state: "READY" } }]);
    expect(dry.change).toBeNull();
    expect((await mutate('createRack(name: "a b", dryRun: true)')).userErrors).toMatchObject([{ field: ["name"] }]);
    expect(await server().dump()).toBe(before);
  });

  test("that comes again with its idempotency key answers the same and does nothing", async () => {
    const once = 'createRack(name: "KEYED", idempotencyKey: "k-1")';
    const first = await mutate(once);
    const before = await server().dump();
    expect(await mutate(once)).toEqual(first);
    expect(await server().dump()).toBe(before);
    const rack = await server().ask(`mutation { ${once} { rack { name heightU } } }`);
    expect(rack).toEqual({ rack: { name: "KEYED", heightU: 42 } });
    const other = await mutate('createRack(name: "OTHER", idempotencyKey: "k-1")');
    expect(other.userErrors).toMatchObject([{ code: "CONFLICT", field: ["idempotencyKey"] }]);
    // A key is a token's own, and one that did nothing is free.
    expect(
      (await mutate('createRack(name: "OPS", idempotencyKey: "k-1")', server().tokens.OPERATOR)).userErrors,
    ).toEqual([]);
    expect((await mutate('createRack(name: "KEYED", idempotencyKey: "k-2")')).userErrors).toMatchObject([
      { code: "CONFLICT" },
    ]);
    expect((await mutate('createRack(name: "FREE", idempotencyKey: "k-2")')).userErrors).toEqual([]);
    expect((await mutate('createRack(name: "X", idempotencyKey: " ")')).userErrors).toMatchObject([
      { code: "BAD_USER_INPUT", field: ["idempotencyKey"] },
    ]);
  });

  test("that is sent 20 times at once with one key happens once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => mutate('createRack(name: "RACE", idempotencyKey: "race")')),
    );
    expect(new Set(answers.map(({ change }) => change?.id)).size).toBe(1);
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
  });

  test("that makes a token shows its secret once, and keeps it nowhere", async () => {
    const query = 'mutation { createToken(name: "ci", role: VIEWER, idempotencyKey: "t") { token { name } secret } }';
    const first = await server().ask<{ secret: string }>(query);
    expect(await server().ask(query)).toEqual({ token: { name: "ci" }, secret: null });
    expect(await server().dump()).not.toContain(first.secret.split(".")[1]);
  });

  test("with a secret parameter leaves it out of the change, which still says that it changed", async () => {
    await server().profile("secretive");
    const set = (hash: string) =>
      mutate(`updateProfile(profile: "secretive", parameters: {rootPasswordHash: "${hash}"})`);
    await set("$6$salt$aaaa");
    const { changed } = await set("$6$salt$bbbb");
    expect(JSON.stringify(changed)).toMatch(/secret [0-9a-f]{8}/);
    const rows: unknown = await server().app.database.manager.query("SELECT * FROM change_entry");
    expect(JSON.stringify(rows)).not.toContain("$6$salt");
  });

  test("is shown in the history without what its reader may not read", async () => {
    await server().profile("hidden");
    const set = await mutate('updateProfile(profile: "hidden", title: "T", parameters: {zone: "b"})');
    const made = await server().ask<Answer>(`mutation { createToken(name: "seen", role: VIEWER) { ${TOLD} } }`);
    const entries = (change: string | undefined, token?: string) =>
      server().ask(`{ changes(filter: {id: {eq: "${change}"}}) { nodes { entries { kind after } } } }`, {}, token);
    const { OPERATOR, PROVISIONER } = server().tokens;
    const shown = (kind: string, after: unknown) => ({ nodes: [{ entries: [{ kind, after }] }] });
    expect(await entries(set.change?.id, OPERATOR)).toEqual(shown("Profile", { title: "T" }));
    expect(await entries(set.change?.id, PROVISIONER)).toEqual(
      shown("Profile", { title: "T", parameters: { zone: "b" } }),
    );
    expect(await entries(made.change?.id, PROVISIONER)).toEqual(shown("ApiToken", null));
    expect(await entries(made.change?.id)).toMatchObject(shown("ApiToken", { name: "seen", role: "VIEWER" }));
  });
});
