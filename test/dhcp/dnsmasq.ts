import { setTimeout } from "node:timers/promises";
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What `dnsmasq --test` says of these options: undefined when it takes them. */
export function dnsmasqFault(...options: string[]): string | undefined {
  const { status, stderr } = spawnSync("dnsmasq", ["--conf-file=/dev/null", ...options, "--test"], {
    encoding: "utf8",
  });
  return status === 0 ? undefined : stderr;
}

/** A real dnsmasq that reads a hostsfile, on loopback and on a port where no machine asks. */
export class Dnsmasq {
  log = "";
  private readonly folder = mkdtempSync(join(tmpdir(), "kickrack-dnsmasq-"));
  private readonly child: ChildProcess;
  private readonly listeners = new Set<() => void>();

  constructor(hostsfile: string, ...options: string[]) {
    const port = 20_000 + (process.pid % 20_000);
    this.child = spawn("dnsmasq", [
      "--keep-in-foreground", // --no-daemon writes no pid file
      "--log-facility=-",
      "--conf-file=/dev/null",
      "--port=0",
      "--no-ping",
      "--log-dhcp",
      "--interface=lo",
      "--bind-interfaces",
      ...(process.getuid?.() === 0 ? ["--user=root"] : []),
      `--dhcp-alternate-port=${port},${port + 1}`,
      "--dhcp-range=127.0.0.50,127.0.0.99,255.0.0.0,10m",
      `--dhcp-leasefile=${join(this.folder, "leases")}`,
      `--pid-file=${this.pidFile}`,
      `--dhcp-hostsfile=${hostsfile}`,
      ...options,
    ]);
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.log += text;
        for (const listener of this.listeners) listener();
      });
    }
  }

  get pidFile(): string {
    return join(this.folder, "dnsmasq.pid");
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Resolves when it has read its hostsfile so often. */
  read(times: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (this.log.split(/ read \/\S+/).length - 1 < times) return;
        this.listeners.delete(look);
        resolve();
      };
      this.listeners.add(look);
      this.child.once("exit", () => reject(new Error(`dnsmasq ended:\n${this.log}`)));
      look();
    });
  }

  /** The lines with which it says that a line of the hostsfile is none. */
  get complaints(): string[] {
    return this.log.split("\n").filter((line) => /bad|duplicate|error|cannot|failed|illegal|ignor/i.test(line));
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null) {
      const ended = new Promise((resolve) => this.child.once("exit", resolve));
      this.child.kill("SIGTERM");
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A process that writes how many SIGHUPs it has had to its output. */
export class HangUpCounter {
  private constructor(
    private readonly child: ChildProcess,
    readonly pidFile: string,
  ) {}

  static async start(folder: string): Promise<HangUpCounter> {
    const program =
      'process.title = "dnsmasq"; let n = 0; process.on("SIGHUP", () => console.log(++n)); setInterval(() => {}, 1e6); console.log(0)';
    const child = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
    const pidFile = join(folder, "counter.pid");
    writeFileSync(pidFile, `${child.pid ?? 0}\n`);
    const counter = new HangUpCounter(child, pidFile);
    child.stdout
      .setEncoding("utf8")
      .on("data", (text: string) => (counter.count = Number(text.trim().split("\n").at(-1))));
    await new Promise((resolve) => child.stdout.once("data", resolve));
    return counter;
  }

  count = 0;

  /** How often it was told, once nothing more arrives: on a busy machine a signal is counted long after it was sent. */
  async settled(): Promise<number> {
    for (let before = -1; before !== this.count; await setTimeout(300)) before = this.count;
    return this.count;
  }

  stop(): void {
    this.child.kill("SIGKILL");
  }
}
