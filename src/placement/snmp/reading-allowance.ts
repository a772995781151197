import { ScanFault } from "./scan-fault.js";

/** How a switch is asked. Every way in which it can keep us waiting, or fill our memory, has its end here. */
export interface AskLimits {
  /** For one question; it is asked three times. */
  readonly timeoutMs: number;
  /** For a whole switch. */
  readonly deadlineMs: number;
  /** Of one column of a table. */
  readonly rows: number;
  /** Of a whole switch; with more of them it is one of those that are read one after the other. */
  readonly largeRows: number;
}

// A leaf of a fabric knows every virtual machine of it, and its own ports beside them: 100,000 addresses, two columns of 100,000
// rows, took 3.1 s of processor time here (bench/run switches), and a slow agent is read as far as the time reaches. What a row
// takes in memory is about 300 bytes.
export const ASK_LIMITS: AskLimits = { timeoutMs: 2_000, deadlineMs: 120_000, rows: 200_000, largeRows: 10_000 };

/** Whose turn it is to hold a large table, so that however many switches are asked at once, one of them decides the memory. */
export class LargeTableTurns {
  #last: Promise<void> = Promise.resolve();

  /** Resolves when the turn has come, to what ends it. */
  async take(): Promise<() => void> {
    const before = this.#last;
    let end: () => void = () => undefined;
    this.#last = new Promise((resolve) => (end = resolve));
    await before;
    return end;
  }
}

/** What one reading of a switch may take: time, and memory for its rows. End it when its rows are no longer held. */
export class ReadingAllowance {
  #until: number;
  #rows = 0;
  #endTurn: (() => void) | undefined;

  constructor(
    readonly limits: AskLimits = ASK_LIMITS,
    private readonly turns = new LargeTableTurns(),
  ) {
    this.#until = Date.now() + limits.deadlineMs;
  }

  /** @param what is about to be read @throws ScanFault when the time is over */
  checkTime(what: string): void {
    if (Date.now() <= this.#until) return;
    throw new ScanFault(`it takes longer than ${this.limits.deadlineMs / 1_000} s; ${what} was not read`);
  }

  /** Resolves when rows that have been read may be kept; what that waits for other switches is no time of this one. */
  async keepRows(count: number): Promise<void> {
    this.#rows += count;
    if (this.#rows <= this.limits.largeRows || this.#endTurn !== undefined) return;
    const began = Date.now();
    this.#endTurn = await this.turns.take();
    this.#until += Date.now() - began;
  }

  end(): void {
    this.#endTurn?.();
  }
}
