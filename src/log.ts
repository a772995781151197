/** Values are printed as they are when they are one plain word, else as a JSON string: no value can forge a line. */
type LogValue = string | number | boolean | null | undefined;
type Fields = Readonly<Record<string, LogValue>>;

export interface Log {
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  /** `error` is printed with its stack. */
  error(message: string, error: unknown, fields?: Fields): void;
}

/** One line in logfmt: `time=2026-11-23T03:00:00.000Z level=info msg=registration serial=MA6S000000 …`. */
export function logLine(time: Date, level: string, message: string, fields: Fields): string {
  let line = `time=${time.toISOString()} level=${level} msg=${logValue(message)}`;
  for (const key in fields) line += ` ${key}=${logValue(fields[key])}`;
  return `${line}\n`;
}

function logValue(value: LogValue): string {
  if (value === null || value === undefined) return '""';
  const text = String(value);
  if (/^[A-Za-z0-9_.:/@-]+$/.test(text)) return text;
  // JSON leaves DEL, C1 controls and line separators alone, and a terminal does not.
  return JSON.stringify(text).replace(
    /[\x7f-\x9f\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

export function createLog(write: (text: string) => void, now: () => Date = () => new Date()): Log {
  return {
    info: (message, fields = {}) => write(logLine(now(), "info", message, fields)),
    warn: (message, fields = {}) => write(logLine(now(), "warn", message, fields)),
    error: (message, error, fields = {}) => {
      const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
      write(logLine(now(), "error", message, { ...fields, error: stack }));
    },
  };
}
