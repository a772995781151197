import { rowPattern } from "./row-pattern.js";

/** How one maker's switches print their forwarding table. */
export interface Dialect {
  readonly name: string;
  /** A line that this dialect prints above its rows, and others do not. */
  readonly heading: RegExp;
  /** The rows it prints, in the words of row-pattern.ts; the first that fits is taken. */
  readonly rows: readonly RegExp[];
  /** Lines that are no rows: legends, totals, rows of no address. */
  readonly aside?: RegExp;
  /** Rows that name no port where a machine may be: the switch's own addresses, tunnels. */
  readonly own?: RegExp;
}

const rows = (...columns: string[]) => columns.map(rowPattern);

/** The first of two that understand a text equally well is taken. */
export const DIALECTS: readonly Dialect[] = [
  {
    name: "Cisco IOS",
    heading: /^\s*vlan\s+mac address\s+type\s+(ports|learn)\s*(age\s+ports)?$|^\s*destination address\s+address type/i,
    rows: rows("vlan mac kind port", "mark? vlan mac kind yesNo age port", "mac kind vlan port"),
    aside:
      /^(unicast|multicast) entries|^\s*mac address table\s*$|^\s*displaying entries|^\s*age - seconds|^\s*n\/a.*not available/i,
  },
  {
    name: "Cisco NX-OS",
    heading: /^\s*vlan(\/bd)?\s+mac address\s+type\s+age\s+secure/i,
    rows: rows("mark? vlan mac kind age yesNo yesNo =vpc =peer-link.*", "mark? vlan mac kind age yesNo yesNo port"),
    aside: /^\s*\* - primary entry|^\s*age - seconds|^\s*\(T\) - True|~ - vsan|primary entry using vPC|^note:/i,
    own: /^\s*[GC]\s|\(R\)/i,
  },
  {
    name: "Cisco small business",
    heading: /^\s*vlan\s+mac address\s+(port|interface)\s+type\s*$/i,
    rows: rows("vlan mac port kind", "vlan mac any kind"),
    aside: /^flags: i - internal|^\s*aging time is/i,
    own: /\s(self|internal)\s*$/i,
  },
  {
    name: "Arista EOS",
    heading: /^\s*vlan\s+mac address\s+type\s+ports\s+moves\s+last move/i,
    rows: rows("vlan mac kind port any any =ago", "vlan mac kind port any any any any =ago", "vlan mac kind port"),
    aside: /^\s*(multicast )?mac address table\s*$|^\s*vlan\s+mac address\s+type\s+ports\s*$/i,
  },
  {
    name: "Juniper Junos",
    heading: /^\s*ethernet[ -]switching table\s*:|^\s*vlan\s+mac\s+mac\s+age\s+logical|^\s*mac flags \(s/i,
    rows: rows("vlanName mac kind age port ..."),
    aside: /^\s*name\s+address\s+flags|^routing instance|^\s*vlan\s+mac|^\s*SE -|\sFlood\s|^\s*\S+ - \S+.* MAC[,)]/i,
  },
  {
    name: "HPE Comware",
    heading: /^\s*mac addr(ess)?\s+vlan id\s+state\s+port/i,
    rows: rows("mac vlan =config =(?:static|dynamic) port ...", "mac vlan kind port ..."),
    aside: /^\s*-+\s*\d+ mac address(es)?\b.*found|^\s*no mac address/i,
  },
  {
    name: "HPE ProVision",
    heading: /^\s*mac address\s+port(\s+vlan)?\s*$|port address table\s*$/i,
    rows: rows("mac name vlan", "mac port"),
  },
  {
    name: "Aruba AOS-CX",
    heading: /^\s*mac address\s+vlan\s+type\s+port\s*$/i,
    rows: rows("mac vlan kind port"),
    aside: /^\s*mac age-time|^\s*number of mac/i,
  },
  {
    name: "Huawei VRP",
    heading: /^\s*mac address\s+vlan\/(\S*\s+learned-from|\s+pevlan)/i,
    rows: rows("mac vlan port kind ...", "mac vlan any any port kind ..."),
    aside:
      /^\s*vsi\/si\b|^mac address table of slot|^\s*flags: \* - backup|^\s*# - forwarding|^\s*on the interface|^bd {3}:/i,
  },
  {
    name: "Dell OS10",
    heading: /^\s*vlanid\s+mac address\s+type\s+interface/i,
    rows: rows("vlan mac kind port ...", "vlan mac kind =(?:te|gi|fo|hu|po|tf) port ..."),
    aside: /^\s*codes: |pv <vlan-id>/i,
  },
  {
    name: "MikroTik RouterOS",
    heading: /^\s*#\s+mac-address\s+(vid\s+)?on-interface|^\s*#\s+bridge\s+mac-address|^columns: .*mac-address/i,
    rows: rows("any flags? mac vlan name any since?", "any flags? mac name any since?"),
    aside: /^\s*flags: (x -|d -)|^columns: |^\s*#/i,
    own: /^\s*\d+\s+(?:[XIDE]\s?)*L/i,
  },
  {
    name: "Linux bridge",
    heading: /^\s*[0-9a-f:]{17} dev \S+/i,
    rows: rows("mac =dev name =vlan vlan ...", "mac =dev name ..."),
    own: /\s(permanent|dst|via|src_vni)\b/i,
  },
  {
    name: "Cumulus Linux",
    heading: /^\s*(vlan\s+master\s+interface\s+mac|entry-id\s+mac address\s+vlan)\b/i,
    rows: rows("vlan any name mac ...", "any mac vlan name ..."),
    own: /\s(permanent)\b/i,
  },
];

/** What stands for no port: the switch's processor, its routed and virtual interfaces, its tunnels. */
export const NO_PORT =
  /^(cpu|router|switch|drop|igmp|self|bridge\d*|br\d+|br_\w+|sup-eth.*|vlan-?\d+|irb\S*|(vxlan|nve|vtep|vtun|evpn|vx|sup|tunnel)[-./\d(]\S*|0)$/i;

/** What every dialect prints between its rows: rulers, totals, pagers, and the prompt with the command. */
export const ASIDE =
  /^[\s\-=+|#]*$|^\{\S+\}$|^\s*(legend|total|totals|multicast mac address table)\b|^\s*-+\s*more\s*-+\s*$|^\s*<--- more --->|^(?:\S+[>#$\]%]|[<[]\S+[>\]]|\[?\S+@\S+[>#$\]%]) ?\s*(\S.*)?$/i;
