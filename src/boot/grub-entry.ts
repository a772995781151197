/** Where GRUB looks for its first file: Debian's signed one, and the one of Debian's installer for each architecture. */
export const GRUB_FOLDERS = ["grub", "debian-installer/amd64/grub", "debian-installer/arm64/grub"] as const;

/**
 * `grub.cfg`, for a GRUB that does not look for a file with its MAC address by itself, as Debian's does not. `again` is how
 * the machine's own file asks to be fetched anew: a `configfile` within another would take more memory each time. A
 * `source` that finds no file ends well, so what was found says so.
 *
 * Debian's GRUB has http as a module in a file, which Secure Boot does not let it load: then its own file comes by TFTP.
 *
 * @param server HOST:PORT for GRUB's http device
 */
export function printGrubEntry(server: string): string {
  return `# Written by Kickrack; a change here is overwritten.
if [ "$lockdown" = y ]; then
  set own="/grub/grub.cfg-01-$net_default_mac"
else
  set own="(http,${server})/grub/grub.cfg-01-$net_default_mac"
fi
set again=yes
while [ "$again" != no ]; do
  set again=failed
  source "$own"
  if [ "$again" = failed ]; then
    echo "Kickrack has no $own for this machine: it is not approved, or Kickrack does not answer."
    echo 'Next try in 10 seconds.'
    sleep 10
  fi
done
`;
}

/** A file that ends without a menu: `commands`, and then the machine's own file is fetched again. */
export function inEntry(server: string, commands: string): string {
  return `if [ -z "$again" ]; then
  source '(http,${server})/grub/grub.cfg'
else
${commands.replace(/^(?=.)/gm, "  ")}fi
`;
}

/**
 * Text of SMBIOS may hold anything, and GRUB sends a URL as it is: blanks are escaped here, and what holds more is not
 * sent. GRUB takes a function at the top of a file only.
 */
export const GRUB_FUNCTIONS = `function sendable {
  set text="$1"
  if ! regexp '^[A-Za-z0-9 ._,:()/-]*$' "$text"; then set text=; fi
  while regexp --set 1:head --set 2:tail '^([^ ]*) (.*)$' "$text"; do
    set text="\${head}%20\${tail}"
  done
}
`;

export function printGrubRegistration(server: string): string {
  const field = (name: string, number: number) => `smbios --type 1 --get-string ${number} --set text
sendable "$text"
set ${name}="$text"
`;
  return `${field("manufacturer", 4)}${field("product", 5)}${field("serial", 7)}smbios --type 1 --get-uuid 8 --set uuid
if [ "$grub_platform" = pc ]; then set platform=pcbios; else set platform=$grub_platform; fi
source "(http,${server})/inventory?loader=grub&serial=$serial&mac=$net_default_mac&manufacturer=$manufacturer&product=$product&uuid=$uuid&platform=$platform&arch=$grub_cpu"
`;
}
