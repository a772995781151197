import { expect, test } from "vitest";
import { onBothServers, type UserError } from "../graphql/test-server.js";

interface Answer {
  readonly shelf: { readonly id: string } | null;
  readonly userErrors: UserError[];
  readonly changed: Array<{ object: string }>;
  readonly change: { id: string } | null;
}

const PAYLOAD = "{ userErrors { code field message } changed { object } change { id } }";
const SHELVES = `shelves { id kind unit heightU face strip name equipment { kind name manufacturer }
  reservation { owner reason endsAt } occupant { serialNumber } amperes watts kilograms color }`;

onBothServers("what takes places beside machines", (server) => {
  let racks = 0;
  const newRack = async (heightU = 42) => {
    const name = `E${racks++}`;
    await mutate(`createRack(name: "${name}", heightU: ${heightU})`);
    return name;
  };
  const mutate = (mutation: string) => server().ask<Answer>(`mutation { ${mutation} ${PAYLOAD} }`);
  const onShelf = async (mutation: string) => {
    const { shelf, userErrors } = await server().ask<Answer>(`mutation { ${mutation} { shelf { id }
      userErrors { code field message } } }`);
    expect([mutation, userErrors]).toEqual([mutation, []]);
    return shelf?.id ?? "";
  };
  const refusal = async (mutation: string) => (await mutate(mutation)).userErrors.map(({ message }) => message).join();
  const contents = async (rack: string) =>
    (await server().ask<{ shelves: object[]; usedU: number }>(`{ rack(name: "${rack}") { usedU ${SHELVES} } }`))
      .shelves;
  const machine = async () => (await server().register())[0]?.serial ?? "";

  test("equipment stands in a rack, moves, changes, goes, and each of it is undone", async () => {
    const [rack, other, serial] = [await newRack(), await newRack(), await machine()];
    const id = await onShelf(`placeEquipment(rack: "${rack}", unit: 41, heightU: 1, kind: SWITCH, name: "sw-01",
      manufacturer: "Arista", watts: 250, kilograms: 9.5, amperes: 1.1, color: "#FF8800")`);
    const [placed] = await contents(rack);
    expect(placed).toMatchObject({
      ...{ kind: "SWITCH", unit: 41, face: "FULL", name: "sw-01", occupant: null, reservation: null },
      ...{ equipment: { kind: "SWITCH", name: "sw-01", manufacturer: "Arista" }, color: "#ff8800" },
      ...{ amperes: 1.1, watts: 250, kilograms: 9.5 },
    });
    const place = `placeMachine(machine: "${serial}", rack: "${rack}", unit: 41)`;
    expect(await refusal(place)).toMatch(/^switch sw-01 \(U41, 1U\) stands there in rack E\d+; the highest free start/);
    for (const mutation of [
      `updateEquipment(shelf: "${id}", rack: "${other}", unit: 3, name: null, kind: PATCH_PANEL)`,
      `removeEquipment(shelf: "${id}")`,
    ]) {
      const before = await contents(rack);
      const { change, userErrors, changed } = await mutate(mutation);
      expect([mutation, userErrors, changed]).toEqual([mutation, [], [{ object: id }]]);
      expect(await contents(rack)).toEqual([]);
      expect((await mutate(`undoChange(change: "${change?.id}")`)).userErrors).toEqual([]);
      expect(await contents(rack)).toEqual(before);
    }
    await mutate(`removeEquipment(shelf: "${id}")`);
    expect((await mutate(place)).userErrors).toEqual([]);
  });

  test("the strips beside the panels take PDUs and no unit", async () => {
    const [rack, serial] = [await newRack(), await machine()];
    await onShelf(`placeEquipment(rack: "${rack}", unit: 1, heightU: 42, kind: PDU, name: "pdu-a", strip: LEFT)`);
    await onShelf(`placeEquipment(rack: "${rack}", unit: 1, heightU: 42, kind: PDU, name: "pdu-b", strip: RIGHT)`);
    await onShelf(`placeMachine(machine: "${serial}", rack: "${rack}", unit: 7)`);
    const third = `placeEquipment(rack: "${rack}", unit: 9, heightU: 2, kind: PDU, strip: LEFT)`;
    expect(await refusal(third)).toContain("PDU pdu-a (U1, 42U, left strip) stands there");
    expect(await server().ask(`{ rack(name: "${rack}") { usedU freeU largestGapU } }`)).toEqual({
      usedU: 1,
      freeU: 41,
      largestGapU: 35,
    });
  });

  test("a reservation keeps its place until its end, and a machine that names it takes its part of it", async () => {
    const [rack, one, two] = [await newRack(), await machine(), await machine()];
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    const id = await onShelf(`reserveShelf(rack: "${rack}", unit: 10, heightU: 10, owner: "storage team",
      reason: "disk shelves", endsAt: "${tomorrow}")`);
    const place = (serial: string, unit: number, more = "") =>
      `placeMachine(machine: "${serial}", rack: "${rack}", unit: ${unit}${more})`;
    expect(await refusal(place(one, 12))).toContain("a reservation of storage team (U10, 10U, until ");
    expect(await refusal(place(one, 30, `, reservation: "${id}"`))).toContain("outside reservation");
    expect(await refusal(place(one, 12, ', reservation: "Shelf:999999"'))).toContain("is no reservation in rack");
    const { change, userErrors } = await mutate(place(one, 12, `, reservation: "${id}"`));
    expect(userErrors).toEqual([]);
    const spans = async () =>
      (await contents(rack)).map((shelf) => {
        const { kind, unit, heightU } = shelf as { kind: string; unit: number; heightU: number };
        return `${kind} ${unit} ${heightU}`;
      });
    expect(await spans()).toEqual(["RESERVED 10 2", "MACHINE 12 1", "RESERVED 13 7"]);
    expect(await refusal(place(two, 15))).toContain("a reservation of storage team (U13, 7U, until");
    expect((await mutate(`undoChange(change: "${change?.id}")`)).userErrors).toEqual([]);
    expect(await spans()).toEqual(["RESERVED 10 10"]);

    const past = new Date(Date.now() - 60_000).toISOString();
    await onShelf(`updateReservation(shelf: "${id}", endsAt: "${past}")`);
    expect(await server().ask(`{ rack(name: "${rack}") { usedU } }`)).toEqual({ usedU: 0 });
    const over = await mutate(place(one, 12));
    expect(over.changed.map(({ object }) => object).sort()).toEqual([expect.stringMatching(/^Machine/), id]);
    expect(await spans()).toEqual(["MACHINE 12 1"]);
    expect((await mutate(`undoChange(change: "${over.change?.id}")`)).userErrors).toEqual([]);
    expect(await spans()).toEqual(["RESERVED 10 10"]);
    await onShelf(`releaseShelf(shelf: "${id}")`);
    expect(await spans()).toEqual([]);
  });

  test("a place may be N/A, and what is asked of the wrong kind of shelf is said", async () => {
    const [rack, serial] = [await newRack(), await machine()];
    const id = await onShelf(`blockShelf(rack: "${rack}", unit: 5, heightU: 2, name: "pipe")`);
    expect(await refusal(`placeMachine(machine: "${serial}", rack: "${rack}", unit: 6)`)).toContain(
      "a place that is not available pipe (U5, 2U) stands there",
    );
    expect(await refusal(`removeEquipment(shelf: "${id}")`)).toContain("releaseShelf");
    expect(await refusal(`updateReservation(shelf: "${id}", owner: "x")`)).toContain("no reservation");
    const own = await onShelf(`placeMachine(machine: "${serial}", rack: "${rack}", unit: 8)`);
    expect(await refusal(`updateEquipment(shelf: "${own}", unit: 9)`)).toContain("moved by placeMachine");
    expect(await refusal(`reserveShelf(rack: "${rack}", unit: 20, owner: " ")`)).toBe("say whom the place is kept for");
    expect(await refusal(`placeEquipment(rack: "${rack}", unit: 42, heightU: 2, kind: UPS)`)).toContain(
      "a 2U UPS at U42 would reach U43",
    );
    expect(await refusal(`placeEquipment(rack: "${rack}", unit: 40, kind: OTHER, color: "red")`)).toContain("#rrggbb");
    expect(await refusal(`placeEquipment(rack: "${rack}", unit: 40, kind: OTHER, watts: -1)`)).toContain("watts is -1");
    const { userErrors } = await mutate(`releaseShelves(shelves: ["${id}", "Shelf:999999"])`);
    expect(userErrors).toMatchObject([{ code: "NOT_FOUND", field: ["shelves", "1", "shelf"] }]);
    await onShelf(`releaseShelf(shelf: "${id}")`);
  });

  test("a rack is deleted with what stands in it only when that is said, and comes back with it", async () => {
    const [rack, serial] = [await newRack(), await machine()];
    await onShelf(`placeMachine(machine: "${serial}", rack: "${rack}", unit: 1, watts: 300)`);
    await onShelf(`placeEquipment(rack: "${rack}", unit: 2, kind: BLANK)`);
    await onShelf(`reserveShelf(rack: "${rack}", unit: 3, owner: "me")`);
    const before = await contents(rack);
    expect(await refusal(`deleteRack(rack: "${rack}")`)).toContain(`${serial}, Blank, me stand in rack ${rack}`);
    const { change, changed } = await mutate(`deleteRack(rack: "${rack}", occupants: UNPLACE)`);
    expect(changed).toHaveLength(4);
    expect(await server().ask(`{ machine(serialNumber: "${serial}") { shelf { unit } } }`)).toEqual({ shelf: null });
    expect((await mutate(`undoChange(change: "${change?.id}")`)).userErrors).toEqual([]);
    const known = (shelves: object[]) => shelves.map((shelf) => ({ ...shelf, id: undefined }));
    expect(known(await contents(rack))).toEqual(known(before));
  });

  test("lists that name two racks in opposite orders do not wait for each other", async () => {
    const [a, b] = [await newRack(), await newRack()];
    const list = (racks: string[], unit: number) =>
      `placeEquipments(equipments: [${racks.map((rack) => `{rack: "${rack}", unit: ${unit}, kind: BLANK}`).join()}])`;
    const mutations = Array.from({ length: 20 }, (_, i) => list(i % 2 === 0 ? [a, b] : [b, a], i + 1));
    const answers = await Promise.all(
      mutations.map((mutation) => server().ask<Answer>(`mutation { ${mutation} ${PAYLOAD} }`)),
    );
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    expect(await contents(a)).toHaveLength(20);
  });

  test("a machine keeps its own figures when it moves, and null gives it back its model's", async () => {
    const [rack, serial] = [await newRack(), await machine()];
    const figures = async (more: string) => {
      await onShelf(`placeMachine(machine: "${serial}", rack: "${rack}"${more})`);
      return (await contents(rack))[0];
    };
    const model = await figures(", unit: 1");
    expect(await figures(', unit: 1, kilograms: 99, color: "#00ff00"')).toMatchObject({ kilograms: 99 });
    expect(await figures(", unit: 2")).toMatchObject({ unit: 2, kilograms: 99, color: "#00ff00" });
    expect(await figures(", unit: 1, kilograms: null, color: null")).toEqual(model);
  });
});

