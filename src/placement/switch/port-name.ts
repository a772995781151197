/** What makers call one kind of port: IOS, NX-OS, Arista EOS, Comware, VRP, Dell OS9 and OS10. Their own short word first. */
const SPELLINGS: ReadonlyArray<readonly [key: string, ...others: string[]]> = [
  ["fa", "fastethernet", "fe"],
  ["gi", "gigabitethernet", "gigabit", "gigaethernet", "gige", "gig", "ge", "1ge"],
  ["tw", "twogigabitethernet", "two", "2.5ge"],
  ["fi", "fivegigabitethernet", "five"],
  ["te", "tengigabitethernet", "ten-gigabitethernet", "tengige", "ten", "xgigabitethernet", "xge", "10ge"],
  ["twe", "twentyfivegige", "twenty-fivegige", "twentyfivegigabitethernet", "25ge"],
  ["fo", "fortygigabitethernet", "fortygige", "40ge"],
  ["fif", "fiftygige", "fiftygigabitethernet", "50ge"],
  ["hu", "hundredgige", "hundredgigabitethernet", "100ge"],
  ["twoh", "twohundredgige", "200ge"],
  ["fou", "fourhundredgige", "fourhundredgigabitethernet", "400ge"],
  ["eth", "ethernet", "et"],
  ["po", "port-channel", "portchannel"],
  ["bagg", "bridge-aggregation"],
];

const KEYS = new Map(SPELLINGS.flatMap(([key, ...others]) => [key, ...others].map((name) => [name, key])));

/**
 * How a port's name is compared: `Gi1/0/7`, `GigabitEthernet1/0/7` and `gigabitethernet 1/0/7` have one key. Junos names
 * a port's unit 0 after it (`xe-0/0/7.0`), which is the port itself.
 */
export function portKey(name: string): string {
  const text = name.trim().toLowerCase().replace(/\s+/g, " ");
  const junos = /^([a-z]+-\d+\/\d+\/\d+(?::\d+)?|ae\d+)\.0$/.exec(text)?.[1];
  if (junos !== undefined) return junos;
  const [, kind, number] = /^((?:\d[\d.]*)?[a-z][a-z-]*?) ?(\d[\d/:.]*)$/.exec(text) ?? [];
  if (kind === undefined || number === undefined) return text;
  return (KEYS.get(kind) ?? kind) + number;
}
