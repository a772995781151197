import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hyphenated } from "../src/machine/mac-address.js";
import { packageRoot } from "../src/package-root.js";
import { macOfPort, makeDatabase, scriptOfPort } from "./machines.js";
import { folder, startServer, type Server } from "./processes.js";

const built = (path: string) => join(packageRoot, "dist", path);
const FIRST_PORT = `/boot/${hyphenated(macOfPort(0))}`;

/** A database of `machines` machines. */
export async function databaseOf(name: string, machines: number): Promise<string> {
  const url = `sqlite:${join(folder, `${name}.sqlite`)}`;
  await makeDatabase(url, machines);
  return url;
}

/** `kickrack serve` as it is installed, with its log in a file. */
export function startKickrack(name: string, databaseUrl: string, probe = FIRST_PORT): Promise<Server> {
  return startServer(name, probe, (port) => ({
    file: built("kickrack/cli.js"),
    args: ["serve"],
    env: {
      KICKRACK_BOOT_LISTEN: `127.0.0.1:${port}`,
      KICKRACK_CONTROL_LISTEN: "127.0.0.1:0",
      KICKRACK_DATA: join(folder, name),
      KICKRACK_DATABASE_URL: databaseUrl,
      KICKRACK_SECRET_KEY: "the same for every start in a benchmark",
      KICKRACK_EXPORTS: exportsOf(name),
    },
  }));
}

export function exportsOf(name: string): string {
  return join(folder, name, "exports");
}

export function startBootPlaneOnly(name: string, databaseUrl: string): Promise<Server> {
  return startServer(name, FIRST_PORT, (port) => ({
    file: process.execPath,
    args: [built("bench/boot-plane-only.js"), databaseUrl, String(port)],
  }));
}

/** node:http with the answers of `likeThis` ready in memory, each sent by itself. */
export function startBareHttp(machines: number, likeThis: Server): Promise<Server> {
  return startServer("bare-http", FIRST_PORT, (port) => ({
    file: process.execPath,
    args: [built("bench/bare-http.js"), String(machines), String(port), likeThis.url],
  }));
}

/** nginx with one worker and a file for each port of `machines` machines, with the bytes that `likeThis` answers. */
export function startNginx(machines: number, likeThis: Server): Promise<Server> {
  const root = join(folder, `nginx-${machines}`);
  mkdirSync(join(root, "files", "boot"), { recursive: true });
  for (let port = 0; port < 2 * machines; port++) {
    writeFileSync(join(root, "files", "boot", hyphenated(macOfPort(port))), scriptOfPort(port, likeThis.url));
  }
  return startServer("nginx", FIRST_PORT, (port) => {
    writeFileSync(join(root, "nginx.conf"), nginxConf(root, port));
    return { file: "/usr/sbin/nginx", args: ["-p", root, "-c", "nginx.conf", "-e", "error.log"] };
  });
}

// sendfile and tcp_nopush as in Debian's nginx.conf. No open_file_cache: 200,000 files are more than there are descriptors.
function nginxConf(root: string, port: number): string {
  return `${process.getuid?.() === 0 ? "user root;" : ""}
daemon off;
worker_processes 1;
pid ${root}/nginx.pid;
events { worker_connections 4096; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  default_type "text/plain; charset=utf-8";
  client_body_temp_path ${root}/body;
  proxy_temp_path ${root}/proxy;
  fastcgi_temp_path ${root}/fastcgi;
  uwsgi_temp_path ${root}/uwsgi;
  scgi_temp_path ${root}/scgi;
  server { listen 127.0.0.1:${port} backlog=4096; root ${root}/files; }
}
`;
}

/** The article's handler, on puma with Sinatra's defaults. */
export function startSinatra(): Promise<Server> {
  return startServer("sinatra", "/inventory/SN/00:26:2d:01:01:01/Maker/Product", (port) => ({
    file: "ruby",
    args: [join(packageRoot, "bench/sinatra/inventory.rb"), "-p", String(port)],
    env: { INVENTORY_LOG: join(folder, "sinatra-inventory.log") },
  }));
}
