import { printIpxeScript } from "../src/boot/ipxe-script.js";
import { DEFAULT_LOCAL_BOOT } from "../src/boot/local-boot.js";
import { BY_START } from "../src/changes/origin.js";
import { Database } from "../src/db/database.js";
import { parseMacAddress, type MacAddress } from "../src/machine/mac-address.js";

/** The `port`th Ethernet port of all: machine i has the ports 2i and 2i + 1. As in boot.lua. */
export function macOfPort(port: number): MacAddress {
  return parseMacAddress(`5254${port.toString(16).padStart(8, "0")}`);
}

/** What GET /boot/MAC answers for it, printed by the product's own printer. */
export function scriptOfPort(port: number, base: string): string {
  const name = `node-${Math.floor(port / 2)}`;
  const who = { name, place: null, localBoot: DEFAULT_LOCAL_BOOT };
  return printIpxeScript({ action: "menu", rule: "NOT_ARMED", ...who, state: "READY" }, macOfPort(port), base);
}

/**
 * A database of `machines` approved machines with two ports each, through the product's own Database. Their platform is not
 * known: of those whose it is, one that asks again within a minute comes back from its disk, and tries its next local boot.
 */
export async function makeDatabase(url: string, machines: number): Promise<void> {
  const database = await Database.open(url);
  await database.write(BY_START, async ({ manager }) => {
    const each = `WITH RECURSIVE each(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM each WHERE i + 1 < $1)`;
    const now = new Date().toISOString();
    await manager.query(
      `INSERT INTO machine (serial_number, manufacturer, product, uuid, hostname, state, locked, platform, build_arch,
         ipxe_version, first_seen_at, last_seen_at)
       ${each} SELECT printf('READY%08d', i), 'Dell Inc.', 'PowerEdge R640',
         printf('%08x-5555-4666-8777-888888888888', i), 'node-' || i, 'READY', false, NULL, 'x86_64', '1.21.1+', $2, $2
       FROM each`,
      [machines, now],
    );
    await manager.query(
      `INSERT INTO ethernet_interface (machine_id, mac_address, disputed, first_seen_at)
       ${each} SELECT (SELECT id FROM machine WHERE hostname = 'node-' || (i / 2)),
         printf('52:54:%02x:%02x:%02x:%02x', i >> 24 & 255, i >> 16 & 255, i >> 8 & 255, i & 255), false, $2
       FROM each`,
      [2 * machines, now],
    );
  });
  await database.close();
}
