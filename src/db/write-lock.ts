/** One holder at a time, first come first served. `acquire` answers with the function that lets go. */
export class WriteLock {
  private held = false;
  private readonly waiting: Array<(release: () => void) => void> = [];

  constructor(private readonly timeoutMs: number) {}

  acquire(): Promise<() => void> {
    if (!this.held) {
      this.held = true;
      return Promise.resolve(this.releaser());
    }
    return new Promise((resolve, reject) => {
      const grant = (release: () => void) => {
        clearTimeout(timer);
        resolve(release);
      };
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(grant), 1);
        reject(
          new Error(
            `waited ${this.timeoutMs} ms for the SQLite writer; does a transaction's callback write ` +
              `through the data source instead of through the manager it was given?`,
          ),
        );
      }, this.timeoutMs);
      this.waiting.push(grant);
    });
  }

  private releaser(): () => void {
    let released = false;
    return () => {
      if (released) return;
      released = true;
      const next = this.waiting.shift();
      if (next) next(this.releaser());
      else this.held = false;
    };
  }
}
