/**
 * Whether an installer may start, kept without a look at src/: a person permitted it, it has not ended, and its time is
 * not over. It knows what happened and when, and no machine's state.
 */
export class Permit {
  private approved = false;
  private locked = false;
  private disputed = false;
  /** Token of the permission that holds, until when, and how often the installer was offered since it began. */
  private current: { token: number; until: number; begun: number | undefined; boots: number } | undefined;

  constructor(private readonly limits: { installMs: number; totalMs: number; installerBoots: number }) {}

  /** Why an installer may not start now; undefined when it has to. */
  fault(now: number): string | undefined {
    if (!this.approved) return "nobody approved it";
    if (this.locked) return "it is locked";
    if (this.disputed) return "its port is disputed";
    if (this.current === undefined) return "nobody permitted it, or it has ended";
    if (this.current.until <= now) return "its time is over";
    if (this.current.begun !== undefined && this.current.boots >= this.limits.installerBoots)
      return "it was offered too often";
    return undefined;
  }

  mayArm(): boolean {
    return this.approved && !this.locked && this.current === undefined;
  }

  armed(token: number, until: number): void {
    this.current = { token, until, begun: undefined, boots: 0 };
  }

  byPerson(event: "approve" | "disarm" | "lock" | "unlock" | "retire"): void {
    if (event === "approve") this.approved = true;
    if (event === "retire") this.approved = this.locked = false;
    if (event === "lock") this.locked = true;
    if (event === "unlock") this.locked = false;
    if (event === "disarm" || event === "lock" || event === "retire") this.current = undefined;
  }

  dispute(disputed: boolean): void {
    this.disputed = disputed;
  }

  swept(now: number): void {
    if (this.current !== undefined && this.current.until <= now) this.current = undefined;
  }

  /** @returns whether this token may report anything now */
  reported(token: number, what: "config" | "started" | "progress" | "done" | "failed", now: number): boolean {
    if (this.current?.token !== token || this.current.until <= now) return false;
    if (what === "done" || what === "failed") this.current = undefined;
    else if (this.current.begun === undefined)
      this.current = { token, until: now + this.limits.installMs, begun: now, boots: 0 };
    else {
      const longest = this.current.begun + this.limits.totalMs;
      this.current.until = Math.max(this.current.until, Math.min(now + this.limits.installMs, longest));
    }
    return true;
  }

  offered(): void {
    if (this.current?.begun !== undefined) this.current.boots++;
  }
}
