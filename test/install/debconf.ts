import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PROGRAM = "/usr/bin/debconf-set-selections";

/** Debian has it always, other systems never. */
export const hasDebconf = existsSync(PROGRAM);

export interface DebconfAnswers {
  /** `owner/question` has a slash already, so: question → value. */
  readonly values: ReadonlyMap<string, string>;
  /** Anything debconf complained of. */
  readonly complaints: string;
}

/** What Debian's own debconf makes of a preseed file, in a database of its own that is thrown away. */
export function askDebconf(preseed: string): DebconfAnswers {
  const folder = mkdtempSync(join(tmpdir(), "kickrack-debconf-"));
  try {
    const system = join(folder, "debconf.conf");
    const stack = (name: string) => `Name: ${name}\nDriver: File\nMode: 600\nFilename: ${join(folder, name)}.dat\n`;
    writeFileSync(system, `Config: config\nTemplates: templates\n\n${stack("config")}\n${stack("templates")}`);
    writeFileSync(join(folder, "preseed.cfg"), preseed);
    const env = { PATH: process.env.PATH, LC_ALL: "C.UTF-8", DEBCONF_SYSTEMRC: system };
    const check = spawnSync(PROGRAM, ["-c", join(folder, "preseed.cfg")], { env, encoding: "utf8" });
    const load = spawnSync(PROGRAM, [join(folder, "preseed.cfg")], { env, encoding: "utf8" });
    const values =
      load.status === 0 ? readDatabase(readFileSync(join(folder, "config.dat"), "utf8")) : new Map<string, string>();
    return { values, complaints: check.stdout + check.stderr + load.stdout + load.stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Stanzas of `Name:`, `Value:` and others, an empty line between them. */
function readDatabase(text: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const stanza of text.split("\n\n")) {
    const [, name] = /^Name: (.*)$/m.exec(stanza) ?? [];
    const [, value] = /^Value: ?(.*)$/m.exec(stanza) ?? [];
    if (name !== undefined) values.set(name, value ?? "");
  }
  return values;
}
