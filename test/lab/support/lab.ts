import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { onTestFinished } from "vitest";
import { Bridge } from "./bridge.js";
import {
  BIOS_LOADERS,
  checkPackages,
  EFI_LOADERS,
  GRUB_MODULES,
  INSTALLER,
  INSTALLER_ARM64,
} from "./debian-packages.js";
import { Dnsmasq } from "./dnsmasq.js";
import type { GraphqlClient } from "./graphql.js";
import { Kickrack, type KickrackFolders, type KickrackSettings, runKickrack } from "./kickrack.js";
import { type Hardware, Machine } from "./machine.js";
import { enterPrivateNetwork } from "./namespace.js";
import type { Transcript } from "./transcript.js";

export interface LabOptions {
  /** Tells the labs apart: bridge krN, network 10.77.N.0/24. */
  readonly number: number;
  /** Puts Debian's installer for this architecture under /images/debian-12. */
  readonly installer?: "amd64" | "arm64";
  readonly settings?: KickrackSettings;
}

/** One switch with a real dnsmasq and a real Kickrack on it, and machines as they are switched on. */
export class Lab {
  readonly folder = mkdtempSync(join(tmpdir(), "kickrack-lab-"));
  readonly #bridge: Bridge;
  readonly #machines: Machine[] = [];
  #kickrack: Kickrack | undefined;
  #dnsmasq: Dnsmasq | undefined;
  #foreign: Dnsmasq | undefined;

  /** Starts a lab that ends with the test it is called from, and shows its evidence when that test fails. */
  static async start(options: LabOptions): Promise<Lab> {
    checkPackages();
    await enterPrivateNetwork();
    const lab = new Lab(options.number);
    onTestFinished(async ({ task }) => {
      const folder = join(process.cwd(), "test/out/lab", task.name.replace(/[^a-z0-9]+/gi, "-").slice(0, 80));
      rmSync(folder, { recursive: true, force: true });
      if (task.result?.state === "fail") lab.#showEvidence(folder);
      await lab.#close();
    });
    await lab.#open(options);
    return lab;
  }

  private constructor(number: number) {
    this.#bridge = new Bridge(number);
  }

  get kickrack(): Kickrack {
    if (!this.#kickrack) throw new Error("Kickrack was not started");
    return this.#kickrack;
  }

  /** The host's own address on the bridge. */
  get address(): string {
    return this.#bridge.address;
  }

  get api(): GraphqlClient {
    return this.kickrack.api;
  }

  get dnsmasq(): Dnsmasq {
    if (!this.#dnsmasq) throw new Error("dnsmasq was not started");
    return this.#dnsmasq;
  }

  /** The DHCP server beside which ours is a proxy. */
  get foreign(): Dnsmasq {
    if (!this.#foreign) throw new Error("no foreign DHCP server was started");
    return this.#foreign;
  }

  /** Runs a command of Kickrack beside the server, with its folders. */
  kickrackCommand(...args: string[]): string {
    return runKickrack(this.#folders, ...args);
  }

  get tftpRoot(): string {
    return this.#folders.tftpRoot;
  }

  get hostsfile(): string {
    return readFileSync(join(this.#folders.exports, "dnsmasq/hostsfile"), "utf8");
  }

  get bridge(): Bridge {
    return this.#bridge;
  }

  /** Plugs a card into the switch, once; it may then be in a machine that is switched on again and again. */
  async plugIn(macAddress: string): Promise<Hardware["cards"][number]> {
    return { macAddress, tap: await this.#bridge.createTap() };
  }

  powerOn(hardware: Hardware): Machine {
    const machine = new Machine(hardware, this.folder);
    this.#machines.push(machine);
    return machine;
  }

  /** What dnsmasq leaves for Kickrack. */
  get spool(): string {
    return join(this.#folders.exports, "dnsmasq/events");
  }

  async machineAs(macAddress: string, fields: string): Promise<unknown> {
    const { machine } = await this.api.ask<{ machine: unknown }>(
      `{ machine(macAddress: "${macAddress}") { ${fields} } }`,
    );
    return machine;
  }

  /** Makes a change and waits until dnsmasq has read a hostsfile that has this in it. */
  async handOver(change: () => Promise<unknown>, line: RegExp): Promise<void> {
    let mark = this.dnsmasq.log.length;
    await change();
    do {
      await this.dnsmasq.log.waitFor(/read .*hostsfile/, 10, mark);
      mark = this.dnsmasq.log.length;
    } while (!line.test(this.hostsfile));
  }

  async #open(options: LabOptions): Promise<void> {
    const folders = this.#makeFolders(options.installer);
    await this.#bridge.create();
    this.#kickrack = await Kickrack.start(this.#bridge, folders, options.settings ?? {});
    const conf = join(folders.exports, "dnsmasq/kickrack.conf");
    const isProxy = options.settings?.KICKRACK_DNSMASQ_DHCP === "proxy";
    this.#dnsmasq = await Dnsmasq.start(this.#bridge, this.folder, folders.dnsmasqPidFile, conf, isProxy);
    if (isProxy) this.#foreign = await Dnsmasq.startForeign(this.#bridge);
  }

  #makeFolders(installer: LabOptions["installer"]): KickrackFolders {
    const folders = this.#folders;
    const [boot, images] = ["boot", "debian-12"].map((name) => join(folders.images, name)) as [string, string];
    for (const folder of [folders.tftpRoot, boot, images]) mkdirSync(folder, { recursive: true });
    for (const file of BIOS_LOADERS) copyFileSync(file, join(folders.tftpRoot, basename(file)));
    for (const [name, file] of EFI_LOADERS) {
      for (const folder of [folders.tftpRoot, boot]) copyFileSync(file, join(folder, name));
    }
    cpSync(GRUB_MODULES.folder, join(folders.tftpRoot, GRUB_MODULES.name), { recursive: true });
    symlinkSync(folders.images, join(folders.tftpRoot, "images"));
    // Copies: Kickrack serves no symbolic link that leaves its folder.
    const files = installer && Object.values(installer === "amd64" ? INSTALLER : INSTALLER_ARM64);
    for (const file of files ?? []) copyFileSync(file, join(images, basename(file)));
    return folders;
  }

  get #folders(): KickrackFolders {
    return {
      data: join(this.folder, "data"),
      exports: join(this.folder, "exports"),
      tftpRoot: join(this.folder, "exports/tftpboot"),
      images: join(this.folder, "images"),
      dnsmasqPidFile: join(this.folder, "dnsmasq.pid"),
    };
  }

  async #close(): Promise<void> {
    for (const machine of this.#machines) await machine.pullThePlug();
    await this.#foreign?.stop();
    await this.#dnsmasq?.stop();
    await this.#kickrack?.stop();
    await this.#bridge.remove();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The end of everything that spoke, on the screen; all of it, in files. */
  #showEvidence(folder: string): void {
    mkdirSync(folder, { recursive: true });
    const spoke: Transcript[] = this.#machines.map(({ console }) => console);
    if (this.#dnsmasq) spoke.push(this.#dnsmasq.log);
    if (this.#foreign) spoke.push(this.#foreign.log);
    if (this.#kickrack) spoke.push(this.#kickrack.log);
    for (const [i, transcript] of spoke.entries()) {
      const file = join(folder, `${i + 1}-${transcript.name.replace(/[^a-z0-9]+/gi, "-")}.log`);
      writeFileSync(file, transcript.text);
      console.error(`\n──── ${transcript.name}: the last lines of ${file}\n${transcript.lastLines(60)}`);
    }
  }
}
