import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { load, Pairs, type Load } from "../load.js";
import { folder, type Server } from "../processes.js";
import { atLeast, atMost, ms, rate, type Run } from "../table.js";
import { kickrack, postgraphile, type Dialect } from "./documents.js";
import { makeFleet, type Fleet } from "./fleet.js";
import { Client, startControlPlane, startPostgraphile } from "./servers.js";

const MACHINES = 100_000;
const CONNECTIONS = 16;

/** `machines(first: 100)` over 100,000 machines: beside PostGraphile on one PostgreSQL, and on SQLite. */
export async function machines(run: Run): Promise<void> {
  run.say("making two databases of 100,000 machines");
  const size = { machines: MACHINES, racks: MACHINES / 40, placed: true };
  const postgres = await makeFleet("PostgreSQL", "machines", size);
  const sqlite = await makeFleet("SQLite", "machines", size);
  const onPostgres = await Subject.walked(
    run,
    "Kickrack on PostgreSQL",
    await startControlPlane("postgres", postgres),
    kickrack,
    postgres,
  );
  const onSqlite = await Subject.walked(
    run,
    "Kickrack on SQLite",
    await startControlPlane("sqlite", sqlite),
    kickrack,
    sqlite,
  );
  const peer = await Subject.walked(run, "PostGraphile", await startPostgraphile(postgres), postgraphile, postgres);
  onPostgres.sameAs(onSqlite);
  onPostgres.sameAs(peer);

  for (const which of ["first", "random"] as const) {
    await compare(run, `machines(first: 100), ${which} page, PostgreSQL`, which, onPostgres, peer, "PostGraphile", 1);
  }
  await compare(run, "machines(first: 100), random page, SQLite", "random", onSqlite, onPostgres, "PostgreSQL", 1);
  await Promise.all([onPostgres, onSqlite, peer].map(({ server }) => server.stop()));
}

type Which = "first" | "random";

async function compare(
  run: Run,
  what: string,
  which: Which,
  ours: Subject,
  theirs: Subject,
  name: string,
  target: number,
) {
  run.say(what);
  const once = (subject: Subject) => (round: number) => subject.load(which, round + 7, run.seconds);
  const pairs = await Pairs.of(run.rounds, once(ours), once(theirs));
  if (pairs.faults("ours") + pairs.faults("theirs") > 0) throw new Error(`${what}: faults`);
  const cpu = (side: "ours" | "theirs") => ms(pairs.median(side, "cpuMicroseconds") / 1_000);
  run.rows.push({
    what,
    figures:
      `${rate(pairs.median("ours", "rate"))} against ${name} ${rate(pairs.median("theirs", "rate"))} ` +
      `(${pairs.spread("rate")}); CPU of the process ${cpu("ours")} against ${cpu("theirs")}`,
    ...atLeast(pairs.ratio("rate"), target),
  });
  run.rows.push({
    what: `${what}, p99`,
    figures: `${ms(pairs.median("ours", "p99Ms"))} against ${ms(pairs.median("theirs", "p99Ms"))} (${pairs.spread("p99Ms")})`,
    ...atMost(pairs.ratio("p99Ms"), 1),
  });
}

/** A server with all pages of its list. */
class Subject {
  private readonly contents: string[] = [];
  private readonly bodies: Record<Which, string[]> = { first: [], random: [] };

  private constructor(
    private readonly name: string,
    readonly server: Server,
    private readonly dialect: Dialect,
    private readonly fleet: Fleet,
  ) {}

  /** Reads all pages once: that is the check of what it answers, and where the cursors come from. */
  static async walked(run: Run, name: string, server: Server, dialect: Dialect, fleet: Fleet): Promise<Subject> {
    const subject = new Subject(name, server, dialect, fleet);
    const began = performance.now();
    const client = new Client(server, fleet.token);
    let after: string | null = null;
    for (let more = true; more;) {
      const page = dialect.content(await client.ask(dialect.page, { after }));
      subject.contents.push(...page.machines);
      subject.bodies[after === null ? "first" : "random"].push(subject.body(after));
      ({ hasNextPage: more, endCursor: after } = page);
    }
    client.close();
    run.say(`${name}: ${subject.contents.length} machines in one walk, ${ms(performance.now() - began)}`);
    for (const which of ["first", "random"] as const) {
      writeFileSync(subject.fileOf(which), `${subject.bodies[which].join("\n")}\n`);
    }
    return subject;
  }

  sameAs(other: Subject): void {
    const different = this.contents.findIndex((machine, i) => machine !== other.contents[i]);
    if (this.contents.length !== MACHINES || other.contents.length !== MACHINES || different !== -1) {
      const [one, two] = [this.contents[different], other.contents[different]];
      throw new Error(`${this.name} and ${other.name} differ: ${one} and ${two}`);
    }
  }

  async load(which: Which, seed: number, seconds: number): Promise<Load> {
    const args = [this.fileOf(which), this.fleet.token, seed];
    const measured = await load(this.server, "graphql/graphql.lua", args, { connections: CONNECTIONS, seconds });
    // wrk sees no more than the status, and a fault of GraphQL may be a 200: a page of 100 machines is never this short.
    if (measured.bytes < 15_000) throw new Error(`${this.name}: answers of ${measured.bytes} bytes`);
    return measured;
  }

  private body(after: string | null): string {
    return JSON.stringify({ query: this.dialect.page.replace(/\s+/g, " "), variables: { after } });
  }

  private fileOf(which: Which): string {
    return join(folder, `${this.name}-${which}.bodies`);
  }
}
