export type Dialect = "2.52" | "2.53";

export interface DnsmasqConf {
  readonly dialect: Dialect;
  /** What an approved machine boots from: PXELINUX by TFTP as in the article, or iPXE. */
  readonly mode: "ipxe" | "pxelinux";
  readonly hostsfile: string;
  readonly tftpRoot: string;
  /** The boot plane, as machines are told; iPXE's `${next-server}` may stand in it. */
  readonly url: string;
}

/**
 * The part of dnsmasq's configuration that hands machines over to Kickrack; the site's own part has the interface and
 * the `dhcp-range`. dnsmasq takes the last `dhcp-boot` whose tags all match, so the special ones come last.
 *
 * Dialect 2.53 writes `set:` and `tag:!known`, 2.52 and older `net:#known` and nothing for set.
 */
export function printDnsmasqConf({ dialect, mode, hostsfile, tftpRoot, url }: DnsmasqConf): string {
  const old = dialect === "2.52";
  const match = (tag: string, what: string) => `dhcp-match=${old ? "" : "set:"}${tag},${what}`;
  const tag = (name: string) => `${old ? "net:" : "tag:"}${old ? name.replace("!", "#") : name}`;
  const boot = (tags: string[], file: string) => `dhcp-boot=${[...tags.map(tag), file].join(",")}`;
  const menu = `${url}/boot/\${netX/mac:hexhyp}`;
  const known =
    mode === "ipxe"
      ? ["# An approved machine: iPXE, then its own menu.", boot(["ipxe", "known"], menu)]
      : [
          "# An approved machine: PXELINUX on BIOS, which reads pxelinux.cfg/01-MAC; iPXE and its own menu on UEFI.",
          boot(["known"], "pxelinux.0"),
          boot(["known", "efi64"], "snponly.efi"),
          boot(["known", "efi64", "ipxe"], menu),
        ];
  return `${[
    `# Written by Kickrack for dnsmasq ${old ? "2.52 and older" : "2.53 and newer"}; a change here is overwritten.`,
    "# Include it from the site's own configuration:  conf-file=<this file>",
    `dhcp-hostsfile=${hostsfile}`,
    "enable-tftp",
    `tftp-root=${tftpRoot}`,
    "",
    "# iPXE (and gPXE before it) sends option 175; RFC 4578 architectures 7 and 9 are both x86-64 UEFI in the field.",
    match("ipxe", "175"),
    match("efi64", "option:client-arch,7"),
    match("efi64", "option:client-arch,9"),
    "",
    "# Option 175.176, no-pxedhcp: iPXE need not wait three seconds at each DHCP for a ProxyDHCP that is not there.",
    "dhcp-option=encap:175,176,1b",
    "",
    "# Firmware gets iPXE; iPXE of a machine that nobody approved gets the registration script.",
    boot(["!ipxe"], "undionly.kpxe"),
    boot(["!ipxe", "efi64"], "snponly.efi"),
    boot(["ipxe", "!known"], `${url}/SNreg.ipxe`),
    "",
    ...known,
  ].join("\n")}\n`;
}
