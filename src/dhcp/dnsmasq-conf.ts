import { InvalidInput } from "../errors.js";

export const DIALECTS = ["2.52", "2.53"] as const;
export type Dialect = (typeof DIALECTS)[number];
export const HAND_OVERS = ["ipxe", "pxelinux"] as const;
export const UEFI_LOADERS = ["ipxe", "grub"] as const;
export const DHCP_ROLES = ["own", "proxy"] as const;
export const EVENTS = ["off", "new", "all"] as const;

/** Which of the hand-overs is printed. */
export interface HandOverChoice {
  readonly dialect: Dialect;
  /** What an approved BIOS machine boots from: PXELINUX by TFTP as in the article, or iPXE. */
  readonly mode: (typeof HAND_OVERS)[number];
  /** What x86-64 UEFI boots: iPXE, or a signed shim and GRUB, which Secure Boot lets run. */
  readonly uefi: (typeof UEFI_LOADERS)[number];
  /** Whether dnsmasq gives out addresses, or another DHCP server does. */
  readonly dhcp: (typeof DHCP_ROLES)[number];
  /** Of which leases Kickrack is told, for what relays say of the port: `new` ones, or `all`, renewed ones too. */
  readonly events: (typeof EVENTS)[number];
}

export interface DnsmasqConf extends HandOverChoice {
  readonly hostsfile: string;
  readonly tftpRoot: string;
  /** What dnsmasq calls for each event. */
  readonly eventScript: string;
  /** The boot plane, as iPXE is told; its `${next-server}` may stand in it. */
  readonly url: string;
  /** The boot plane for firmware, which expands nothing. */
  readonly address: string;
}

interface Architecture {
  readonly tag: string;
  /** RFC 4578 and IANA's list; 9 is x86-64 UEFI in the field. */
  readonly numbers: readonly number[];
  readonly httpNumbers: readonly number[];
  /** As `pxe-service` calls those of `numbers`. */
  readonly services: readonly string[];
  readonly file: string;
}

/**
 * The part of dnsmasq's configuration that hands machines over to Kickrack; the site's own part has the interface and
 * the `dhcp-range`. dnsmasq takes the last `dhcp-boot` whose tags all match, so the special ones come last.
 *
 * Dialect 2.53 writes `set:` and `tag:!known`, 2.52 and older `net:#known` and nothing for set.
 */