onBothServers("labels", (server) => {
  test("are set, replaced and taken away, found by a filter, and undone", async () => {
    const [one = { serial: "" }, two = { serial: "" }] = await server().register(2);
    const label = (set: string, remove = "") =>
      server().ask<Answer>(
        `mutation { labelMachines(machines: ["${one.serial}", "${two.serial}"], set: [${set}], remove: [${remove}]) ${PAYLOAD} }`,
      );
    const labels = async () =>
      (await server().ask<{ labels: object[] }>(`{ machine(serialNumber: "${two.serial}") { labels { key value } } }`))
        .labels;
    await label('{key: "team", value: "web"}, {key: "a=b", value: ""}').then(({ userErrors }) => {
      expect(userErrors).toMatchObject([{ field: ["set", "1", "key"] }]);
    });
    expect((await label('{key: "team", value: "web=1"}, {key: "cost/center", value: ""}')).userErrors).toEqual([]);
    expect(await labels()).toEqual([
      { key: "cost/center", value: "" },
      { key: "team", value: "web=1" },
    ]);
    const { change, userErrors } = await label('{key: "team", value: "db"}', '"cost/center"');
    expect(userErrors).toEqual([]);
    expect(await labels()).toEqual([{ key: "team", value: "db" }]);
    const found = await server().ask(
      '{ machines(filter: {labels: {some: {key: {eq: "team"}, value: {eq: "db"}}}}) { totalCount } }',
    );
    expect(found).toEqual({ totalCount: 2 });
    expect(
      (await server().ask<Answer>(`mutation { undoChange(change: "${change?.id}") ${PAYLOAD} }`)).userErrors,
    ).toEqual([]);
    expect(await labels()).toHaveLength(2);
  });
});
