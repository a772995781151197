import type { DocumentNode } from "graphql";
import type { Context } from "../context.js";

/** A subscription that has passed every check. */
export interface Subscribed {
  readonly document: DocumentNode;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What the subscription of one stream may use. */
export interface StreamContext extends Context {
  readonly stream: {
    readonly signal: AbortSignal;
    /** What the client got before it came back. */
    readonly lastEventId: string | undefined;
    subscribed?: Subscribed;
    /** The last entry of the journal that is dealt with: told and sent, or nothing to tell. */
    position?: number;
  };
}

export function isStream(context: Context): context is StreamContext {
  return "stream" in context;
}
