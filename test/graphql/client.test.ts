import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { CreateRackDocument, FindMachineDocument, RackContentsDocument } from "../../schema/client/operations.js";
import { request } from "../../schema/client/request.js";
import { http, onBothServers } from "./test-server.js";

onBothServers("the typed client", (server) => {
  const kickrack = () => ({ url: server().controlUrl, token: server().tokens.ADMINISTRATOR });

  /** The server behind a line that breaks after the first request, before its answer. */
  async function behindBrokenLine<T>(work: (url: string) => Promise<T>): Promise<{ value: T; requests: number }> {
    let requests = 0;
    const line = createServer((asked, answer) => {
      const chunks: Buffer[] = [];
      asked.on("data", (chunk: Buffer) => chunks.push(chunk));
      asked.on("end", () => {
        const headers = { "Content-Type": "application/json", Authorization: String(asked.headers.authorization) };
        void http(`${server().controlUrl}/graphql`, { method: "POST", headers, body: Buffer.concat(chunks) }).then(
          ({ status, body }) => {
            if (++requests === 1) return asked.socket.destroy();
            return answer.writeHead(status, { "Content-Type": "application/json" }).end(body);
          },
        );
      });
    });
    await new Promise<void>((resolve) => line.listen(0, "127.0.0.1", resolve));
    try {
      return { value: await work(`http://127.0.0.1:${(line.address() as AddressInfo).port}`), requests };
    } finally {
      line.closeAllConnections();
      line.close();
    }
  }

  test("a mutation whose answer was lost is sent again and happens once", async () => {
    const { value, requests } = await behindBrokenLine((url) =>
      request({ ...kickrack(), url }, CreateRackDocument, { name: "R1" }),
    );
    expect(value.createRack).toMatchObject({ rack: { name: "R1" }, userErrors: [] });
    expect(requests).toBe(2);
  });

  test("a query whose answer was lost is sent again", async () => {
    const { value, requests } = await behindBrokenLine((url) =>
      request({ ...kickrack(), url }, RackContentsDocument, { name: "none" }),
    );
    expect([value, requests]).toEqual([{ rack: null }, 2]);
  });

  test("what is refused is an error that says why, and is not sent again", async () => {
    await expect(request({ ...kickrack(), token: "kr_x" }, FindMachineDocument, {})).rejects.toThrow(
      "send a valid token",
    );
    await expect(request(kickrack(), FindMachineDocument, {})).rejects.toThrow("serialNumber");
  });
});
