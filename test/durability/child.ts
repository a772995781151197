import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { Agent, get } from "node:http";
import { createInterface } from "node:readline";

/** Starts a program and waits for the first line of its output that `pattern` matches. */
export async function startChild(
  command: string,
  args: readonly string[],
  pattern: RegExp,
  env: Record<string, string> = {},
): Promise<{ child: ChildProcess; match: RegExpExecArray }> {
  if (!existsSync("dist/kickrack/cli.js")) throw new Error("nothing is built; run npm run build first");
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-4_000)));
  for await (const line of createInterface({ input: child.stdout })) {
    const match = pattern.exec(line);
    if (match !== null) {
      child.stdout.resume();
      return { child, match };
    }
  }
  throw new Error(`${command} ended before it said ${pattern.source}:\n${errors}`);
}

export function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once("exit", () => resolve()));
}

/** The status of a GET, or undefined when the connection broke before the whole answer was there. */
export function statusOf(url: string, agent?: Agent): Promise<number | undefined> {
  return new Promise((resolve) => {
    const request = get(url, { ...(agent ? { agent } : {}) }, (response) => {
      response.resume();
      response.on("end", () => resolve(response.complete ? response.statusCode : undefined));
      response.on("error", () => resolve(undefined));
    });
    request.on("error", () => resolve(undefined));
  });
}