export function printDnsmasqConf(all: DnsmasqConf): string {
  // Beside another DHCP server, next-server may be that one's.
  const conf = all.dhcp === "proxy" ? { ...all, url: all.address } : all;
  const { dialect, hostsfile, tftpRoot, url } = conf;
  const words = new Dialects(dialect, conf.dhcp === "proxy" ? new URL(conf.address).hostname : undefined);
  const architectures = architecturesOf(conf);
  return `${[
    `# Written by Kickrack for dnsmasq ${dialect === "2.52" ? "2.52 and older" : "2.53 and newer"}; a change here is overwritten.`,
    "# Include it from the site's own configuration:  conf-file=<this file>",
    ...(conf.dhcp === "own" ? [] : PROXY_NOTE),
    `dhcp-hostsfile=${hostsfile}`,
    "enable-tftp",
    `tftp-root=${tftpRoot}`,
    "",
    "# iPXE (and gPXE before it) sends option 175; RFC 4578 architectures 7 and 9 are both x86-64 UEFI in the field.",
    words.match("ipxe", "175"),
    ...architectures.flatMap(({ tag, numbers, httpNumbers }) => [
      ...numbers.map((number) => words.match(tag, `option:client-arch,${number}`)),
      ...httpNumbers.map((number) => words.match(`${tag}http`, `option:client-arch,${number}`)),
    ]),
    "",
    ...(conf.dhcp === "own" ? NO_PROXY : []),
    "# Firmware gets its boot loader; iPXE of a machine that nobody approved gets the registration script.",
    words.boot(["!ipxe"], "undionly.kpxe"),
    ...architectures.map(({ tag, file }) => words.boot(["!ipxe", tag], file)),
    words.boot(["ipxe", "!known"], `${url}/SNreg.ipxe`),
    "",
    ...known(conf, words),
    "",
    ...httpBoot(conf, words, architectures),
    ...eventLines(conf),
    ...(conf.dhcp === "proxy" ? proxyServices(conf, words, architectures) : []),
  ].join("\n")}\n`;
}

const NO_PROXY = [
  "# Option 175.176, no-pxedhcp: iPXE need not wait three seconds at each DHCP for a ProxyDHCP that is not there.",
  "dhcp-option=encap:175,176,1b",
  "",
];

const PROXY_NOTE = [
  "# Another DHCP server gives out the addresses. The site's own part says for which network this one only adds the boot",
  "# file:  dhcp-range=10.0.0.0,proxy",
];

function eventLines({ dialect, events, eventScript }: DnsmasqConf): string[] {
  if (events === "off") return [];
  checkEvents(dialect, events);
  return [
    "",
    "# Where machines stand: the port that a DHCP relay names in option 82. The script writes one small file and ends.",
    `dhcp-script=${eventScript}`,
    // A machine that is carried to another port while its lease lasts has no new one. 2.81 and newer.
    ...(events === "all" ? ["script-on-renewal"] : []),
  ];
}

/** @throws InvalidInput for a dnsmasq that tells scripts nothing of relays */
export function checkEvents(dialect: Dialect, events: HandOverChoice["events"]): void {
  if (dialect === "2.53" || events === "off") return;
  throw new InvalidInput("dnsmasq tells scripts of DHCP relays from 2.66 on; with dialect 2.52 write events off");
}

/** The tags of one age of dnsmasq. */
class Dialects {
  /** @param nextServer iPXE takes no file from a proxy that names no server (dhcp_has_pxeopts) */
  constructor(
    private readonly dialect: Dialect,
    private readonly nextServer?: string,
  ) {}

  match(tag: string, what: string): string {
    return `dhcp-match=${this.dialect === "2.52" ? "" : "set:"}${tag},${what}`;
  }

  tagged(option: string, tags: readonly string[], rest: string): string {
    return `${option}=${[...tags.map((each) => this.tag(each)), rest].join(",")}`;
  }

  boot(tags: readonly string[], file: string): string {
    return this.tagged("dhcp-boot", tags, this.nextServer === undefined ? file : `${file},,${this.nextServer}`);
  }

  private tag(name: string): string {
    return this.dialect === "2.52" ? `net:${name.replace("!", "#")}` : `tag:${name}`;
  }
}

// shim takes grubx64.efi or grubaa64.efi from beside itself. Debian has no iPXE for arm64.
function architecturesOf({ uefi }: HandOverChoice): Architecture[] {
  return [
    {
      tag: "efi64",
      numbers: [7, 9],
      httpNumbers: [16],
      services: ["x86-64_EFI", "BC_EFI"],
      file: uefi === "ipxe" ? "snponly.efi" : "shimx64.efi",
    },
    { tag: "arm64", numbers: [11], httpNumbers: [19], services: ["ARM64_EFI"], file: "shimaa64.efi" },
  ];
}

function known({ mode, uefi, url }: DnsmasqConf, words: Dialects): string[] {
  const menu = `${url}/boot/\${netX/mac:hexhyp}`;
  if (mode === "ipxe") return ["# An approved machine: iPXE, then its own menu.", words.boot(["ipxe", "known"], menu)];
  return [
    "# An approved machine: PXELINUX on BIOS, which reads pxelinux.cfg/01-MAC; its own menu on UEFI.",
    words.boot(["known"], "pxelinux.0"),
    words.boot(["known", "efi64"], uefi === "ipxe" ? "snponly.efi" : "shimx64.efi"),
    words.boot(["known", "arm64"], "shimaa64.efi"),
    words.boot(["known", "efi64", "ipxe"], menu),
  ];
}

function httpBoot({ address }: DnsmasqConf, words: Dialects, architectures: readonly Architecture[]): string[] {
  return [
    "# UEFI HTTP Boot: a whole URL, and the vendor class that the firmware takes an answer by. /images/boot/ has the loaders.",
    ...architectures.flatMap(({ tag, file }) => [
      words.tagged("dhcp-option-force", [`${tag}http`], "60,HTTPClient"),
      words.boot([`${tag}http`], `${address}/images/boot/${file}`),
    ]),
  ];
}

/** One for each kind of firmware: a service that is the only one for a machine is booted without a menu. */
function proxyServices({ mode }: DnsmasqConf, words: Dialects, architectures: readonly Architecture[]): string[] {
  const service = (tags: readonly string[], kind: string, file: string) =>
    words.tagged("pxe-service", tags, `${kind},"Kickrack",${file}`);
  return [
    "",
    "# Beside another DHCP server firmware boots what is offered here as a service.",
    ...(mode === "ipxe"
      ? [service(["!ipxe"], "x86PC", "undionly.kpxe")]
      : [service(["!ipxe", "!known"], "x86PC", "undionly.kpxe"), service(["known"], "x86PC", "pxelinux.0")]),
    ...architectures.flatMap(({ services, file }) => services.map((kind) => service(["!ipxe"], kind, file))),
  ];
}
