import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Database } from "../../src/db/database.js";
import { InvalidInput } from "../../src/errors.js";
import { freePort } from "../graphql/test-server.js";

const refusal = async (url: string): Promise<string> => {
  const error: unknown = await Database.open(url).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InvalidInput);
  return (error as InvalidInput).message;
};
const ADVICE = "see that it is there and may be read and written, or set KICKRACK_DATABASE_URL to another one";

test("a file that is no database is named, and left as it is", async () => {
  const folder = mkdtempSync(join(tmpdir(), "kickrack-opening-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "notes.txt");
  const text = "somebody's notes, which are long enough to be read as the header of a database ".repeat(4);
  writeFileSync(file, text);
  const why = "SQLITE_NOTADB: file is not a database";
  expect(await refusal(`sqlite:${file}`)).toBe(`cannot open the database ${file}: ${why}; ${ADVICE}`);
  expect(readFileSync(file, "utf8")).toBe(text);
  expect(await refusal(`sqlite:${folder}`)).toContain(`cannot open the database ${folder}: SQLITE_CANTOPEN`);
});

test("a server that does not answer is named without the password", async () => {
  const port = await freePort();
  const message = await refusal(`postgres://somebody:secret@127.0.0.1:${port}/kickrack`);
  expect(message).toBe(
    `cannot open the database postgres://somebody@127.0.0.1:${port}/kickrack: connect ECONNREFUSED 127.0.0.1:${port}; ${ADVICE}`,
  );
  expect(await refusal("postgres://somebody:se/cr#et@127.0.0.1/kickrack")).toBe(
    "KICKRACK_DATABASE_URL is no URL; in a password write # / ? @ as %23 %2F %3F %40",
  );
  expect(await refusal("mysql://somebody:secret@127.0.0.1/kickrack")).toBe(
    "KICKRACK_DATABASE_URL is neither sqlite:FILE nor postgres://…, but mysql:…",
  );
});
