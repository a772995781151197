import { connect } from "node:net";
import { median } from "./load.js";
import { sleep, type Server } from "./processes.js";

const SPREAD_MS = 1_000;
const STEP_MS = 10;
const LIMIT_MS = 90_000;

export interface Storm {
  /** How long it took to begin all connections: this program has its own limits. */
  readonly connectedInMs: number;
  readonly served: number;
  /** What became of the others, by the name of their fault. */
  readonly faults: ReadonlyMap<string, number>;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** `machines` machines that connect within one second; each sends one registration and waits for its answer. */
export async function storm({ url }: Server, machines: number, first: number): Promise<Storm> {
  const { hostname, port } = new URL(url);
  const faults = new Map<string, number>();
  const times: number[] = [];
  const answers: Promise<void>[] = [];
  const began = performance.now();
  while (answers.length < machines) {
    const due = Math.min(machines, Math.ceil(((performance.now() - began + STEP_MS) / SPREAD_MS) * machines));
    while (answers.length < due) {
      const answer = ask(hostname, Number(port), targetOf(first + answers.length));
      answers.push(
        answer.then((result) => {
          if (typeof result === "number") times.push(result);
          else faults.set(result, (faults.get(result) ?? 0) + 1);
        }),
      );
    }
    await sleep(STEP_MS);
  }
  const connectedInMs = performance.now() - began;
  await Promise.all(answers);
  times.sort((a, b) => a - b);
  const p99Ms = times[Math.floor(times.length * 0.99)] ?? Number.NaN;
  return { connectedInMs, served: times.length, faults, p50Ms: median(times), p99Ms };
}

function targetOf(machine: number): string {
  const hex = machine.toString(16).padStart(8, "0");
  const mac = `02:5e:${(hex.match(/../g) ?? []).join(":")}`;
  return `/inventory/STORM${hex}/${mac}/Dell%20Inc./PowerEdge%20R640?platform=efi&arch=x86_64&mac0=${mac.replaceAll(":", "-")}`;
}

/** @returns milliseconds from the first packet to the last byte, or the name of a fault */
function ask(host: string, port: number, target: string): Promise<number | string> {
  return new Promise((resolve) => {
    const began = performance.now();
    const socket = connect({ host, port });
    let answer = "";
    socket.setTimeout(LIMIT_MS, () => resolve("TIMEOUT"));
    socket.on("connect", () => socket.write(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`));
    socket.on("data", (chunk) => (answer += chunk.toString("latin1")));
    socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    socket.on("close", () => {
      if (/^HTTP\/1\.1 200 /.test(answer) && answer.includes("#!ipxe")) resolve(performance.now() - began);
      else resolve(answer === "" ? "NO_ANSWER" : answer.slice(9, 12));
    });
  });
}
