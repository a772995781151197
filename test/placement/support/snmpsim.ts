import { spawn, type ChildProcess } from "node:child_process";
import { createSocket } from "node:dgram";
import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** One line of an snmprec file: an OID, its ASN.1 tag (2 integer, 4 text, 4x octets in hex, 6 OID), and its value. */
export type Recorded = readonly [oid: string, tag: string, value: string | number];

/** Debian's snmpsim: each community is an agent of its own. */
export class SnmpSimulator {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly address: string,
  ) {}

  /** @param agents by community, which may have an @ and a slash */
  static async start(agents: Readonly<Record<string, readonly Recorded[]>>): Promise<SnmpSimulator> {
    const folder = mkdtempSync(join(tmpdir(), "kickrack-snmpsim-"));
    for (const [community, records] of Object.entries(agents)) {
      const file = join(folder, "data", `${community}.snmprec`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, snmprec(records));
    }
    const port = await freePort();
    const asNobody = process.getuid?.() === 0 ? ["--process-user=root", "--process-group=root"] : [];
    const child = spawn("snmpsimd", [
      `--data-dir=${join(folder, "data")}`,
      `--cache-dir=${join(folder, "cache")}`,
      `--agent-udpv4-endpoint=127.0.0.1:${port}`,
      ...asNobody,
    ]);
    let said = "";
    await new Promise<void>((resolve, reject) => {
      const hear = (text: Buffer) => {
        said += text.toString();
        if (said.includes("Listening at UDP/IPv4 endpoint")) resolve();
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      child.once("exit", () => reject(new Error(`snmpsimd ended: ${said}`)));
    });
    return new SnmpSimulator(child, folder, `127.0.0.1:${port}`);
  }

  /** What an agent holds from now on: snmpsim looks at each file's time before it answers. */
  change(community: string, records: readonly Recorded[]): void {
    const file = join(this.folder, "data", `${community}.snmprec`);
    writeFileSync(`${file}.new`, snmprec(records));
    renameSync(`${file}.new`, file);
    // its index is by whole seconds
    const later = Date.now() / 1_000 + ++this.#changes * 2;
    utimesSync(file, later, later);
  }

  #changes = 0;

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill("SIGKILL");
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function snmprec(records: readonly Recorded[]): string {
  return inOrder(records)
    .map((record) => `${record.join("|")}\n`)
    .join("");
}

/** As RFC 3416 wants the OIDs of an agent: each number compared, not the text. */
export function inOrder(records: readonly Recorded[]): Recorded[] {
  const parts = (oid: string) => oid.split(".").map(Number);
  const byOid = (a: readonly number[], b: readonly number[]): number => {
    const i = a.findIndex((part, at) => part !== b[at]);
    return i < 0 ? a.length - b.length : (a[i] ?? 0) - (b[i] ?? -1);
  };
  const sorted = records.map((record) => ({ record, key: parts(record[0]) })).sort((a, b) => byOid(a.key, b.key));
  return sorted.map(({ record }) => record);
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const socket = createSocket("udp4").bind(0, "127.0.0.1", () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
    });
  });
}
