import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, openSync, closeSync, readFileSync, rmSync } from "node:fs";
import { get } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const START_LIMIT_MS = 120_000;
const STOP_LIMIT_MS = 20_000;

/** Everything of one run: its folder and its processes. Both are gone when the run ends, however it ends. */
export const folder = mkdtempSync(join(tmpdir(), "kickrack-bench-"));
const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(130));

export interface Server {
  readonly url: string;
  /** The process that answers: for nginx its one worker. */
  readonly pid: number;
  /** From the start of the process to its first answer. */
  readonly readyMs: number;
  stop(): Promise<void>;
}

/** Starts a server on a free port of loopback and waits until `probe` of it is answered with 200. */
export async function startServer(
  name: string,
  probe: string,
  command: (port: number) => { file: string; args: string[]; env?: Record<string, string> },
): Promise<Server> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { file, args, env } = command(port);
  const logFile = join(folder, `${name}.log`);
  const log = openSync(logFile, "a");
  const began = performance.now();
  const child = spawn(file, args, { stdio: ["ignore", log, log], env: { ...process.env, ...env } });
  closeSync(log);
  running.add(child);
  child.on("error", (error) => process.stderr.write(`${name}: ${error.message}\n`));
  child.on("exit", () => running.delete(child));
  while ((await statusOf(url + probe)) !== 200) {
    if (performance.now() - began > START_LIMIT_MS || child.exitCode !== null || child.pid === undefined) {
      throw new Error(`${name} does not answer ${probe}:\n${readFileSync(logFile, "utf8").slice(-2_000)}`);
    }
    await sleep(10);
  }
  const readyMs = performance.now() - began;
  return { url, pid: onlyChildOf(child.pid ?? 0) ?? child.pid ?? 0, readyMs, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (!running.has(child)) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const killer = setTimeout(() => child.kill("SIGKILL"), STOP_LIMIT_MS);
  child.kill("SIGTERM");
  await ended;
  clearTimeout(killer);
}

/** Runs a program to its end. @returns its standard output */
export function run(file: string, args: readonly string[], limitMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: ["ignore", "pipe", "inherit"], timeout: limitMs });
    running.add(child);
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.once("error", reject);
    child.once("close", (code, signal) => {
      running.delete(child);
      if (code === 0) resolve(output);
      else reject(new Error(`${file} ${args.join(" ")} ended with ${code ?? signal}`));
    });
  });
}

export function statusOf(url: string): Promise<number | undefined> {
  return fetchText(url).then(
    ({ status }) => status,
    () => undefined,
  );
}

export function fetchText(
  url: string,
  headers: Record<string, string> = {},
): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false, timeout: 10_000, headers }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
      response.on("end", () => resolve({ status: response.statusCode, body }));
      response.on("error", reject);
    });
    request.on("timeout", () => request.destroy(new Error(`${url}: no answer in 10 s`)));
    request.on("error", reject);
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/** User and system time of a process, in seconds (a tick is 1/100 s on Linux). */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Resident memory in MiB. */
export function residentMb(pid: number): number {
  const match = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return Number(match?.[1]) / 1_024;
}

function onlyChildOf(pid: number): number | undefined {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
  return /^\d+$/.test(children) ? Number(children) : undefined;
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
