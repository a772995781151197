import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface PostgresServer {
  /** postgres://… of its maintenance database. */
  readonly url: string;
  /** Ends it and removes its folder. */
  stop(): void;
}

/** Starts a real PostgreSQL in a temporary folder, with its usual durability where `settings` do not say otherwise. */
export async function startPostgresServer(settings: readonly string[] = []): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), "kickrack-postgres-"));
  const bin = postgresBin();
  const asPostgres = (program: string, args: string[]) => {
    // PostgreSQL refuses to run as root.
    const root = process.getuid?.() === 0;
    const command = root ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];
    const [file = "", ...rest] = [...command, join(bin, program), ...args];
    execFileSync(file, rest, { stdio: ["ignore", "ignore", "inherit"], cwd: "/" });
  };
  if (process.getuid?.() === 0) chownSync(folder, userId("-u"), userId("-g"));
  chmodSync(folder, 0o700);
  const data = join(folder, "data");
  const port = await freePort();
  asPostgres("initdb", ["-D", data, "-U", "kickrack", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]);
  const network = [`port=${port}`, "listen_addresses=127.0.0.1", "unix_socket_directories=''", "max_connections=200"];
  const options = [...network, ...settings].map((setting) => `-c ${setting}`).join(" ");
  asPostgres("pg_ctl", ["-D", data, "-o", options, "-l", join(folder, "log"), "-w", "start"]);
  return {
    url: `postgres://kickrack@127.0.0.1:${port}/postgres`,
    stop: () => {
      asPostgres("pg_ctl", ["-D", data, "-m", "immediate", "-w", "stop"]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function postgresBin(): string {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const newest = versions.map((version) => join(root, version, "bin")).find((bin) => existsSync(join(bin, "initdb")));
  if (newest === undefined) throw new Error("no PostgreSQL server here; run test/install-packages");
  return newest;
}

function userId(flag: "-u" | "-g"): number {
  return Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
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
