// node:http and a map of finished answers, each sent by itself.
import { createServer } from "node:http";
import { hyphenated } from "../src/machine/mac-address.js";
import { macOfPort, scriptOfPort } from "./machines.js";

const [machines, port, base = ""] = process.argv.slice(2);
const answers = new Map(
  Array.from({ length: 2 * Number(machines) }, (_, i) => [`/boot/${hyphenated(macOfPort(i))}`, scriptOfPort(i, base)]),
);
const server = createServer({ keepAliveTimeout: 0 }, ({ url }, response) => {
  const body = answers.get(url ?? "") ?? "";
  const headers = ["Content-Type", "text/plain; charset=utf-8", "Content-Length", String(body.length)];
  response.writeHead(body === "" ? 404 : 200, headers).end(body, "latin1");
});
server.listen({ host: "127.0.0.1", port: Number(port), backlog: 4096 });
