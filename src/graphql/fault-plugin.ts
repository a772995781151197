import type { ApolloServerPlugin } from "@apollo/server";
import type { Context } from "../context.js";
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
        willSendResponse: ({ response: { body } }) => {
          if (body.kind !== "single") return Promise.resolve();
          for (const error of body.singleResult.errors ?? []) Object.assign(error.extensions ?? {}, { requestId });
          return Promise.resolve();
        },
      }),
  };
}
