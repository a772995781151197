import type { FormattedExecutionResult } from "graphql";

/** The operation is over and need not be asked for again. An EventSource hears of no event without data. */
export const COMPLETE = "event: complete\ndata:\n\n";

/** A result, as graphql-sse's protocol has it; with an id, which a client that comes back names. */
export function nextFrame(result: FormattedExecutionResult, eventId?: string): string {
  const id = eventId === undefined ? "" : `id: ${eventId}\n`;
  return `event: next\n${id}data: ${JSON.stringify(result)}\n\n`;
}

/**
 * A comment, and an id without an event: a client that has heard nothing for long remembers how far the journal was read
 * (HTML, 9.2.6: the id counts although nothing is dispatched).
 */
export function positionFrame(position: number | undefined): string {
  return position === undefined ? ":\n\n" : `:\nid: ${position}\n\n`;
}
