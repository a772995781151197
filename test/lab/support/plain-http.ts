import { get, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";

/** GET as a boot loader sends it. Node's fetch adds Sec-Fetch-Mode, by which the boot plane knows a browser. */
export async function plainGet(url: string): Promise<{ status: number; body: string }> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { headers: { "user-agent": "iPXE/2.0.0+", connection: "close" } }, resolve).on("error", reject);
  });
  return { status: response.statusCode ?? 0, body: await text(response) };
}
