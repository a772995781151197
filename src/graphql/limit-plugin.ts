import type { ApolloServerPlugin } from "@apollo/server";
import type { Context } from "../context.js";
import { LimitExceeded } from "../errors.js";
import { countNodes } from "./nodes.js";
import { requestError } from "./public-error.js";

/** Refuses what could be too large an answer before anything runs, and says of every other what it could have been. */
export const limitPlugin: ApolloServerPlugin<Context> = {
  requestDidStart: () => {
    let nodes = 0;
    return Promise.resolve({
      didResolveOperation: ({ schema, document, operation, operationName, request: { variables } }) => {
        try {
          nodes = countNodes(schema, { document, operation, operationName, variables });
        } catch (error) {
          throw error instanceof LimitExceeded ? requestError(error) : error;
        }
        return Promise.resolve();
      },
      willSendResponse: ({ response: { body } }) => {
        if (body.kind !== "single") return Promise.resolve();
        body.singleResult.extensions = { ...body.singleResult.extensions, cost: { nodes } };
        return Promise.resolve();
      },
    });
  },
};
