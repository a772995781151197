import type { IncomingMessage, ServerResponse } from "node:http";
import { realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import send from "send";

/**
 * GET /images/…: kernels and initrds with Content-Length and Range. A symlink may point within the folder, not out of
 * it: the boot plane has no login.
 */
export function imagesHandler(root: string): (message: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (message, response) => {
    if (message.method !== "GET" && message.method !== "HEAD") return refuse(response, 405);
    const path = (message.url ?? "").slice("/images".length).replace(/[?#].*$/, "");
    const found = await insideRoot(root, path);
    if (found === undefined) return refuse(response, 404);
    send(message, found, { root: await realpath(root), index: false, dotfiles: "deny", cacheControl: false })
      .on("error", (error: { status?: number }) => refuse(response, error.status ?? 500))
      .on("directory", () => refuse(response, 404))
      .pipe(response);
  };
}

async function insideRoot(root: string, path: string): Promise<string | undefined> {
  try {
    const folder = await realpath(root);
    const file = await realpath(join(folder, decodeURIComponent(path)));
    return file.startsWith(folder + sep)
      ? encodeURI(file.slice(folder.length)).replace(/[?#]/g, encodeURIComponent)
      : undefined;
  } catch {
    return undefined; // no such file, or no valid path
  }
}

function refuse(response: ServerResponse, status: number): void {
  // A disk that fails in the middle of a file: only a broken connection says so to who has half of it.
  if (response.headersSent) return void response.destroy();
  const body = status === 404 ? "no such image\n" : `this image cannot be sent (${status})\n`;
  for (const name of response.getHeaderNames()) response.removeHeader(name); // send's own, of the file
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", "Content-Length": body.length }).end(body);
}
