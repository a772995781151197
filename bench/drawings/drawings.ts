import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../src/package-root.js";
import { type Fleet, makeFleet, rackName, SECRET_KEY } from "../graphql/fleet.js";
import { startControlPlane } from "../graphql/servers.js";
import { median } from "../load.js";
import { fetchText, folder, run } from "../processes.js";
import { atLeast, atMost, ms, told, type Run } from "../table.js";
import type { Drawn } from "./measure.js";
import { benchDiagram } from "./racks.js";

const RACKS = 100;
const LIMIT_MS = 300_000;

/** Drawings of racks, in process and as commands, beside the real rackdiag. */
export async function diagrams({ rounds, rows, say }: Run): Promise<void> {
  say("drawings in a process of their own");
  const script = join(packageRoot, "dist/bench/measure.js");
  const drawn = JSON.parse(await run(process.execPath, [script], LIMIT_MS)) as Drawn;
  const row = (what: string, figures: string, value: { value: string; target: string; passed: boolean | undefined }) =>
    rows.push({ what, figures, ...value });
  row("a rack of 42, warm", "median of 301, none drawn before", atMost(drawn.one, 3, " ms"));
  row("the same rack again", "median of 301, from the cache", atMost(drawn.cached, 0.2, " ms"));
  row("100 racks in one drawing, CPU", `wall ${ms(drawn.hundredWall)}`, atMost(drawn.hundredCpu / 1_000, 0.5, " s"));
  const holdSaid = `processor time in one turn; by the wall ${ms(drawn.longestWait)} late`;
  row("the same, longest hold of the event loop", holdSaid, atMost(drawn.longestHold, 10, " ms", 1));
  row("the same, size", "", atMost(drawn.hundredBytes / 1e6, 2, " MB"));
  row("a face of 42 machines", "the whole file", atMost(drawn.faceBytes / 1e3, 20, " KB", 1));
  row("elements of a machine's panel", "", atMost(drawn.elementsEach, 5, "", 1));
  row("100 racks of 42 read from rackdiag's language", "median of 21", atMost(drawn.parse, 30, " ms", 1));
  const { early, late } = drawn;
  const inUse = `in use ${early.used.toFixed(1)}, then ${late.used.toFixed(1)} MB`;
  const resident = `resident ${early.resident.toFixed(0)}, then ${late.resident.toFixed(0)} MB`;
  row("memory that 10,000 drawings add", `${inUse}; ${resident}`, atMost(late.used - early.used, 1, " MB", 1));
  const fleet = await makeFleet("SQLite", "diagrams", { machines: RACKS * 40, racks: RACKS, placed: true });
  await firstDrawing(fleet, rounds, rows, say);
  await besideRackdiag(fleet, rounds, rows, say);
}

/** What the first who asks waits for: every round starts a server, waits until it is healthy, and asks once. */
async function firstDrawing(fleet: Fleet, rounds: number, rows: Run["rows"], say: Run["say"]): Promise<void> {
  say("the first drawing of a server");
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const server = await startControlPlane(`first-${round}`, fleet);
    const start = performance.now();
    const { status } = await fetchText(`${server.url}/racks/${rackName(round)}.svg`, {
      Authorization: `Bearer ${fleet.token}`,
    });
    times.push(performance.now() - start);
    await server.stop();
    if (status !== 200) throw new Error(`the first drawing was answered with ${status}`);
  }
  rows.push({ what: "first GET /racks/NAME.svg after start", figures: "", ...atMost(median(times), 50, " ms", 0) });
}

async function besideRackdiag(fleet: Fleet, rounds: number, rows: Run["rows"], say: Run["say"]): Promise<void> {
  say("kickrack export and kickrack rackdiag beside rackdiag");
  const texts = join(folder, "diagrams");
  mkdirSync(texts, { recursive: true });
  const files = Array.from({ length: RACKS }, (_, i) => join(texts, `${i}.diag`));
  files.forEach((file, i) => writeFileSync(file, benchDiagram([i])));
  const all = join(texts, "all.diag");
  writeFileSync(all, benchDiagram(files.map((_, i) => i)));

  const seconds = async (work: () => Promise<unknown>) => {
    const start = performance.now();
    await work();
    return (performance.now() - start) / 1_000;
  };
  const rackdiag = (file: string) => run("rackdiag3", ["-T", "SVG", "-o", `${file}.svg`, file], LIMIT_MS);
  const kickrack = (args: string[], env: Record<string, string> = {}) =>
    run(
      "env",
      [...Object.entries(env).map(([name, value]) => `${name}=${value}`), process.execPath, cli, ...args],
      LIMIT_MS,
    );
  const cli = join(packageRoot, "dist/kickrack/cli.js");
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < Math.min(rounds, 3); round++) {
    ours.push(
      await seconds(() =>
        kickrack(["export"], {
          KICKRACK_DATABASE_URL: fleet.url,
          KICKRACK_DATA: join(folder, `export-${round}`),
          KICKRACK_EXPORTS: join(folder, `export-${round}`, "exports"),
          KICKRACK_SECRET_KEY: SECRET_KEY,
        }),
      ),
    );
    theirs.push(
      await seconds(async () => {
        for (const file of files) await rackdiag(file);
      }),
    );
  }
  rows.push({
    what: "100 racks as files: kickrack export, 100 runs of rackdiag",
    figures: `${median(ours).toFixed(2)} s against ${median(theirs).toFixed(1)} s`,
    ...atLeast(median(theirs) / median(ours), 30, 1),
  });
  const one = {
    ours: await seconds(() => kickrack(["rackdiag", all, "-o", `${all}.ours.svg`])),
    theirs: await seconds(() => rackdiag(all)),
  };
  rows.push({
    what: "100 racks of one text: kickrack rackdiag, rackdiag",
    figures: `${one.ours.toFixed(2)} s against ${one.theirs.toFixed(1)} s`,
    ...told((one.theirs / one.ours).toFixed(1)),
  });
}
