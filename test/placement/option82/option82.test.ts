import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { onBothServers } from "../../graphql/test-server.js";

onBothServers(
  "option 82",
  (server) => {
    const script = () => join(server().config.exports, "dnsmasq/dhcp-event");
    /** dnsmasq has a lease, and a relay said where from. */
    const lease = async (mac: string, env: Record<string, string>) => {
      await vi.waitFor(() => expect(existsSync(script())).toBe(true), { timeout: 5_000 });
      const named = Object.fromEntries(Object.entries(env).map(([name, value]) => [`DNSMASQ_${name}`, value]));
      expect(spawnSync(script(), ["add", mac, "10.0.0.50", "*"], { env: named, encoding: "utf8" })).toMatchObject({
        status: 0,
        stderr: "",
      });
    };
    const until = (query: string, expected: unknown) =>
      vi.waitFor(async () => expect(await server().ask(query)).toMatchObject(expected as object), { timeout: 10_000 });
    const room = async (rack: string) => {
      await server().ask(`mutation { createRack(name: "${rack}") { userErrors { message } } }`);
      await server().ask(
        `mutation { createSwitch(name: "sw-${rack}", chassisId: "02:00:00:82:00:01", managementAddress: "10.0.0.2") { userErrors { message } } }`,
      );
      await server().ask(
        `mutation { createPlacementRule(name: "${rack}", switch: "sw-${rack}", rack: "${rack}", pattern: { pattern: "Gi1/0/{n}", to: 40 }) { userErrors { message } } }`,
      );
    };

    test("places a machine that registers after its DHCP, by what its switch added to it", async () => {
      await room("O1");
      const mac = "52:54:00:82:01:01";
      await server().ask(
        `mutation { expectMachine(rack: "O1", unit: 7, hostname: "web07") { userErrors { message } } }`,
      );
      await lease(mac, {
        CIRCUIT_ID: "00:04:00:0a:01:07",
        REMOTE_ID: "00:06:02:00:00:82:00:01",
        RELAY_ADDRESS: "10.9.9.9",
      });
      await vi.waitFor(async () => {
        const rows: unknown[] = await server().app.database.manager.query(
          "SELECT id FROM sighting WHERE mac_address = $1",
          [mac],
        );
        expect(rows).toHaveLength(1);
      });
      await server().boot(`/inventory/O82-1/${mac}/Dell%20Inc./PowerEdge%20R640`);
      const machine = `{ machine(serialNumber: "O82-1") { hostname shelf { unit } place { agreement evidence { source direct portId chassisId systemName } } } }`;
      await until(machine, {
        hostname: "web07",
        shelf: { unit: 7 },
        place: {
          agreement: "AGREES",
          evidence: [
            {
              source: "dhcp-option82",
              direct: true,
              portId: "00:04:00:0a:01:07",
              chassisId: "00:06:02:00:00:82:00:01",
              systemName: "10.9.9.9",
            },
          ],
        },
      });
    });

    test("places a machine that was registered long before, and keeps one sighting of each address", async () => {
      const [machine] = await server().register(1);
      const { mac = "", serial } = machine ?? {};
      await lease(mac, { CIRCUIT_ID: "nobody knows this one", RELAY_ADDRESS: "10.0.0.99" });
      const seen = `{ sightings(filter: { macAddress: { eq: "${mac}" } }) { nodes { port portId source } } }`;
      await until(seen, { nodes: [{ portId: "nobody knows this one", source: "dhcp-option82" }] });
      await lease(mac, { CIRCUIT_ID: "Gi1/0/9", RELAY_ADDRESS: "10.0.0.2" });
      await until(seen, { nodes: [{ portId: "Gi1/0/9" }] });
      await until(`{ machine(serialNumber: "${serial}") { shelf { unit rack { name } } } }`, {
        shelf: { unit: 9, rack: { name: "O1" } },
      });
    });

    test("keeps what came while the server was down", async () => {
      const [machine] = await server().register(1);
      const { mac = "" } = machine ?? {};
      await server().stop();
      await lease(mac, { CIRCUIT_ID: "Gi1/0/11", RELAY_ADDRESS: "10.0.0.2" });
      await server().start();
      await until(`{ machine(macAddress: "${mac}") { shelf { unit } } }`, { shelf: { unit: 11 } });
    });
  },
  { KICKRACK_DNSMASQ_EVENTS: "all" },
);
