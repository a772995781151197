import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { In } from "typeorm";
import { ScanForRegistered } from "../../src/placement/scan-for-registered.js";
import { Switch } from "../../src/placement/switch/switch.entity.js";
import { switchesWithRoom } from "../../src/placement/switch/switches-with-room.store.js";
import { onBothServers } from "../graphql/test-server.js";
import { recordsOf } from "./support/simulated-switch.js";
import { freePort, SnmpSimulator } from "./support/snmpsim.js";

const mac = (i: number) => `00:26:2d:ab:00:${i.toString(16).padStart(2, "0")}`;
const table = (name: string, ...behind: number[]) =>
  recordsOf({ name, vlan: 30, ports: behind.map((i) => ({ ifIndex: i, name: `Gi1/0/${i}`, macs: [mac(i)] })) });

let simulator: SnmpSimulator;
beforeAll(async () => {
  simulator = await SnmpSimulator.start({ near: table("near", 3), far: table("far"), full: [] });
}, 60_000);
afterAll(() => simulator.stop());

// Nobody asks the switches by the clock here.
onBothServers(
  "a machine that registers and stands nowhere",
  (server) => {
    const create = async (name: string, address = simulator.address) => {
      const all = "userErrors { message }";
      const document = `mutation {
        rack: createRack(name: "${name}") { ${all} }
        switch: createSwitch(name: "${name}", managementAddress: "${address}", snmp: { version: V2C, community: "${name}" }) { ${all} }
        rule: createPlacementRule(name: "${name}", switch: "${name}", rack: "${name}", pattern: { pattern: "Gi1/0/{n}", to: 8 }) { ${all} }
      }`;
      const { errors, data } = await server().graphql(document);
      expect([errors, data]).toEqual([
        undefined,
        { rack: { userErrors: [] }, switch: { userErrors: [] }, rule: { userErrors: [] } },
      ]);
    };
    const register = (i: number) => server().boot(`/inventory/SCAN-${i}/${mac(i)}/Dell%20Inc./PowerEdge%20R640`);
    const placed = (i: number, rack: string, seconds = 10) =>
      vi.waitFor(
        async () =>
          expect(
            await server().ask(`{ machine(serialNumber: "SCAN-${i}") { hostname shelf { unit rack { name } } } }`),
          ).toMatchObject({ shelf: { unit: i, rack: { name: rack } } }),
        { timeout: seconds * 1_000, interval: 100 },
      );

    test("is forgotten while no switch can be asked: the next one costs nothing for those before it", async () => {
      const { app } = server();
      const looked = vi.spyOn(app.directory, "entriesOf");
      const scans = new ScanForRegistered(app);
      scans.note(Array.from({ length: 1_000 }, (_, i) => 1_000_000 + i));
      await vi.waitFor(() => expect(looked).toHaveBeenCalledTimes(1_000), { timeout: 10_000 });
      await new Promise((resolve) => setTimeout(resolve, 200));
      scans.note([2_000_000]);
      await vi.waitFor(() => expect(looked.mock.calls.at(-1)).toEqual([[2_000_000]]), { timeout: 10_000 });
      expect(looked).toHaveBeenCalledTimes(1_001);
      await scans.stop();
      looked.mockRestore();
    });

    test("has the switches asked that could see it, and is placed within 10 s, though others are silent", async () => {
      simulator.change("near", table("near", 3));
      for (const name of ["near", "far"]) await create(name);
      for (const name of ["dead1", "dead2"]) await create(name, `127.0.0.1:${await freePort()}`);
      await server().ask(
        `mutation { expectMachine(rack: "near", unit: 3, hostname: "web03") { userErrors { message } } }`,
      );
      await register(3);
      await placed(3, "near");
      expect(await server().ask(`{ machine(serialNumber: "SCAN-3") { hostname state } }`)).toEqual({
        hostname: "web03",
        state: "READY",
      });
    });

    test("has them asked again where an agent tells of an old table", async () => {
      await register(4);
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      simulator.change("near", table("near", 3, 4));
      await placed(4, "near", 30); // asked after 4 s, and after 12 where the agent had not read its new table by then
    });

    test("leaves in peace a switch whose places are all taken, and all of them once it stands", async () => {
      const { app } = server();
      await create("full");
      await server().ask(`mutation { deletePlacementRule(rule: "full") { userErrors { message } } }`);
      await server().ask(
        `mutation { createPlacementRule(name: "full", switch: "full", rack: "near", pattern: { pattern: "Gi1/0/{n}", from: 3, to: 4, firstUnit: 3 }) { userErrors { message } } }`,
      );
      const names = await app.database.manager.findBy(Switch, { id: In(await switchesWithRoom(app.database.manager)) });
      expect(names.map(({ name }) => name).sort()).toEqual(["dead1", "dead2", "far", "near"]);
      const asked = vi.spyOn(app.switchScans, "askNow");
      await register(3);
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(asked).not.toHaveBeenCalled();
      asked.mockRestore();
    });
  },
  { KICKRACK_SWITCH_SCAN_SECONDS: "0" },
);
