import { expect, test } from "vitest";
import type { EntityManager } from "typeorm";
import { elevationsOf } from "../../src/rack/drawing/elevation.store.js";
import { plansOf } from "../../src/rack/rack-plan.store.js";
import { Rack } from "../../src/rack/rack.entity.js";
import { onBothServers } from "../graphql/test-server.js";
import { statementsOf } from "../support/statements.js";

onBothServers("what stands in racks", (server) => {
  test("is read in as many statements for forty racks as for one, with profile, model and state", async () => {
    const { dataSource, manager } = server().app.database;
    await server().profile("web");
    const machines = await server().register(40);
    await server().change(
      "assignProfile",
      machines.map(({ serial }) => serial),
      ', profile: "web"',
    );
    for (const [i, { serial }] of machines.entries()) {
      await server().ask(`mutation { createRack(name: "C${i}", position: ${i}) { userErrors { message } } }`);
      await server().ask(`mutation { placeMachine(machine: "${serial}", rack: "C${i}", unit: 3) { shelf { id } } }`);
    }
    const racks = await manager.find(Rack, { order: { position: "ASC" } });
    const elevations = (some: EntityManager, wanted: Rack[]) => elevationsOf(some, wanted, new Date());
    for (const read of [elevations, plansOf]) {
      await read(manager, racks); // the models are remembered from now on
      const count = async (some: Rack[]) => (await statementsOf(dataSource, () => read(manager, some))).length;
      expect([await count(racks.slice(0, 1)), await count(racks)]).toEqual([1, 1]);
    }
    const [elevation] = await elevations(manager, racks.slice(7, 8));
    expect(elevation).toMatchObject({
      name: "C7",
      firstUnit: 1,
      location: { site: null, room: null, row: null, position: 7 },
      shelves: [{ title: machines[7]?.serial, subtitle: "PowerEdge R640", profile: "web", status: "DISCOVERED" }],
    });
    // The shipped models know what an R640 weighs, and not what it draws.
    expect(elevation?.shelves[0]).toMatchObject({ kilograms: expect.any(Number) as number, watts: null });
    expect((await plansOf(manager, racks.slice(7, 8)))[0]?.items).toMatchObject([
      { kind: "MACHINE", name: machines[7]?.serial, manufacturer: "Dell Inc.", place: { unit: 3, heightU: 1 } },
    ]);
  });
});
