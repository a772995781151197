// One boot plane over a SQLite file, bundled as the product is: node server.js FILE FULL|NORMAL. Prints its port and its process id.
// The product itself has no setting for NORMAL; this exists so that a check can be seen to catch it.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { parseInventoryTarget } from "../../src/machine/inventory-request.js";
import { RegistrationQueue } from "../../src/machine/registration-queue.js";
import { Database } from "../../src/db/database.js";

const [file = "", synchronous] = process.argv.slice(2);
const database = await Database.open(`sqlite:${file}`, { synchronous: synchronous === "NORMAL" ? "NORMAL" : "FULL" });
const queue = new RegistrationQueue(
  database,
  () => new Date(),
  () => undefined,
);
const server = createServer((request, response) => {
  queue.register(parseInventoryTarget(request.url ?? "")).then(
    () => response.end("#!ipxe\n"),
    (error: unknown) => response.writeHead(503).end(String(error)),
  );
});
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port, process.pid));
