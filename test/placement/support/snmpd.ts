import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, type Recorded } from "./snmpsim.js";

const TYPES: Readonly<Record<string, string>> = { "2": "integer", "4": "octet_str", "6": "object_id" };

/** net-snmp's own agent, with SNMP v3: each value that it shall tell is an `override` of its configuration. */
export class Snmpd {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly address: string,
  ) {}

  /** @param more lines of snmpd.conf: users, what they may read, contexts */
  static async start(records: readonly Recorded[], more: readonly string[]): Promise<Snmpd> {
    const folder = mkdtempSync(join(tmpdir(), "kickrack-snmpd-"));
    const values = records.map(([oid, tag, value]) => {
      const written = tag === "4x" ? `octet_str "${Buffer.from(String(value), "hex").toString("latin1")}"` : undefined;
      return `override ${oid} ${written ?? `${TYPES[tag] ?? ""} ${tag === "4" ? JSON.stringify(value) : value}`}`;
    });
    const conf = join(folder, "snmpd.conf");
    writeFileSync(conf, [...more, ...values, ""].join("\n"), "latin1");
    const port = await freePort();
    const child = spawn("snmpd", [
      ...["-f", "-Lo", "-C", "-c", conf, `--persistentDir=${join(folder, "persistent")}`],
      // the host's own interfaces would stand among the switch's
      ...["-I", "-ifTable,ifXTable", `udp:127.0.0.1:${port}`],
    ]);
    let said = "";
    await new Promise<void>((resolve, reject) => {
      const hear = (text: Buffer) => {
        said += text.toString();
        if (said.includes("NET-SNMP version")) resolve();
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      child.once("exit", () => reject(new Error(`snmpd ended: ${said}`)));
    });
    return new Snmpd(child, folder, `127.0.0.1:${port}`);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill("SIGKILL");
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
