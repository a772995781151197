/** By what iPXE calls them; what a build does not know stays empty. */
const FACTS = [
  ["Manufacturer", "manufacturer"],
  ["Product", "product"],
  ["Serial number", "serial"],
  ["Asset tag", "asset"],
  ["Board", "board-serial"],
  ["UUID", "uuid"],
  ["Memory in MB", "memsize"],
  ["Firmware", "platform"],
  ["iPXE", "version"],
  ["This port", "netX/mac"],
  ["Its chip", "netX/chip"],
  ["Address", "netX/ip"],
  ["Gateway", "netX/gateway"],
  ["net0", "net0/mac"],
  ["net1", "net1/mac"],
  ["net2", "net2/mac"],
  ["net3", "net3/mac"],
] as const;

/** facts.ipxe: what the machine knows of itself, on one screen of 25 lines. Ends when a key is pressed. */
export const FACTS_SCRIPT = `#!ipxe
echo
${FACTS.map(([name, setting]) => `echo ${name.padEnd(14, ".")} \${${setting}}`).join("\n")}
prompt Press a key for the menu. ||
exit
`;
