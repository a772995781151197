/** What may stand in a column of a forwarding table. A name in a row's description is one of these. */
const CELLS: Readonly<Record<string, string>> = {
  mac: "(?<mac>[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}|[0-9a-f]{4}(?:[.-][0-9a-f]{4}){2}|[0-9a-f]{6}-[0-9a-f]{6}|[0-9a-f]{12})",
  vlan: "(?<vlan>\\d{1,4}(?:/\\S*)?|all|none|untagged|n/a|-+)",
  vlanName: "(?<vlan>\\S+)",
  /** A port of the switch, or what stands for the switch itself. */
  port: "(?<port>\\S*\\d\\S*|cpu|router|switch|drop|igmp|self)",
  /** Where a port may have any name that somebody gave it. */
  name: "(?<port>\\S+)",
  /** How it was learned: letters alone, which tells it from a port. */
  kind: "[a-z][a-z,_+-]*",
  mark: "[*+~GRCO](?:[ ]?[*+~GRCO])*",
  flags: "(?:[XIDLE][ ]?){1,4}",
  age: "(?:[\\d:.~]+|-|n/?a)",
  since: "\\d[\\dsmhdw:.]*",
  yesNo: "(?:yes|no|true|false|[tfyn~])",
  any: "\\S+",
};

/**
 * Makes the pattern of a row out of its columns: `vlan mac kind port`. `=dev` is the word itself, `age?` may be absent,
 * and `...` at the end is what nobody reads.
 */
export function rowPattern(columns: string): RegExp {
  const cells = columns.split(" ").map((column) => {
    if (column === "...") return ".*";
    const optional = column.endsWith("?");
    const name = optional ? column.slice(0, -1) : column;
    const cell = name.startsWith("=") ? name.slice(1) : CELLS[name];
    if (cell === undefined) throw new Error(`no column is called ${name}`);
    // each cell is whole: the one before it ends at a blank, or at the line's beginning
    return optional ? `(?:(?<!\\S)(?:${cell})\\s*)?` : `(?<!\\S)(?:${cell})(?!\\S)\\s*`;
  });
  return new RegExp(`^\\s*${cells.join("")}$`, "i");
}
