import type { IncomingMessage } from "node:http";

/** The first `limit` bytes of a request's body as text; the rest is read and dropped, so that the sender is answered. */
export async function readBody(message: IncomingMessage, limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    if (length < limit) chunks.push(chunk.subarray(0, limit - length));
    length += chunk.length;
  }
  return Buffer.concat(chunks).toString("utf8");
}
