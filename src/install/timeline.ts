import type { StageOutcome } from "./progress-report.js";

/** An event as the timeline needs it: without its log. */
export interface TimelineEvent {
  readonly at: Date;
  readonly kind: string;
  readonly stage: string | null;
  readonly outcome: StageOutcome | null;
}

export interface Stage {
  readonly name: string;
  readonly startedAt: Date;
  finishedAt: Date | null;
  outcome: StageOutcome;
}

/** What is over as soon as it is told, with all that stands open. The boot of what was installed comes after the end. */
const ENDS = new Set(["done", "failed", "disarmed", "expired", "booted"]);
const BEGINNINGS: Readonly<Record<string, string>> = { armed: "armed", config: "configuration", started: "installer" };

/**
 * The parts of an installation in the order of their beginnings. Some installers say of a part when it begins and when
 * it ends; of the others only what they are at is known, and a part lasts until the next one is named.
 */
export function timelineOf(events: readonly TimelineEvent[]): Stage[] {
  const stages: Stage[] = [];
  /** What lasts until the next one. */
  let current: Stage | undefined;
  const begin = (name: string, at: Date): Stage => {
    const stage: Stage = { name, startedAt: at, finishedAt: null, outcome: "RUNNING" };
    stages.push(stage);
    return stage;
  };
  for (const { at, kind, stage, outcome } of events) {
    if (ENDS.has(kind)) {
      const ended = kind === "done" || kind === "booted" ? "FINISHED" : "FAILED";
      for (const each of stages) if (each.finishedAt === null) finish(each, at, ended);
      finish(begin(kind, at), at, ended);
      current = undefined;
    } else if (stage !== null && outcome !== null) {
      const open = stages.findLast((each) => each.name === stage && each.finishedAt === null);
      if (outcome === "RUNNING") begin(stage, at);
      else finish(open ?? begin(stage, at), at, outcome);
      if (current !== undefined) finish(current, at, "FINISHED");
      current = undefined;
    } else {
      const name = stage ?? BEGINNINGS[kind];
      // The same word again, or a configuration that is fetched again in the middle, begins nothing.
      if (name === undefined || name === current?.name || (kind === "config" && has(stages, name))) continue;
      if (current !== undefined) finish(current, at, "FINISHED");
      current = begin(name, at);
    }
  }
  return stages;
}

function finish(stage: Stage, at: Date, outcome: StageOutcome): void {
  stage.finishedAt = at;
  stage.outcome = outcome;
}

function has(stages: readonly Stage[], name: string): boolean {
  return stages.some((stage) => stage.name === name);
}
