import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe } from "vitest";
import { mintToken } from "../../src/access/api-token.store.js";
import { ROLES, type Role } from "../../src/access/role.js";
import { readConfig, type Config } from "../../src/config.js";
import { createLog } from "../../src/log.js";
import { startServer, type RunningServer } from "../../src/server.js";
import { BY_TEST, databases, freshFile, freshPostgres, type DatabaseKind } from "../support/databases.js";

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** Not fetch, which sends a browser's Sec-Fetch-Mode: the boot plane refuses that. */
export function http(url: string, { method = "GET", headers = {}, body }: Asked = {}): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { "Content-Length": String(Buffer.byteLength(body)) };
    const asked = request(url, { method, headers: { ...length, ...headers }, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const { statusCode = 0, headers } = response;
        resolve({ status: statusCode, headers, body: Buffer.concat(chunks).toString() });
      });
    });
    asked.once("error", reject);
    asked.end(body);
  });
}

export interface UserError {
  readonly code: string;
  readonly field: string[];
  readonly message: string;
}

export interface GraphqlAnswer {
  readonly status: number;
  readonly data: Record<string, never>;
  readonly errors:
    Array<{ message: string; path?: string[]; extensions: { code: string; requestId?: string } }> | undefined;
}

/** Kickrack on free ports, spoken to as its users do. */
export class TestServer {
  readonly log: string[] = [];
  readonly tokens = {} as Record<Role, string>;
  private nextPort = 1;

  private constructor(
    readonly config: Config,
    readonly folder: string,
  ) {}

  private server: RunningServer | undefined;

  get running(): RunningServer {
    if (this.server === undefined) throw new Error("the test's server is stopped");
    return this.server;
  }

  get app() {
    return this.running.app;
  }

  get bootUrl(): string {
    return `http://127.0.0.1:${this.config.bootListen.port}`;
  }

  get controlUrl(): string {
    return `http://127.0.0.1:${this.config.controlListen.port}`;
  }

  static async start(databaseUrl: string, settings: Record<string, string> = {}): Promise<TestServer> {
    const folder = mkdtempSync(join(tmpdir(), "kickrack-server-"));
    const config = readConfig({
      KICKRACK_BOOT_LISTEN: `127.0.0.1:${await freePort()}`,
      KICKRACK_CONTROL_LISTEN: `127.0.0.1:${await freePort()}`,
      KICKRACK_DATABASE_URL: databaseUrl,
      KICKRACK_DATA: join(folder, "data"),
      KICKRACK_EXPORTS: join(folder, "exports"),
      KICKRACK_IMAGES: join(folder, "images"),
      ...settings,
    });
    mkdirSync(join(folder, "images"), { recursive: true });
    for (const file of ["linux", "initrd"]) writeFileSync(join(folder, "images", file), "");
    const server = new TestServer(config, folder);
    await server.start();
    return server;
  }

  async start(): Promise<void> {
    this.server = await startServer(
      this.config,
      createLog((line) => this.log.push(line)),
    );
    const { database, secretKey, now } = this.app;
    for (const role of ROLES) {
      const values = { name: `a test's ${role.toLowerCase()}`, role, expiresAt: null };
      this.tokens[role] = (
        await database.write(BY_TEST, (transaction) => mintToken(transaction, secretKey, values, now()))
      ).text;
    }
  }

