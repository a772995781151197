import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse as parseToml } from "smol-toml";
import { z } from "zod";
import { checkEvents } from "./dhcp/dnsmasq-conf.js";
import { InvalidInput } from "./errors.js";
import { checkNameRule } from "./machine/name-rule.js";

const listen = z.string().regex(/^(\[[0-9a-fA-F:]+\]|[^:\s]+):\d{1,5}$/, "write HOST:PORT, as in 0.0.0.0:9393");
const httpUrl = z.string().regex(/^https?:\/\/[^/\s?#]+$/, "write http://HOST:PORT without a slash at the end");

// Every setting with its default and its meaning. KICKRACK_BOOT_LISTEN in the environment is boot_listen in the file.
const settings = z.strictObject({
  /** What machines talk to. */
  boot_listen: listen.default("0.0.0.0:9393"),
  /** What scripts and operators talk to. */
  control_listen: listen.default("127.0.0.1:9394"),
  /** Where SQLite's file and the secret key live. */
  data: z.string().default("data"),
  /** sqlite:FILE or postgres://…; a file under `data` when unset. */
  database_url: z.string().optional(),
  /** The key that tokens are derived and checked with, 32 bytes or more; a file under `data` when unset. */
  secret_key: z.string().min(32).optional(),
  /** What is written for other programs. */
  exports: z.string().default("exports"),
  /** dnsmasq's tftp-root; PXELINUX's files are written below it. `tftpboot` under `exports` when unset. */
  tftp_root: z.string().optional(),
  /** Kernels and initrds, served under /images/. */
  images: z.string().default("images"),
  /** How long a query of the API, and a statement on PostgreSQL, may take. */
  query_seconds: z.coerce.number().positive().max(3600).default(10),
  /** How many minutes an installation that has begun may say nothing before it has failed. */
  install_minutes: z.coerce.number().min(1).max(10_080).default(60),
  /** How often each switch is asked by SNMP for its tables, in seconds; 0: only when somebody says so. */
  switch_scan_seconds: z.coerce.number().min(0).max(86_400).default(300),
  /** How machines are named when they are approved, as in {rack}-u{unit}; by their serial number when unset. */
  name_rule: z.string().optional(),
  /** What machines are told; the address that they reached us by when unset. */
  public_url: httpUrl.optional(),
  /** Who may talk to the boot plane, as CIDR; everybody when empty. */
  boot_networks: z.string().default(""),
  /** dnsmasq's pid file, which gets SIGHUP, or a command with its arguments; nothing when unset. */
  dnsmasq_reload: z.string().optional(),
  /** What known machines boot from: PXELINUX as in the article, or iPXE. */
  dnsmasq_mode: z.enum(["ipxe", "pxelinux"]).default("ipxe"),
  /** What x86-64 UEFI boots: iPXE, or Debian's signed shim and GRUB, which Secure Boot lets run. */
  dnsmasq_uefi: z.enum(["ipxe", "grub"]).default("ipxe"),
  /** Whether dnsmasq gives out addresses, or stands beside another DHCP server that does. */
  dnsmasq_dhcp: z.enum(["own", "proxy"]).default("own"),
  /** Whether dnsmasq tells of leases what DHCP relays add to them (option 82): of none, new ones, or all. */
  dnsmasq_events: z.enum(["off", "new", "all"]).default("off"),
  /** 2.52 writes `net:#known`, 2.53 and later `tag:!known`. */
  dnsmasq_dialect: z.enum(["2.52", "2.53"]).default("2.53"),
});

export interface Config {
  readonly bootListen: ListenAddress;
  readonly controlListen: ListenAddress;
  readonly data: string;
  readonly databaseUrl: string;
  readonly secretKey: string | undefined;
  readonly exports: string;
  readonly tftpRoot: string;
  readonly images: string;
  readonly querySeconds: number;
  readonly installMinutes: number;
  readonly switchScanSeconds: number;
  readonly nameRule: string | undefined;
  readonly publicUrl: string | undefined;
  readonly bootNetworks: readonly string[];
  readonly dnsmasq: {
    readonly reload: string | undefined;
    readonly mode: "ipxe" | "pxelinux";
    readonly uefi: "ipxe" | "grub";
    readonly dhcp: "own" | "proxy";
    readonly dialect: "2.52" | "2.53";
    readonly events: "off" | "new" | "all";
  };
}

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

const PREFIX = "KICKRACK_";
/** Read by client commands, not by the server. */
const CLIENT_SETTINGS = new Set(["KICKRACK_URL", "KICKRACK_TOKEN"]);

/**
 * Environment over file over default. `KICKRACK_X_FILE` names a file that holds X, for secrets.
 *
 * @throws InvalidInput that names the setting and what would be right
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>, file?: string): Config {
  const values: Record<string, unknown> = file === undefined ? {} : { ...parseToml(readFileSync(file, "utf8")) };
  for (const [name, value] of Object.entries(environment)) {
    if (!name.startsWith(PREFIX) || CLIENT_SETTINGS.has(name) || value === undefined) continue;
    const key = name.slice(PREFIX.length).toLowerCase();
    if (key.endsWith("_file")) values[key.slice(0, -"_file".length)] = readFileSync(value, "utf8").trim();
    else values[key] = value;
  }
  const parsed = settings.safeParse(values);
  if (!parsed.success) {
    throw new InvalidInput(`the configuration cannot be used:\n${z.prettifyError(parsed.error)}`);
  }
  const set = parsed.data;
  checkEvents(set.dnsmasq_dialect, set.dnsmasq_events);
  if (set.name_rule !== undefined) checkNameRule(set.name_rule);
  const data = resolve(set.data);
  const exports = resolve(set.exports);
  return {
    bootListen: address(set.boot_listen),
    controlListen: address(set.control_listen),
    data,
    databaseUrl: set.database_url ?? `sqlite:${join(data, "kickrack.sqlite")}`,
    secretKey: set.secret_key,
    exports,
    tftpRoot: set.tftp_root === undefined ? join(exports, "tftpboot") : resolve(set.tftp_root),
    images: resolve(set.images),
    querySeconds: set.query_seconds,
    installMinutes: set.install_minutes,
    switchScanSeconds: set.switch_scan_seconds,
    nameRule: set.name_rule,
    publicUrl: set.public_url,
    bootNetworks: set.boot_networks.split(/[\s,]+/).filter((network) => network !== ""),
    dnsmasq: {
      reload: set.dnsmasq_reload,
      mode: set.dnsmasq_mode,
      uefi: set.dnsmasq_uefi,
      dhcp: set.dnsmasq_dhcp,
      dialect: set.dnsmasq_dialect,
      events: set.dnsmasq_events,
    },
  };
}

function address(text: string): ListenAddress {
  const colon = text.lastIndexOf(":");
  return { host: text.slice(0, colon).replace(/^\[|\]$/g, ""), port: Number(text.slice(colon + 1)) };
}
