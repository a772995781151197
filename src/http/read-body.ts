import type { IncomingMessage } from "node:http";

/**
 * The last `limit` bytes of a request's body as text, for a log says at its end why it ended; what came before is read and
 * dropped, so that the sender is answered.
 */
export async function readBody(message: IncomingMessage, limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  let isCut = false;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    while (length - (chunks[0]?.length ?? 0) >= limit) {
      length -= chunks.shift()?.length ?? 0;
      isCut = true;
    }
  }
  const text = Buffer.concat(chunks).subarray(-limit).toString("utf8");
  // The cut may have gone through a character.
  return isCut || length > limit ? text.replace(/^\ufffd{1,3}/, "") : text;
}