  /** Everything stays but the process: the next `start` finds the same database and folders. */
  async stop(): Promise<void> {
    await this.server?.stop();
    this.server = undefined;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  boot(target: string, asked?: Asked): Promise<HttpAnswer> {
    return http(this.bootUrl + target, asked);
  }

  control(target: string, asked: Asked = {}, token: string | undefined = this.tokens.VIEWER): Promise<HttpAnswer> {
    const headers = { ...(token === "" ? {} : { Authorization: `Bearer ${token}` }), ...asked.headers };
    return http(this.controlUrl + target, { ...asked, headers });
  }

  async graphql(
    query: string,
    variables: object = {},
    token: string = this.tokens.ADMINISTRATOR,
  ): Promise<GraphqlAnswer> {
    const { status, body } = await this.control(
      "/graphql",
      { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ query, variables }) },
      token,
    );
    const { data, errors } = JSON.parse(body) as Omit<GraphqlAnswer, "status">;
    return { status, data, errors };
  }

  /** The one field that a query asks for. @throws Error when there are errors */
  async ask<T>(query: string, variables: object = {}, token?: string): Promise<T> {
    const { data, errors } = await this.graphql(query, variables, token);
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return Object.values(data)[0] as T;
  }

  /** A mutation of a list of machines. */
  async change(mutation: string, machines: readonly string[], more = ""): Promise<UserError[]> {
    const query = `mutation ($machines: [String!]!) {
      ${mutation}(machines: $machines${more}) { machines { id } userErrors { code field message } }
    }`;
    const { machines: changed, userErrors } = await this.ask<{ machines: unknown; userErrors: UserError[] }>(query, {
      machines,
    });
    if ((changed === null) === (userErrors.length === 0)) throw new Error(`${mutation} neither did it nor said why`);
    return userErrors;
  }

  /** Machines with a port and a serial number of their own, as SNreg.ipxe would register them. */
  async register(count = 1): Promise<Array<{ serial: string; mac: string }>> {
    const machines = Array.from({ length: count }, () => {
      const number = this.nextPort++;
      const hex = number
        .toString(16)
        .padStart(6, "0")
        .replace(/..(?=.)/g, "$&:");
      return { serial: `SN${String(number).padStart(6, "0")}`, mac: `00:26:2d:${hex}` };
    });
    for (let i = 0; i < count; i += 50) {
      await Promise.all(
        machines.slice(i, i + 50).map(async ({ serial, mac }) => {
          const { status } = await this.boot(`/inventory/${serial}/${mac}/Dell%20Inc./PowerEdge%20R640`);
          if (status !== 200) throw new Error(`not registered: ${status}`);
        }),
      );
    }
    return machines;
  }

  /** A template and a profile of this name, whose images are there. */
  async profile(name: string, template = "d-i netcfg/get_hostname string {{ machine.hostname }}\n"): Promise<void> {
    await this.ask(
      `mutation ($name: String!, $text: String!) { saveTemplate(name: $name, format: PRESEED, text: $text) { userErrors { message } } }`,
      { name, text: template },
    );
    await this.ask(
      `mutation ($name: String!) {
        createProfile(name: $name, template: $name, kernel: "/images/linux", initrds: ["/images/initrd"],
          arguments: "auto=true url={{ urls.config }}") { userErrors { message } }
      }`,
      { name },
    );
  }

  /** A machine that is armed, with the token of its installation. */
  async armed(profile: string): Promise<{ serial: string; mac: string; token: string }> {
    const [machine = { serial: "", mac: "" }] = await this.register();
    const errors = [
      ...(await this.change("approveMachines", [machine.serial])),
      ...(await this.change("armMachines", [machine.serial], `, count: 1, profile: "${profile}"`)),
    ];
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return { ...machine, token: await this.tokenOf(machine.mac) };
  }

  /** The token on the kernel line of an armed machine. */
  async tokenOf(mac: string): Promise<string> {
    const { body } = await this.boot(`/boot/${mac}`);
    const token = /token=([A-Za-z0-9_-]+)/.exec(body)?.[1];
    if (token === undefined) throw new Error(`no installer in:\n${body}`);
    return token;
  }

  /** Every row of every table, to see that nothing changed. When a token was used last changes by itself, as do requests. */
  async dump({ requests = false } = {}): Promise<string> {
    await this.app.bootRequests.settle();
    const all = this.app.database.dataSource.entityMetadatas.map(({ tableName }) => tableName).sort();
    const tables = all.filter((table) => requests || table !== "boot_request");
    const rows: unknown[] = [];
    for (const table of tables) {
      const found: object[] = await this.app.database.manager.query(`SELECT * FROM ${table} ORDER BY 1`);
      rows.push(
        table,
        found.map((row) => ({ ...row, last_used_at: undefined, last_used_from: undefined })),
      );
    }
    return JSON.stringify(rows);
  }
}

/** The same tests against a server on SQLite and one on PostgreSQL. The tests of one share it, each with machines of its own. */
export function onBothServers(
  title: string,
  tests: (server: () => TestServer, kind: DatabaseKind) => void,
  settings: Record<string, string> = {},
): void {
  for (const kind of databases()) {
    describe(`${title} on ${kind}`, () => {
      let server: TestServer;
      let drop = () => Promise.resolve();
      beforeAll(async () => {
        const database = kind === "SQLite" ? freshFile("shipped") : await freshPostgres("shipped");
        drop = () => Promise.resolve(database.drop());
        server = await TestServer.start(database.url, settings);
      });
      afterAll(async () => {
        await server.remove();
        await drop();
      });
      tests(() => server, kind);
    });
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
