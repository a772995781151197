import { ApolloServer, HeaderMap, type ApolloServerOptionsWithGateway, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from "@apollo/server/plugin/disabled";
import { fastifyApolloDrainPlugin } from "@as-integrations/fastify";
import type { FastifyInstance } from "fastify";
import { OperationTypeNode, type GraphQLSchema, type OperationDefinitionNode } from "graphql";
import { refuseForbidden } from "../access/refuse.js";
import type { App, Context } from "../context.js";
import { BadRequest } from "../errors.js";
import { isStream } from "../events/stream-context.js";
import { CompiledQueries } from "./compiled-queries.js";
import { faultPlugin } from "./fault-plugin.js";
import { limitDocument } from "./limit-document.js";
import { limitPlugin } from "./limit-plugin.js";
import { LIMITS } from "./limits.js";
import { publicError, requestError } from "./public-error.js";
import { withinTime } from "./within-time.js";

const rulesPlugin: ApolloServerPlugin<Context> = {
  requestDidStart: ({ contextValue }) =>
    Promise.resolve({
      didResolveOperation: ({ document, operation, request, schema }) => {
        const asked = operation && { document, operation, variables: request.variables };
        if (asked) refuseForbidden(schema, asked, contextValue.actor);
        return Promise.resolve();
      },
    }),
};

/** A subscription that has passed every check leaves Apollo here, to become a stream. */
const subscriptionPlugin: ApolloServerPlugin<Context> = {
  requestDidStart: ({ contextValue }) =>
    Promise.resolve({
      didResolveOperation: ({ operation }) => {
        if (operation?.operation === OperationTypeNode.SUBSCRIPTION && !isStream(contextValue)) {
          throw requestError(new BadRequest("ask for a subscription with Accept: text/event-stream", 406));
        }
        return Promise.resolve();
      },
      responseForOperation: ({ operation, document, operationName, request: { variables = {} } }) => {
        // Apollo's type does not say so, but a document of two operations comes here without one.
        const asked = operation as OperationDefinitionNode | undefined;
        if (asked?.operation !== OperationTypeNode.SUBSCRIPTION || !isStream(contextValue))
          return Promise.resolve(null);
        contextValue.stream.subscribed = { document, operationName, variables };
        return Promise.resolve({
          http: { status: 200, headers: new HeaderMap() },
          body: { kind: "single", singleResult: {} },
        });
      },
    }),
};

export async function startApollo(
  app: App,
  schema: GraphQLSchema,
  fastify: FastifyInstance,
): Promise<ApolloServer<Context>> {
  const queries = new CompiledQueries(schema);
  const apollo = new ApolloServer<Context>({
    gateway: executedBy(schema, queries),
    introspection: true, // whoever has a token may know what there is
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    parseOptions: { maxTokens: LIMITS.tokens },
    validationRules: [limitDocument],
    persistedQueries: false,
    formatError: publicError,
    plugins: [
      fastifyApolloDrainPlugin(fastify),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      rulesPlugin,
      limitPlugin,
      subscriptionPlugin,
      faultPlugin(app.log),
    ],
  });
  await apollo.start();
  return apollo;
}

/** Apollo's one way to another executor than graphql-js's. */
function executedBy(
  schema: GraphQLSchema,
  queries: CompiledQueries,
): ApolloServerOptionsWithGateway<Context>["gateway"] {
  return {
    load: () =>
      Promise.resolve({
        executor: ({ request: { variables }, document, operation, operationName, ...request }) => {
          const context = request.context as Context;
          const result = queries.execute({ document, operation, operationName, variables, context });
          // A mutation may still commit, so its caller waits for what becomes of it.
          if ((operation as OperationDefinitionNode | undefined)?.operation !== OperationTypeNode.QUERY) return result;
          return withinTime(context.app.config.querySeconds, result);
        },
      }),
    onSchemaLoadOrUpdate: (loaded) => {
      loaded({ apiSchema: schema, coreSupergraphSdl: "" });
      return () => undefined;
    },
    stop: () => Promise.resolve(),
  };
}
