import { Agent, request } from "node:http";
import { join } from "node:path";
import { packageRoot } from "../../src/package-root.js";
import { folder, startServer, type Server } from "../processes.js";
import { SECRET_KEY, type Fleet } from "./fleet.js";

/** `kickrack serve` as it is installed, spoken to on its control plane. */
export function startControlPlane(name: string, { url }: Fleet): Promise<Server> {
  return startServer(name, "/healthz", (port) => ({
    file: join(packageRoot, "dist/kickrack/cli.js"),
    args: ["serve"],
    env: {
      KICKRACK_BOOT_LISTEN: "127.0.0.1:0",
      KICKRACK_CONTROL_LISTEN: `127.0.0.1:${port}`,
      KICKRACK_DATA: join(folder, name),
      KICKRACK_DATABASE_URL: url,
      KICKRACK_SECRET_KEY: SECRET_KEY,
      KICKRACK_EXPORTS: join(folder, name, "exports"),
    },
  }));
}

/** PostGraphile on the same database; it asks for no token. */
export function startPostgraphile({ url }: Fleet): Promise<Server> {
  return startServer("postgraphile", `/graphql?query=${encodeURIComponent("{__typename}")}`, (port) => ({
    file: process.execPath,
    args: [join(packageRoot, "bench/postgraphile/server.js"), url, String(port)],
    env: { NODE_ENV: "production", GRAPHILE_ENV: "production" },
  }));
}

/** One of many scripts: sends a request after the other on one connection. */
export class Client {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(
    private readonly server: Server,
    private readonly token = "",
  ) {}

  /** `data` of the answer. @throws Error when there are errors */
  async ask<T>(query: string, variables: object = {}): Promise<T> {
    const text = await this.post(JSON.stringify({ query, variables }));
    const { data, errors } = JSON.parse(text) as { data: T; errors?: unknown };
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data;
  }

  close(): void {
    this.agent.destroy();
  }

  private post(body: string): Promise<string> {
    const headers = {
      "Content-Type": "application/json",
      "Content-Length": String(Buffer.byteLength(body)),
      Authorization: `Bearer ${this.token}`,
    };
    return new Promise((resolve, reject) => {
      const options = { method: "POST", headers, agent: this.agent };
      const asked = request(`${this.server.url}/graphql`, options, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        response.once("end", () => resolve(text));
        response.once("error", reject);
      });
      asked.once("error", reject);
      asked.end(body);
    });
  }
}
