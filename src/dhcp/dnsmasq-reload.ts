import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";

/**
 * Makes dnsmasq read its hostsfile again: SIGHUP to the process of a pid file, or a command with its arguments (split
 * at blanks; no shell sees it). dnsmasq is never restarted.
 *
 * @throws Error that says what did not work
 */
export async function reloadDnsmasq(setting: string): Promise<void> {
  const words = setting.split(/\s+/).filter((word) => word !== "");
  const [first = "", ...rest] = words;
  const pid = words.length === 1 ? await pidIn(first) : undefined;
  if (pid === undefined) return run(first, rest);
  // A pid file outlives a crash, the system gives the number to somebody else, and SIGHUP ends most programs.
  const name = await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "dnsmasq");
  if (name.trim() !== "dnsmasq") {
    throw new Error(`dnsmasq's pid file ${first} names process ${pid}, which is ${name.trim()}; is dnsmasq running?`);
  }
  try {
    process.kill(pid, "SIGHUP");
  } catch (error) {
    throw new Error(`dnsmasq's pid file ${first} names process ${pid}, which cannot be told`, { cause: error });
  }
}

async function pidIn(file: string): Promise<number | undefined> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (file.endsWith(".pid"))
      throw new Error(`dnsmasq's pid file ${file} cannot be read; is dnsmasq running?`, { cause: error });
    return undefined;
  }
  const match = /^\s*([1-9][0-9]{0,9})\s*$/.exec(text);
  if (match === null && file.endsWith(".pid")) throw new Error(`dnsmasq's pid file ${file} holds no process id`);
  return match === null ? undefined : Number(match[1]);
}

function run(file: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: ["ignore", "ignore", "inherit"], timeout: 10_000 });
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${file} ended with ${code ?? signal}`));
    });
  });
}
