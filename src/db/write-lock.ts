interface Waiter {
  readonly grant: (release: () => void) => void;
  /** Would go on in the transaction of whoever lets go, instead of beginning one. */
  readonly joins: boolean;
}

/** One holder at a time, first come first served. `acquire` answers with the function that lets go. */
export class WriteLock {
  private held = false;
  private readonly waiting: Waiter[] = [];

  constructor(private readonly timeoutMs: number) {}

  get nextJoins(): boolean {
    return this.waiting[0]?.joins ?? false;
  }

  acquire(joins = false): Promise<() => void> {
    if (!this.held) {
      this.held = true;
      return Promise.resolve(this.releaser());
    }
    return new Promise((resolve, reject) => {
      const grant = (release: () => void) => {
        clearTimeout(timer);
        resolve(release);
      };
      const waiter: Waiter = { grant, joins };
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(waiter), 1);
        reject(
          new Error(
            `waited ${this.timeoutMs} ms for the SQLite writer; does a transaction's callback write ` +
              `through the data source instead of through the manager it was given?`,
          ),
        );
      }, this.timeoutMs);
      this.waiting.push(waiter);
    });
  }

  private releaser(): () => void {
    let released = false;
    return () => {
      if (released) return;
      released = true;
      const next = this.waiting.shift();
      if (next) next.grant(this.releaser());
      else this.held = false;
    };
  }
}
