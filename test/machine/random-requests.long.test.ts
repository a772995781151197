import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, onTestFinished, test } from "vitest";
import { InvalidInput } from "../../src/errors.js";
import { parseInventoryTarget, type InventoryReport } from "../../src/machine/inventory-request.js";
import { TestServer } from "../graphql/test-server.js";
import { RawConnection, type RawAnswer } from "../http/raw-connection.js";
import { freshFile } from "../support/databases.js";
import { Random, testSeed } from "../support/random.js";
import { RandomTargets } from "./random-targets.js";

const PARSED = 180_000;
const ASKED = 20_000;
const CONNECTIONS = 8;
const PIPELINED = 20;
const MEGABYTE = 2 ** 20;

describe(`200,000 random requests (seed ${testSeed})`, { timeout: 120_000 }, () => {
  test(`${PARSED} are parsed, or refused as invalid input`, () => {
    const targets = new RandomTargets(new Random(testSeed), 0xff);
    let read = 0;
    for (let i = 0; i < PARSED; i++) {
      const target = targets.inventory();
      try {
        expectBounded(parseInventoryTarget(target), target);
        read++;
      } catch (error) {
        if (!(error instanceof InvalidInput)) throw new Error(`request ${i}: ${target}`, { cause: error });
      }
    }
    // Neither half of the work is left out.
    expect(read).toBeGreaterThan(PARSED / 4);
    expect(read).toBeLessThan(PARSED);
  });

  test(`${ASKED} are answered over HTTP, each with something a machine can use`, async () => {
    const file = freshFile("shipped");
    const server = await TestServer.start(file.url);
    onTestFinished(async () => {
      await server.remove();
      file.drop();
    });
    const targets = new RandomTargets(new Random(testSeed + 1), 0x7e);
    const { port } = server.running.bootListen;
    const before = usedHeap();
    let left = ASKED;
    const client = async () => {
      const connection = await RawConnection.open(port);
      while (left > 0) {
        const asked = Array.from({ length: PIPELINED }, () => targets.any());
        left -= asked.length;
        const answers = await connection.get(asked.map((target) => Buffer.from(target, "latin1")));
        answers.forEach((answer, i) => expectUsable(answer, asked[i] ?? ""));
        server.log.length = 0;
      }
      connection.close();
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, client));
    // 20,000 requests leave some 7,000 machines, whose lines in the directory are the only thing that may stay.
    expect((usedHeap() - before) / MEGABYTE).toBeLessThan(60);
    expect((await server.boot("/healthz")).status).toBe(200);
  });
});

describe("a target made to be slow", () => {
  const long = (text: string) => `/inventory/${text.repeat(Math.floor(15_000 / text.length))}`;
  test.each(["%FFFFFF", "%", "/", "52:54:00:12:34:56/", "&mac0=525400123456", "%E6", "F", "%20 ", "e%CC%81"])(
    "15 KB of %s take less than 50 ms",
    (text) => {
      const times = [1, 2, 3].map(() => {
        const start = performance.now();
        try {
          parseInventoryTarget(`${long(text)}/52:54:00:12:34:56/m/p?asset=${text}`);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidInput);
        }
        return performance.now() - start;
      });
      expect(Math.min(...times)).toBeLessThan(50);
    },
  );
});

function expectBounded(report: InventoryReport, target: string): void {
  const { macAddresses, listsAllPorts, lldp, ...texts } = report;
  const values = [...Object.values<string | undefined>(texts), ...Object.values<string | undefined>({ ...lldp })];
  const faulty = values
    .filter((value) => value !== undefined)
    .find((value) => [...value].length > 256 || !value.isWellFormed() || /[\x00-\x1f\x7f]/.test(value));
  // Not expect() on each: 180,000 of them take longer than the parser.
  if (faulty !== undefined) throw new Error(`${JSON.stringify(faulty)} came out of ${target}`);
  if (macAddresses.length > 33 || typeof listsAllPorts !== "boolean") throw new Error(`too many ports in ${target}`);
}

function expectUsable({ status, headers, body }: RawAnswer, target: string): void {
  const answer = `${status} to ${target}: ${body.slice(0, 80)}`;
  if (status === 204) throw new Error(answer);
  if (status >= 500 && (status !== 503 || !(Number(headers.get("retry-after")) > 0))) throw new Error(answer);
  const isForIpxe = /^\/(boot\/|inventory[/?]|SNreg\.ipxe)/.test(target);
  if (status === 200 && isForIpxe && !body.startsWith("#!ipxe\n")) throw new Error(answer);
  if (status !== 200 && status !== 503 && isForIpxe) throw new Error(answer);
  if (headers.has("transfer-encoding") || headers.has("content-encoding")) throw new Error(answer);
}

function usedHeap(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return process.memoryUsage().heapUsed;
}
