import { createReadStream } from "node:fs";
import { mkdir, readdir, unlink } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setImmediate } from "node:timers/promises";
import type { BootDirectory, DirectoryEntry } from "../boot/boot-directory.js";
import type { Boots } from "../boot/boot.store.js";
import { printGrubConfig } from "../boot/grub-config.js";
import { GRUB_FOLDERS, printGrubEntry } from "../boot/grub-entry.js";
import { printPxelinuxConfig } from "../boot/pxelinux-config.js";
import type { Log } from "../log.js";
import { hyphenated, type MacAddress } from "../machine/mac-address.js";
import { ListDigest, replaceFile, replaceFileWith } from "./atomic-file.js";
import { printDhcpEventScript } from "./dhcp-event-script.js";
import { printDnsmasqConf, type HandOverChoice } from "./dnsmasq-conf.js";
import { reloadDnsmasq } from "./dnsmasq-reload.js";
import { places } from "./places.js";
import { dhcpHosts, parseDhcpHost, printDhcpHost, type DhcpHost } from "./hostsfile.js";

/** A burst of changes becomes one hostsfile; the slowest change is still on disk well within a second. */
const DEBOUNCE_MS = 150;
/** After a failure, such as a full disk. */
const RETRY_MS = 2_000;
const LINES_PER_WRITE = 2_000;

export interface HandOverOptions extends HandOverChoice {
  readonly exports: string;
  readonly tftpRoot: string;
  /** What dnsmasq tells iPXE; may hold `${next-server}`. */
  readonly url: string;
  /** The boot plane's address for what cannot expand `${next-server}`: PXELINUX's kernel line. */
  readonly address: string;
  /** dnsmasq's pid file or a command; nothing when undefined. */
  readonly reload: string | undefined;
}

