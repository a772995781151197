export const STAGE_OUTCOMES = ["RUNNING", "FINISHED", "WARNED", "FAILED"] as const;
export type StageOutcome = (typeof STAGE_OUTCOMES)[number];

/** What an installer's report comes to. */
export interface Report {
  readonly text: string;
  readonly stage: string | null;
  readonly outcome: StageOutcome | null;
}

const STAGE_LENGTH = 128;
const RESULTS: Readonly<Record<string, StageOutcome>> = { SUCCESS: "FINISHED", WARN: "WARNED", FAIL: "FAILED" };

/**
 * Reads what was posted to /install/progress. Subiquity, curtin and cloud-init post JSON (their `reporting` of type
 * `webhook`): `name`, `description`, `event_type` start or finish, `result` SUCCESS, WARN or FAIL. Whoever else has a
 * word for what it does posts that word on one line, and a log is a log.
 */
export function readReport(body: string): Report {
  const event = jsonObject(body);
  if (typeof event?.name === "string" && typeof event.event_type === "string") {
    const { name, description, event_type, result } = event;
    const words = [event_type, result, description].filter((word) => typeof word === "string" && word !== "");
    const outcome = event_type === "start" ? "RUNNING" : event_type === "finish" ? finished(result) : null;
    return { text: `${name}: ${words.join(" ")}`, stage: stageName(name), outcome };
  }
  const line = body.trim();
  const isWord = line !== "" && line.length <= STAGE_LENGTH && !/[\x00-\x1f\x7f]/.test(line);
  return { text: body, stage: isWord ? line.toWellFormed() : null, outcome: null };
}

function finished(result: unknown): StageOutcome {
  return RESULTS[String(result)] ?? "FINISHED";
}

function stageName(name: string): string {
  const plain = name
    .replace(/[\x00-\x1f\x7f]/g, " ")
    .trim()
    .slice(0, STAGE_LENGTH);
  return plain.toWellFormed() || "unnamed";
}

function jsonObject(body: string): Readonly<Record<string, unknown>> | undefined {
  if (!body.trimStart().startsWith("{")) return undefined;
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    return undefined; // cut off, or a log that begins so
  }
}

const SAID = 2_000;

/** The last lines of a text, for a person's screen. */
export function lastLines(text: string, count: number): string {
  return text
    .trimEnd()
    .split(/\r?\n/)
    .slice(-count)
    .join("\n")
    .slice(-SAID * count);
}
