import type { ApolloServerPlugin } from "@apollo/server";
import { OperationTypeNode } from "graphql";
import type { Context } from "../context.js";
import { ERROR_STATUS } from "../errors.js";
import type { Log } from "../log.js";
import { isOurFault } from "./public-error.js";

/** Every fault carries the id of its request; what is our fault stands in the log under the same id. */
export function faultPlugin(log: Log): ApolloServerPlugin<Context> {
  return {
    unexpectedErrorProcessingRequest: ({ error }) => {
      log.error("a GraphQL request failed", error);
      return Promise.resolve();
    },
    requestDidStart: ({ contextValue: { requestId } }) =>
      Promise.resolve({
        // The one place that knows both the cause and the request that its caller is told.
        didEncounterErrors: ({ errors }) => {
          for (const error of errors.filter(isOurFault)) {
            const path = error.path?.join(".") ?? "";
            log.error("a GraphQL field failed", error.originalError ?? error, { requestId, path });
          }
          return Promise.resolve();
        },
        willSendResponse: ({ operation, response: { body, http } }) => {
          if (body.kind !== "single") return Promise.resolve();
          for (const { extensions, path } of body.singleResult.errors ?? []) {
            Object.assign(extensions ?? {}, { requestId });
            // What a mutation's payload leads to is read after its commit: only that is missing.
            const written = operation?.operation === OperationTypeNode.MUTATION && (path?.length ?? 0) > 1;
            if (extensions?.code !== "TIMEOUT" || written) continue;
            http.status = ERROR_STATUS.TIMEOUT;
            http.headers.set("retry-after", "1");
          }
          return Promise.resolve();
        },
      }),
  };
}
