import { InvalidInput } from "../errors.js";
import { hyphenated, type MacAddress } from "../machine/mac-address.js";
import type { Installer } from "../install/plan-render.js";
import { menuSeconds, type BootDecision } from "./decision.js";
import type { LocalBoot } from "./local-boot.js";
import { screenText, whoIs } from "./screen-text.js";

/** Ends the URL of a machine that has never left iPXE: it has not come back, it asks again. */
export const AGAIN = "?again";

/** Ends the URL by which a machine that listens for its switch asks whether there is something to boot by now. */
export const LISTENING = "?listening";

/** A switch speaks LLDP every 30 s (IEEE 802.1AB, msgTxInterval). */
const LISTENS = { times: 12, seconds: 3 };

/**
 * A decision as an iPXE script. `base` is the URL the machine reaches us by, without a slash at its end.
 *
 * iPXE has no quoting; `||` `&&` `;` are operators as words of their own; `${…}` is expanded last and again. So text
 * that a machine reported passes `screenText`, and what an operator wrote passes `kernelWords`.
 */
export function printIpxeScript(decision: BootDecision, mac: MacAddress, base: string): string {
  const again = `chain --replace --autofree ${base}/boot/${hyphenated(mac)}${AGAIN}`;
  switch (decision.action) {
    case "register":
      return `#!ipxe\nchain --replace --autofree ${base}/SNreg.ipxe\n`;
    case "wait":
      return `${waitHead(decision.name)}${waitFor(again)}`;
    case "local":
      return `#!ipxe
echo
echo Kickrack: ${whoIs(decision)} boots its local disk (${decision.rule}).
${localDisk(decision, base)} exit
`;
    case "menu":
      return `#!ipxe
${menuHead(`${whoIs(decision)}, ${decision.state}`)}
${LOCAL_ITEM}
${MORE_ITEMS}
choose --default local --timeout ${menuSeconds(decision) * 1_000} target || goto local
goto \${target}
:again
${again} || goto local
${restOfMenu(decision, base)}`;
    case "install":
      return `#!ipxe
${menuHead(`${whoIs(decision)}, ${decision.rule}`)}
${item("i", "install", `Install ${words(decision.installer.title)}`)}
${LOCAL_ITEM}
${MORE_ITEMS}
choose --default install --timeout ${menuSeconds(decision) * 1_000} target || goto install
goto \${target}
:install
echo Kickrack: starting ${words(decision.installer.title)}
${printInstaller(decision.installer, base)}
:failed
echo The installer could not be loaded. Next try in 10 seconds.
sleep 10
:again
${again} || goto failed
${restOfMenu(decision, base)}`;
  }
}

/**
 * For a machine that waits anyway and can hear LLDP, of which nothing was heard when it registered: it listens for as long as a
 * switch may be silent, and registers again with what it heard. It asks meanwhile, so that its approval does not wait for the switch.
 */
export function printListeningScript(name: string, mac: MacAddress, base: string): string {
  const boot = `${base}/boot/${hyphenated(mac)}`;
  return `${waitHead(name)}isset \${kickrack-heard} && goto wait ||
set listens:int32 0
:listen
isset \${netX.lldp/2.0.1.0} && goto heard ||
chain --autofree ${boot}${LISTENING} ||
isset \${kickrack-boots} && goto wait ||
inc listens
iseq \${listens} ${LISTENS.times} && goto wait ||
sleep ${LISTENS.seconds}
goto listen
:heard
set kickrack-heard 1
chain --replace --autofree ${base}/SNreg.ipxe ||
${waitFor(`chain --replace --autofree ${boot}${AGAIN}`)}`;
}

/** The answer to a machine that listens: a script that returns to the one that chained it. */
export function printListeningAnswer(boots: boolean): string {
  return boots ? "#!ipxe\nset kickrack-boots 1\n" : "#!ipxe\n";
}

function waitHead(name: string): string {
  return `#!ipxe
echo
echo Kickrack: ${screenText(name)} is registered.
echo It waits here for its approval and then goes on by itself.
`;
}

// The server holds the machine with 503 and Retry-After, which iPXE of every age obeys inside one chain.
function waitFor(again: string): string {
  return `:wait
${again} ||
echo Kickrack does not answer. Next try in 10 seconds.
sleep 10
goto wait
`;
}

function menuHead(title: string): string {
  return `:menu\nmenu Kickrack: ${title}`;
}

function item(key: string, label: string, words: string): string {
  return `item --key ${key} ${label} ${words}`;
}

const LOCAL_ITEM = item("l", "local", "Boot the local disk");
const MORE_ITEMS = [
  item("r", "rescue", "Rescue system"),
  item("h", "facts", "Hardware facts"),
  item("s", "shell", "iPXE shell"),
  item("a", "again", "Ask Kickrack again"),
].join("\n");

/** Machines call us by one name again and again, and there are a few pairs of methods: what was printed last is kept. */
let rests: { readonly base: string; readonly of: WeakMap<LocalBoot, string> } = { base: "", of: new WeakMap() };

function restOfMenu(sent: SentToDisk, base: string): string {
  if (rests.base !== base) rests = { base, of: new WeakMap() };
  const known = rests.of.get(sent.localBoot);
  if (known !== undefined) return known;
  // Joined, and so one piece of memory: a template's pieces would be copied one by one for each answer.
  const rest = [moreTargets(base), ":local", localDiskOrAgain(sent, base)].join("\n");
  rests.of.set(sent.localBoot, rest);
  return rest;
}

/** What a person may want besides; each comes back to the menu. */
function moreTargets(base: string): string {
  return `:rescue
chain ${base}/images/rescue.ipxe ||
echo No rescue system: Kickrack's images have no rescue.ipxe that boots.
prompt --timeout 30000 Press a key for the menu. ||
goto menu
:facts
chain ${base}/facts.ipxe ||
goto menu
:shell
shell ||
goto menu`;
}

interface SentToDisk {
  readonly localBoot: LocalBoot;
}

/**
 * The machine itself knows its platform, so both are in the script. A boot option that returns success opens EDK2's setup,
 * hence exit 1; after it the firmware goes on with its next option.
 */
function localDisk({ localBoot }: SentToDisk, base: string): string {
  const efi = {
    EXIT: [],
    SANBOOT: ["sanboot --no-describe"],
    GRUB: [`chain ${base}/images/grub-local.efi`],
    REBOOT: ["reboot"],
  }[localBoot.EFI];
  const bios = {
    EXIT: "exit",
    SANBOOT: "sanboot --no-describe --drive 0x80",
    GRUB: `chain ${base}/images/grub-local.pxe`,
    REBOOT: "reboot",
  }[localBoot.BIOS];
  return [...[...efi, "exit 1"].map((command) => `iseq \${platform} efi && ${command} ||`), `${bios} ||`].join("\n");
}

// A bare machine that was approved and not armed yet comes here: it asks until it is, instead of hanging in its firmware.
function localDiskOrAgain(sent: SentToDisk, base: string): string {
  return `echo Kickrack: booting the local disk (UEFI ${sent.localBoot.EFI}, BIOS ${sent.localBoot.BIOS})
${localDisk(sent, base)}
echo No system on the local disk. Kickrack is asked again in 10 seconds.
sleep 10
goto again
`;
}

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
