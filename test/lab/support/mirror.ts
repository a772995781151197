import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, join } from "node:path";
import send from "send";
import { onTestFinished } from "vitest";

const FOLDER = join(process.cwd(), "test/out/mirror");

/** Serves what test/lab/make-mirror has made as /mirror, until the test ends. The value is `address:port`. */
export async function serveMirror(address: string): Promise<string> {
  if (!existsSync(join(FOLDER, "dists")))
    throw new Error(`${FOLDER} is empty; run test/lab/make-mirror ${FOLDER} first`);
  const server = createServer((request, response) => {
    send(request, new URL(request.url ?? "/", "http://mirror").pathname, { root: dirname(FOLDER) }).pipe(response);
  });
  server.listen(8080, address);
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `${address}:8080`;
}
