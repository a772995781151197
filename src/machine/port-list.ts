import type { MacAddress } from "./mac-address.js";

/** What follows the MAC address of a port that is disputed. */
const DISPUTED = "!";

/** SQL: the ports of `machine` in one text, as `readPortList` reads it, so that a machine is one row with all of them. */
export const PORT_LIST = `(SELECT string_agg(
    CASE WHEN disputed THEN mac_address || '${DISPUTED}' ELSE mac_address END, ' ' ORDER BY ethernet_interface.id)
  FROM ethernet_interface WHERE ethernet_interface.machine_id = machine.id)`;

export function readPortList(text: string | null): Array<{ macAddress: MacAddress; disputed: boolean }> {
  if (text === null) return [];
  return text.split(" ").map((port) => {
    const disputed = port.endsWith(DISPUTED);
    return { macAddress: (disputed ? port.slice(0, -1) : port) as MacAddress, disputed };
  });
}