/** Keeps dnsmasq's hostsfile and PXELINUX's files as the machines are. */
export class HandOver {
  private hostsfile: Promise<void> = Promise.resolve();
  /** Digest of the hostsfile that was written last and that dnsmasq was told of. */
  private told: string | undefined;
  /** The directory's version that `told` was compared with. */
  private compared: number | undefined;
  /** Machines whose PXELINUX files are to be looked at: what has just changed comes before what may be as it was. */
  private readonly changed = new Set<number>();
  private readonly unchecked = new Set<number>();
  private pxelinux: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly directory: BootDirectory,
    private readonly boots: Boots,
    private readonly log: Log,
    private readonly options: HandOverOptions,
  ) {}

  /** Writes everything once, then follows every change. What cannot be written is tried again. */
  async follow(): Promise<void> {
    this.directory.onRefreshed((ids) => this.soon(ids));
    await this.writeAll();
  }

  /** @throws Error when the hostsfile cannot be written */
  async writeAll(): Promise<void> {
    const { options } = this;
    const { spool, ...own } = places(options);
    // Before the configuration that names it; dnsmasq may be started at any time.
    if (options.events !== "off") {
      await mkdir(spool, { recursive: true, mode: 0o755 });
      await replaceFile(own.eventScript, printDhcpEventScript(spool), 0o755);
    }
    const conf = printDnsmasqConf({ ...options, ...own });
    await replaceFile(join(options.exports, "dnsmasq", "kickrack.conf"), conf);
    const grub = printGrubEntry(this.server);
    for (const folder of GRUB_FOLDERS) await replaceFile(join(options.tftpRoot, folder, "grub.cfg"), grub);
    this.markAll();
    await this.settle();
    if (this.compared === undefined) throw new Error("the hostsfile was not written; the log says why");
  }

  /** Resolves when nothing is left to write. */
  async settle(): Promise<void> {
    this.flush();
    await Promise.all([this.hostsfile, this.pxelinux]);
  }

  /** Leaves the PXELINUX files that nobody has changed, and what could not be written, to the next start. */
  async stop(): Promise<void> {
    this.unchecked.clear();
    await this.settle();
    clearTimeout(this.timer);
  }

  private soon(ids: readonly number[] | "all"): void {
    if (ids === "all") this.markAll();
    // 400 new machines have no file. A port that one of them was given had an approved owner, who comes with it.
    else if (this.directory.entriesOf(ids).some(({ state }) => state !== "DISCOVERED"))
      for (const id of ids) this.changed.add(id);
    this.timer ??= setTimeout(() => this.flush(), DEBOUNCE_MS);
  }

  private markAll(): void {
    for (const { id } of this.directory.entries()) this.unchecked.add(id);
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.hostsfile = this.hostsfile.then(async () => {
      // Who reads in the hostsfile that a machine is known sends it to PXELINUX at once, so its file comes first.
      if (this.options.mode === "pxelinux" || this.options.uefi === "grub") await this.writePxelinuxOf(this.changed);
      // 400 new machines change no line, and with 100,000 machines the look at each line would cost more than they do.
      const version = this.directory.approvedVersion;
      if (this.told !== undefined && this.compared === version) return;
      try {
        // One that moves to another rack changes no line either: dnsmasq need not read them all again.
        if (this.told === undefined || this.told !== (await this.digest())) await this.writeHostsfile();
        this.compared = version;
      } catch (error) {
        this.log.error("cannot write the hostsfile; the last good one stays", error);
        this.timer ??= setTimeout(() => this.flush(), RETRY_MS);
      }
    });
    this.pxelinux ??= this.writePxelinuxFiles().finally(() => (this.pxelinux = undefined));
  }

  private async writePxelinuxFiles(): Promise<void> {
    await this.writePxelinuxOf(this.changed);
    // 10,000 new machines have no file: one look at the folder instead of 20,000 at what is not there.
    const there = this.unchecked.size > 0 ? await filesIn(this.pxelinuxFolder) : undefined;
    let passed = 0;
    for (const id of this.unchecked) {
      this.unchecked.delete(id);
      const [entry] = this.directory.entriesOf([id]);
      if (entry !== undefined && !hasNoFile(entry, there)) await this.writePxelinux(entry, there);
      else if (++passed % LINES_PER_WRITE !== 0) continue;
      else await setImmediate(); // machines that boot do not wait for all of them
      await this.writePxelinuxOf(this.changed);
    }
  }

  private async writePxelinuxOf(ids: Set<number>): Promise<void> {
    for (const id of ids) {
      ids.delete(id);
      for (const entry of this.directory.entriesOf([id])) await this.writePxelinux(entry);
    }
  }

  private async writeHostsfile(): Promise<void> {
    const file = places(this.options).hostsfile;
    const written = await replaceFileWith(file, async (write, temporary) => {
      const meant = new ListDigest();
      let lines: string[] = [];
      for (const entry of this.directory.entries()) {
        for (const host of hostsOf(entry, this.directory)) {
          meant.add(inOneOrder(host));
          lines.push(printDhcpHost(host), "\n");
        }
        if (lines.length >= LINES_PER_WRITE) {
          await write(lines.join(""));
          lines = [];
        }
      }
      await write(lines.join(""));
      const read = await digestOf(temporary);
      if (read !== meant.value()) throw new Error("the hostsfile does not read back as what was meant");
      return read;
    });
    this.told = undefined;
    try {
      if (this.options.reload !== undefined) await reloadDnsmasq(this.options.reload);
      this.told = written;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.log.warn("the hostsfile is written, but dnsmasq was not told", { reason });
    }
  }

  private async digest(): Promise<string> {
    const meant = new ListDigest();
    let looked = 0;
    for (const entry of this.directory.entries()) {
      for (const host of hostsOf(entry, this.directory)) meant.add(inOneOrder(host));
      if (++looked % LINES_PER_WRITE === 0) await setImmediate(); // machines that boot do not wait for all of them
    }
    return meant.value();
  }

  private get pxelinuxFolder(): string {
    return join(this.options.tftpRoot, "pxelinux.cfg");
  }

  private async writePxelinux(entry: DirectoryEntry, there?: Set<string>): Promise<void> {
    for (const mac of entry.macAddresses) {
      const name = pxelinuxName(mac);
      if (entry.state === "DISCOVERED" && there?.has(name) === false) continue;
      const file = join(this.pxelinuxFolder, name);
      // The name that grub.cfg makes of $net_default_mac.
      const grub = this.options.uefi === "grub" ? join(this.options.tftpRoot, "grub", `grub.cfg-01-${mac}`) : undefined;
      try {
        if (entry.state === "DISCOVERED") {
          // Of the machine that the port was taken from.
          for (const each of [file, ...(grub === undefined ? [] : [grub])]) await unlink(each).catch(unlessMissing);
          continue;
        }
        there?.add(name);
        const decision = await this.boots.decide(mac, this.options.address);
        // pxelinux.0 loads by TFTP, relative to itself; lpxelinux.0 gets http URLs from GET /pxelinux.cfg/.
        await replaceFile(file, printPxelinuxConfig(decision, mac, ""));
        if (grub !== undefined) await replaceFile(grub, printGrubConfig(decision, this.server, "tftp"));
      } catch (error) {
        // One profile that does not render must not keep the others from their files.
        this.log.error("cannot write a boot loader's file; the last good one stays", error, { file });
      }
    }
  }

  private get server(): string {
    return this.options.address.replace(/^https?:\/\//, "");
  }
}

/** How PXELINUX names a port: the hardware type of Ethernet (1), and its address. */
function pxelinuxName(mac: MacAddress): string {
  return `01-${hyphenated(mac)}`;
}

/** That nothing is to be written or removed, as far as `there` is known to hold all that there may be. */
function hasNoFile(entry: DirectoryEntry, there: ReadonlySet<string> | undefined): boolean {
  if (entry.state !== "DISCOVERED" || there === undefined) return false;
  return there.size === 0 || !entry.macAddresses.some((mac) => there.has(pxelinuxName(mac)));
}

/** The lines of one machine, without the ports that a person still has to decide about. */
export function hostsOf(entry: DirectoryEntry, directory: BootDirectory): DhcpHost[] {
  return dhcpHosts({ ...entry, macAddresses: entry.macAddresses.filter((mac) => !directory.isDisputed(mac)) });
}

// fs.rm looks at the file twice before, once on the main thread: at a start with 10,000 new machines 20,000 times.
function unlessMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}

/** Undefined when nobody can tell: each file is tried then. */
function filesIn(folder: string): Promise<Set<string> | undefined> {
  return readdir(folder).then(
    (names) => new Set(names),
    ({ code }: NodeJS.ErrnoException) => (code === "ENOENT" ? new Set() : undefined),
  );
}

async function digestOf(file: string): Promise<string> {
  const read = new ListDigest();
  const lines = createInterface({ input: createReadStream(file, "utf8"), crlfDelay: Infinity });
  for await (const line of lines) read.add(inOneOrder(parseDhcpHost(line)));
  return read.value();
}

function inOneOrder({ hwaddr, hostname, ignore }: DhcpHost): unknown[] {
  return [hwaddr, hostname ?? null, ignore ?? false];
}
