import { auditServer } from "graphql-http";
import { expect, test } from "vitest";
import { onBothServers } from "./test-server.js";

onBothServers("GraphQL over HTTP", (server) => {
  test("is spoken without an error, as its own audit sees it", async () => {
    const results = await auditServer({
      url: `${server().controlUrl}/graphql`,
      fetchFn: (url: string, init: RequestInit = {}) => {
        const headers = {
          ...(init.headers as Record<string, string> | undefined),
          Authorization: `Bearer ${server().tokens.VIEWER}`,
        };
        return fetch(url, { ...init, headers });
      },
    });
    expect(results.length).toBeGreaterThan(50);
    expect(results.filter(({ status }) => status === "error").map(({ name, ...rest }) => [name, rest])).toEqual([]);
  });
});
