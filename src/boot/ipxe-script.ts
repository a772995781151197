import { InvalidInput } from "../errors.js";
import { hyphenated, type MacAddress } from "../machine/mac-address.js";
import type { Installer } from "../install/plan-render.js";
import type { BootDecision } from "./decision.js";
import { screenText } from "./screen-text.js";

const MENU_TIMEOUT_MS = 5_000;
const INSTALL_TIMEOUT_MS = 3_000;

/**
 * A decision as an iPXE script. `base` is the URL the machine reaches us by, without a slash at its end.
 *
 * iPXE has no quoting; `||` `&&` `;` are operators as words of their own; `${…}` is expanded last and again. So text
 * that a machine reported passes `screenText`, and what an operator wrote passes `kernelWords`.
 */
export function printIpxeScript(decision: BootDecision, mac: MacAddress, base: string): string {
  const again = `chain --replace --autofree ${base}/boot/${hyphenated(mac)}`;
  switch (decision.action) {
    case "register":
      return `#!ipxe\nchain --replace --autofree ${base}/SNreg.ipxe\n`;
    case "wait":
      // The server holds the machine with 503 and Retry-After, which iPXE of every age obeys inside one chain.
      return `#!ipxe
echo
echo Kickrack: ${screenText(decision.name)} is registered.
echo It waits here for its approval and then goes on by itself.
:wait
${again} ||
echo Kickrack does not answer. Next try in 10 seconds.
sleep 10
goto wait
`;
    case "local":
      return `#!ipxe
echo
echo Kickrack: ${screenText(decision.name)} boots its local disk (${decision.rule}).
${LOCAL_DISK} exit
`;
    case "menu":
      return `#!ipxe
menu Kickrack: ${screenText(decision.name)} (${decision.state})
item local Boot the local disk
item again Ask Kickrack again
item shell iPXE shell
choose --default local --timeout ${MENU_TIMEOUT_MS} target || goto local
goto \${target}
:again
${again} || goto local
:shell
shell || goto local
:local
${LOCAL_DISK_OR_AGAIN}`;
    case "install":
      return `#!ipxe
menu Kickrack: ${screenText(decision.name)} (${decision.rule})
item install ${words(decision.installer.title)}
item local Boot the local disk
item again Ask Kickrack again
item shell iPXE shell
choose --default install --timeout ${INSTALL_TIMEOUT_MS} target || goto install
goto \${target}
:install
echo Kickrack: starting ${words(decision.installer.title)}
${printInstaller(decision.installer, base)}
:failed
echo The installer could not be loaded. Next try in 10 seconds.
sleep 10
:again
${again} || goto failed
:shell
shell || goto again
:local
${LOCAL_DISK_OR_AGAIN}`;
  }
}

// BIOS: sanboot of the first disk works in iPXE of every age.
// UEFI: sanboot exists only since 2024-03, and a boot option that returns success opens EDK2's menu, hence exit 1.
const LOCAL_DISK = `iseq \${platform} efi && exit 1 ||
sanboot --no-describe --drive 0x80 ||`;

// A bare machine that was approved and not armed yet comes here: it asks until it is, instead of hanging in its firmware.
const LOCAL_DISK_OR_AGAIN = `echo Kickrack: booting the local disk
${LOCAL_DISK}
echo No system on the local disk. Kickrack is asked again in 10 seconds.
sleep 10
goto again
`;

function printInstaller(installer: Installer, base: string): string {
  const url = (path: string) => word(path.startsWith("/") ? `${base}${path}` : path);
  // On UEFI the kernel finds its RAM disk by the name after initrd=, which iPXE takes from the URL's last part.
  const names = installer.initrds.map((path) => `initrd=${word(path.slice(path.lastIndexOf("/") + 1))}`);
  return [
    ["kernel", url(installer.kernel), ...names, words(installer.arguments), "|| goto failed"].join(" "),
    ...installer.initrds.map((path) => `initrd ${url(path)} || goto failed`),
    "boot || goto failed",
  ].join("\n");
}

/** Text that an operator wrote, as the words of one command. It may use iPXE's own `${net0/mac}`. */
function words(text: string): string {
  if (/[\x00-\x1f\x7f]|(^|\s)(\|\||&&|;|#\S*)(\s|$)|\\$/.test(text)) {
    throw new InvalidInput(
      `iPXE cannot be given ${JSON.stringify(text)}: write it on one line, without ||, &&, ; or # as words of their own`,
    );
  }
  return text;
}

function word(text: string): string {
  if (text === "" || /\s/.test(text)) throw new InvalidInput(`${JSON.stringify(text)} is not one word`);
  return words(text);
}

/** What stops a machine in front of a person: a sentence on its screen, and then the firmware goes on. */
export function printIpxeMessage(message: string): string {
  return `#!ipxe
echo
echo Kickrack: ${screenText(message)}
sleep 10
exit 1
`;
}
