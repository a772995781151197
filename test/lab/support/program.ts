import { type ChildProcess, execFile, spawn } from "node:child_process";
import { promisify } from "node:util";
import { Transcript } from "./transcript.js";

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A child of the test that does not outlive it. */
export class Program {
  /** Standard output: of a virtual machine, its serial port. */
  readonly output: Transcript;
  readonly messages: Transcript;
  readonly exited: Promise<Exit>;
  readonly #child: ChildProcess;

  constructor(name: string, command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
    this.output = new Transcript(name);
    this.messages = new Transcript(`${name} (standard error)`);
    // The kernel kills it when the test runner is killed and no `finally` runs.
    this.#child = spawn("setpriv", ["--pdeathsig", "KILL", "--", command, ...args], {
      env,
      stdio: ["pipe", "pipe", "pipe"],
    });
    this.#child.stdout?.setEncoding("utf8").on("data", (chunk: string) => this.output.append(chunk));
    this.#child.stderr?.setEncoding("utf8").on("data", (chunk: string) => this.messages.append(chunk));
    this.#child.stdin?.on("error", () => undefined); // it ended while we were writing; `exited` tells
    this.exited = new Promise((resolve) => {
      this.#child.on("error", (error) => {
        this.output.close(`it could not be started: ${error.message}`);
        this.messages.close(`it could not be started: ${error.message}`);
        resolve({ code: null, signal: null });
      });
      this.#child.on("close", (code, signal) => {
        const how = `it ended with ${signal ?? `code ${code}`}`;
        this.output.close(`${how}; ${this.messages.lastLines(5)}`);
        this.messages.close(how);
        resolve({ code, signal });
      });
    });
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error(`${this.output.name} is not running`);
    return this.#child.pid;
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null && this.#child.pid !== undefined;
  }

  write(keys: string): void {
    this.#child.stdin?.write(keys);
  }

  /** @throws when it is still running after that time */
  async exitWithin(seconds: number): Promise<Exit> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), seconds * 1000);
    });
    const exit = await Promise.race([this.exited, late]);
    clearTimeout(timer);
    if (!exit) throw new Error(`${this.output.name} was still running after ${seconds} s`);
    return exit;
  }

  async stop(): Promise<void> {
    if (!this.running) return;
    this.#child.kill("SIGTERM");
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), 5_000);
    await this.exited;
    clearTimeout(timer);
  }
}

/** Runs a command to its end. @throws with what it wrote to standard error */
export async function run(command: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args);
  return stdout;
}

/** Asks again and again. @throws when `what` did not come true in time, with the last reason why not */
export async function eventually(what: string, seconds: number, isTrue: () => Promise<boolean>): Promise<void> {
  let cause: unknown;
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(0.1)) {
    try {
      if (await isTrue()) return;
    } catch (error) {
      cause = error;
    }
  }
  throw new Error(`not within ${seconds} s: ${what}`, { cause });
}

function sleep(seconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, seconds * 1000);
  });
}
