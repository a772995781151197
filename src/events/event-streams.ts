import { validTokenIds, type Actor } from "../access/api-token.store.js";
import type { Database } from "../db/database.js";
import { LimitExceeded, Unauthenticated } from "../errors.js";
import { LIMITS } from "../graphql/limits.js";
import type { Log } from "../log.js";
import { EventFeed } from "./event-feed.js";

/** One open stream. It ends by its signal, whose reason is a PublicError when its reader is to be told why. */
export interface EventStream {
  readonly signal: AbortSignal;
  close(): void;
}

interface Open {
  readonly tokenId: number;
  readonly control: AbortController;
}

/** Every open stream of this process: how many a token has, and that none outlives its token or the server. */
export class EventStreams {
  readonly feed: EventFeed;
  readonly times = {
    /** A comment after so long a silence, so that nothing in between takes the connection for dead. */
    heartbeatMs: 15_000,
    /** Who takes nothing for so long is cut off; it may come back with the last id it got. */
    stalledMs: 60_000,
    /** How often the tokens are looked at, and the journal, in case that a notice of it got lost. */
    checkMs: 5_000,
  };
  private readonly open = new Set<Open>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly log: Log,
    private readonly now: () => Date,
  ) {
    this.feed = new EventFeed(database, log);
  }

  /** @throws LimitExceeded when the token has as many as it may have */
  begin({ tokenId }: Actor): EventStream {
    const requested = 1 + [...this.open].filter((each) => each.tokenId === tokenId).length;
    const allowed = LIMITS.streams;
    if (requested > allowed) {
      const message = `this token has ${allowed} open subscriptions; end one, or use another token`;
      throw new LimitExceeded("streams", allowed, requested, message, 429);
    }
    const control = new AbortController();
    const stream = { tokenId, control };
    this.open.add(stream);
    this.timer ??= setInterval(() => void this.check(), this.times.checkMs);
    return { signal: control.signal, close: () => this.end(stream) };
  }

  /** Ends all of them without a word, so that their clients come back, here or elsewhere. */
  stop(): void {
    for (const stream of this.open) this.end(stream);
  }

  private async check(): Promise<void> {
    this.feed.look();
    const streams = [...this.open];
    try {
      const ids = streams.map(({ tokenId }) => tokenId);
      const valid = await validTokenIds(this.database.manager, [...new Set(ids)], this.now());
      const fault = new Unauthenticated("this token is not valid any more");
      for (const stream of streams) if (!valid.has(stream.tokenId)) this.end(stream, fault);
    } catch (error) {
      this.log.error("cannot see whether tokens are still valid", error);
    }
  }

  private end(stream: Open, reason?: Error): void {
    this.open.delete(stream);
    stream.control.abort(reason);
    if (this.open.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
