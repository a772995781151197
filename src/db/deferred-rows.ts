interface Deferred {
  readonly insert: string;
  readonly row: object;
}

/** Rows that several members of a transaction leave for later, each of whom may still take back what it did. */
export class DeferredRows {
  private readonly rows: Deferred[] = [];
  /** As many rows from the first one on are written. */
  private written = 0;
  /** Where the member at work began: how many rows there were, and how many of them were written. */
  private began = { rows: 0, written: 0 };

  add(insert: string, row: object): void {
    this.rows.push({ insert, row });
  }

  /** What is to be written now, in the order in which the statements came first. */
  take(): Map<string, object[]> {
    const byInsert = new Map<string, object[]>();
    for (const { insert, row } of this.rows.slice(this.written)) {
      const rows = byInsert.get(insert);
      if (rows === undefined) byInsert.set(insert, [row]);
      else rows.push(row);
    }
    this.written = this.rows.length;
    return byInsert;
  }

  /** Another member begins. */
  mark(): void {
    this.began = { rows: this.rows.length, written: this.written };
  }

  /** The member at work has taken back everything since it began, and with it what it has written of the others' rows. */
  undo(): void {
    this.rows.length = this.began.rows;
    this.written = this.began.written;
  }
}
