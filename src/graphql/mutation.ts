import { GraphQLBoolean, GraphQLString, type GraphQLArgument, type GraphQLSchema } from "graphql";
import { changeEntry } from "../changes/change.entity.js";
import { askedBy, recall, remember } from "../changes/idempotency.js";
import type { Context, WriteContext } from "../context.js";
import type { Written } from "../db/database.js";
import { userErrorsOf, type Payload } from "./user-errors.js";

/** What every mutation takes besides its own arguments. */
const COMMON: ReadonlyArray<Pick<GraphQLArgument, "name" | "description" | "type" | "defaultValue">> = [
  {
    name: "dryRun",
    type: GraphQLBoolean,
    defaultValue: false,
    description: "Does everything but keep it: `changed` says what would have changed.",
  },
  {
    name: "idempotencyKey",
    type: GraphQLString,
    defaultValue: undefined,
    description:
      "Of your choice, 1 to 128 characters. For 24 hours the same key with the same arguments answers as the first time " +
      "and does nothing; so a script may repeat what it got no answer to.",
  },
];

type Answer = Partial<Payload> & Record<string, unknown>;
type Resolver = (root: unknown, args: object, context: WriteContext, info: unknown) => unknown;

interface MutationArguments {
  readonly dryRun?: boolean | null;
  readonly idempotencyKey?: string | null;
}

/**
 * Makes every mutation of the schema one transaction and one change, with `dryRun` and `idempotencyKey`: a resolver
 * does its work in `context.transaction`, answers with what it changed, and throws what the caller can mend.
 */
export function wrapMutations(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const resolve = field.resolve as Resolver;
    const common = COMMON.map((each) => ({
      ...each,
      deprecationReason: undefined,
      extensions: {},
      astNode: undefined,
    }));
    field.args = [...field.args, ...common];
    field.resolve = (root: unknown, args: MutationArguments, context: Context, info: unknown) =>
      runMutation(field.name, args, context, (write) => resolve(root, args, write, info) as Promise<Answer>);
  }
}

async function runMutation(
  operation: string,
  { dryRun, idempotencyKey, ...input }: MutationArguments,
  context: Context,
  work: (context: WriteContext) => Promise<Answer>,
): Promise<Answer> {
  const { app, actor, requestId, loaders } = context;
  const origin = { actor: actor.name, through: "GRAPHQL", operation, requestId } as const;
  try {
    const asked = dryRun ? undefined : askedBy(app.secretKey, actor.tokenId, idempotencyKey, operation, input);
    const { value, change, entries } = await app.database.transact(
      origin,
      async (transaction) => {
        const earlier = asked && (await recall(app, transaction.manager, asked));
        if (earlier !== undefined) return earlier;
        const fresh = await work({ ...context, transaction });
        if (dryRun) throw new DryRun(fresh, await transaction.changes.entries());
        return { fresh };
      },
      asked &&
        (async ({ value, change }, manager) => {
          if ("fresh" in value) await remember(manager, asked, value.fresh, change?.id ?? null, app.now());
        }),
    );
    if ("recalled" in value) return value.recalled;
    return { userErrors: [], ...value.fresh, change: change ?? null, changed: entries.map(changeEntry) };
  } catch (error) {
    if (error instanceof DryRun) return { userErrors: [], ...error.fresh, changed: error.entries.map(changeEntry) };
    const userErrors = userErrorsOf(error);
    if (userErrors === undefined) throw error;
    return { userErrors, changed: [] };
  } finally {
    loaders.clear(); // what was looked up before this mutation is old
  }
}

/** Ends a transaction of which nothing shall stay. */
class DryRun extends Error {
  constructor(
    readonly fresh: Answer,
    readonly entries: Written<unknown>["entries"],
  ) {
    super("dry run");
  }
}
