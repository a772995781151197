import { InvalidInput } from "../errors.js";
import { notNow, pathOf, queryValue, text, type BootAnswer, type BootRequest } from "../http/boot-request.js";
import { isUnicast, readMacAddress, type MacAddress } from "../machine/mac-address.js";
import type { Boots } from "./boot.store.js";
import type { BootDecision } from "./decision.js";
import { FACTS_SCRIPT } from "./facts-script.js";
import { printGrubConfig } from "./grub-config.js";
import { GRUB_FOLDERS, printGrubEntry } from "./grub-entry.js";
import { AGAIN, LISTENING, printIpxeScript, printListeningAnswer, printListeningScript } from "./ipxe-script.js";
import type { LocalBoots } from "./local-boots.js";
import { printPxelinuxConfig } from "./pxelinux-config.js";
import { printRegistrationScript } from "./registration-script.js";
import { isSentToDisk } from "./sent-to-disk.store.js";

/** GET /facts.ipxe, from a machine's menu */
export function getFacts(request: BootRequest): BootAnswer {
  request.said = "hardware facts";
  return text(FACTS_SCRIPT);
}

/** GET /grub/grub.cfg, and where else a GRUB that came by HTTP looks for it */
export function getGrubEntry(request: BootRequest): BootAnswer {
  request.said = "the way to its own file";
  return text(printGrubEntry(serverOf(request)));
}

export const GRUB_ENTRIES = GRUB_FOLDERS.flatMap((folder) => [
  `/${folder}/grub.cfg`,
  `/${folder}/x86_64-efi/grub.cfg`,
  `/${folder}/arm64-efi/grub.cfg`,
]);

function serverOf({ base }: BootRequest): string {
  return base.replace(/^https?:\/\//, "");
}

// Approval and arming reach a waiting machine within 15 s; half of that leaves room for a slow answer.
const WAIT_SECONDS = { min: 4, max: 8 };

/** GET /SNreg.ipxe */
export function getRegistrationScript(request: BootRequest): BootAnswer {
  request.said = "registration script";
  return text(printRegistrationScript(request.base));
}

export class BootHandlers {
  constructor(
    private readonly boots: Boots,
    private readonly localBoots: LocalBoots,
  ) {}

  /** GET /boot/MAC: the machine's menu. Not async on its hot path: most answers need no promise. */
  readonly getBoot = (request: BootRequest): BootAnswer | Promise<BootAnswer> => {
    const mac = macOf(request.target.slice("/boot/".length));
    const decision = this.boots.decideAtOnce(mac);
    if (request.target.endsWith(LISTENING)) return listening(mac, request, decision);
    if (decision === undefined) return this.getInstaller(mac, request);
    tell(request, mac, decision);
    if (decision.action === "local" || decision.action === "menu") {
      const learning = this.sendingToDisk(mac, request);
      if (learning !== undefined) return learning.then(() => this.getMenu(mac, request));
    }
    // A message would end the script that waits; held back, it goes on by itself.
    if (decision.action === "wait") return notNow(`${decision.name} waits for its approval\n`, WAIT_SECONDS);
    return text(printIpxeScript(decision, mac, request.base));
  };

  private sendingToDisk(mac: MacAddress, { target, method, userAgent }: BootRequest): Promise<void> | undefined {
    if (!isSentToDisk(method, target, userAgent)) return undefined;
    return this.localBoots.sending(mac, target.endsWith(AGAIN));
  }

  private async getMenu(mac: MacAddress, request: BootRequest): Promise<BootAnswer> {
    const decision = await this.boots.decide(mac, request.base);
    tell(request, mac, decision);
    return text(printIpxeScript(decision, mac, request.base));
  }

  /** What follows a registration: the menu, or a script that says what it waits for. */
  readonly afterInventory = async (mac: MacAddress, request: BootRequest): Promise<BootAnswer> => {
    if (queryValue(request.target, "loader") === "grub") return this.grub(mac, request);
    const decision = this.boots.decideAtOnce(mac);
    if (decision === undefined) return this.getInstaller(mac, request);
    tell(request, mac, decision);
    if (decision.action === "wait" && mayStillHear(request.target)) {
      return text(printListeningScript(decision.name, mac, request.base));
    }
    return text(printIpxeScript(decision, mac, request.base));
  };

  /** GET /pxelinux.cfg/01-MAC, for lpxelinux.0, which loads by HTTP */
  readonly getPxelinux = async (request: BootRequest): Promise<BootAnswer> => {
    const { target, base } = request;
    const mac = macOf(target.slice("/pxelinux.cfg/".length).replace(/^01-/, ""));
    return text(printPxelinuxConfig(await this.decide(mac, request), mac, `${base}/`));
  };

  /** GET /grub/grub.cfg-01-MAC and GRUB's other spellings of it */
  readonly getGrub = (request: BootRequest): Promise<BootAnswer> | BootAnswer => {
    const rest = request.target.slice("/grub/grub.cfg-".length);
    // Red Hat's GRUB asks by UUID first and by pieces of its IP address last: 404 makes it try the next name.
    if (UUID_OR_IP.test(pathOf(rest))) return text("GRUB's files are named by MAC address here\n", 404);
    return this.grub(macOf(rest.replace(/^01[-:]/, "")), request);
  };

  private async grub(mac: MacAddress, request: BootRequest): Promise<BootAnswer> {
    return text(printGrubConfig(await this.decide(mac, request), serverOf(request)));
  }

  private async getInstaller(mac: MacAddress, request: BootRequest): Promise<BootAnswer> {
    return text(printIpxeScript(await this.decide(mac, request), mac, request.base));
  }

  // Who asks for the head boots nothing, so it uses up none of the installer's tries.
  private async decide(mac: MacAddress, request: BootRequest): Promise<BootDecision> {
    const { method, base } = request;
    request.mac = mac;
    const decision = await (method === "HEAD" ? this.boots.decide(mac, base) : this.boots.decideAndCount(mac, base));
    tell(request, mac, decision);
    return decision;
  }
}

/** Nothing is booted by this answer, so it uses up none of the installer's tries, and sends nobody to its disk. */
function listening(mac: MacAddress, request: BootRequest, decision: BootDecision | undefined): BootAnswer {
  const waits = decision?.action === "wait";
  request.mac = mac;
  request.rule = decision?.rule;
  request.said = waits ? "wait, and listen for the switch" : "there is something to boot by now";
  return text(printListeningAnswer(!waits));
}

/** Digits and dots are never escaped, and most are older: their queries need not be parsed. */
const IPXE_2 = /[?&]version=(?:[2-9]|\d\d+)\./;

/** UEFI builds of iPXE hear LLDP from 2.0 on, BIOS builds of no age do. The frame may come after the registration. */
function mayStillHear(target: string): boolean {
  return IPXE_2.test(target) && queryValue(target, "platform") === "efi" && !queryValue(target, "lldp_port");
}

const UUID_OR_IP = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9A-F]{1,8})$/i;

/** What is kept of the request. */
function tell(request: BootRequest, mac: MacAddress, decision: BootDecision): void {
  request.mac = mac;
  request.rule = decision.rule;
  request.said = decision.action === "install" ? decision.installer.title : decision.action;
}

function macOf(rest: string): MacAddress {
  const spelled = pathOf(rest);
  const mac = readMacAddress(spelled.includes("%") ? spelled.replace(/%3a/gi, ":") : spelled);
  if (mac === undefined || !isUnicast(mac)) {
    throw new InvalidInput(`${JSON.stringify(spelled)} is not a MAC address; write it as 00-26-2d-01-01-01`);
  }
  return mac;
}
