import type { Fetcher } from "@graphiql/toolkit";
import { getOperationAST, OperationTypeNode } from "graphql";
import { createClient } from "graphql-sse";

/** Queries and mutations by POST, subscriptions as server-sent events (graphql-sse, distinct connections). */
export function fetcherFor(token: string): Fetcher {
  const headers = { Authorization: `Bearer ${token}` };
  const events = createClient({ url: "/graphql", headers, retryAttempts: 0 });
  return async (request, options) => {
    const operation = options?.documentAST && getOperationAST(options.documentAST, request.operationName);
    if (operation?.operation === OperationTypeNode.SUBSCRIPTION) {
      const { query, operationName } = request;
      const variables = request.variables as Record<string, unknown>;
      return events.iterate({ query, variables, ...(operationName ? { operationName } : {}) });
    }
    const response = await fetch("/graphql", {
      method: "POST",
      headers: { ...headers, "Content-Type": "application/json", Accept: "application/graphql-response+json" },
      body: JSON.stringify(request),
    });
    return response.json() as Promise<object>;
  };
}
