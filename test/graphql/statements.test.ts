import { expect, test, vi } from "vitest";
import { statementsOf } from "../support/statements.js";
import { onBothServers } from "./test-server.js";

const MACHINES = `query ($first: Int!) {
  machines(first: $first) {
    nodes {
      id hostname place { agreement observed { rack { name } unit } evidence { source } }
      ethernetInterfaces { macAddress } sightings { nodes { systemName } } profile { name template { name } }
      shelf { unit rack { name usedU shelves { occupant { hostname } } } }
      installation { state profile { name template { name } } machine { id } events { nodes { kind } } }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

const RACKS = `query ($first: Int!) {
  racks(first: $first) { nodes { name usedU freeU diagram shelves { occupant { hostname installation { state } } } } }
}`;

const DIAGRAMS = `query ($first: Int!) {
  racks(first: $first) { nodes {
    diagram(face: BOTH, theme: PRINT, colorBy: MODEL)
    table: diagram(format: CSV)
    text: diagram(format: TEXT)
    rackdiag: diagram(format: RACKDIAG)
    armed: diagram(highlight: { state: { eq: ARMED } })
  } }
}`;

onBothServers("the number of statements", (server) => {
  test("of a query does not grow with its rows", async () => {
    await server().profile("statements");
    const machines = await server().register(100);
    const serials = machines.map(({ serial }) => serial);
    expect(await server().change("approveMachines", serials)).toEqual([]);
    expect(await server().change("assignProfile", serials, ', profile: "statements"')).toEqual([]);
    expect(await server().change("armMachines", serials, ", count: 100")).toEqual([]);
    for (let rack = 1; rack <= 3; rack++) {
      await server().ask(`mutation { createRack(name: "R${rack}") { userErrors { message } } }`);
    }
    for (const [i, serial] of serials.entries()) {
      const place = `machine: "${serial}", rack: "R${(i % 3) + 1}", unit: ${1 + Math.floor(i / 3)}`;
      await server().ask(`mutation { placeMachine(${place}) { shelf { id } } }`);
    }
    const { dataSource } = server().app.database;
    for (const [query, few, many] of [
      [MACHINES, 2, 100],
      [RACKS, 1, 3],
      [DIAGRAMS, 1, 3],
    ] as const) {
      // dnsmasq's and PXELINUX's files are written beside it, and their statements count too, so until they are done.
      await vi.waitFor(
        async () => {
          const less = await statementsOf(dataSource, () => server().ask(query, { first: few }));
          const more = await statementsOf(dataSource, () => server().ask(query, { first: many }));
          expect(less.length).toBeGreaterThan(2); // the control: they are counted
          // Two fields that lead to one loader may come in one turn of the event loop or in two.
          expect(more.length).toBeLessThanOrEqual(less.length + 2);
          expect(more.length).toBeLessThan(24);
        },
        { timeout: 10_000, interval: 100 },
      );
    }
  });
});
