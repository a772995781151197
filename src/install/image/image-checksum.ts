import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { pipeline } from "node:stream/promises";
import { InvalidInput } from "../../errors.js";

export async function sha256Of(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

/** What `SHA256SUMS` says of a file: `digest  name`, `digest *name`, or BSD's `SHA256 (name) = digest`. */
export function sumOf(sums: string, path: string): string | undefined {
  for (const line of sums.split(/\r?\n/)) {
    const [, before, after] = /^([0-9a-f]{64}) [ *](.+)$/i.exec(line) ?? [];
    const [, bsdName, bsdDigest] = /^SHA256 \((.+)\) = ([0-9a-f]{64})$/i.exec(line) ?? [];
    const [digest, name] = before === undefined ? [bsdDigest, bsdName] : [before, after];
    if (name !== undefined && basename(name) === basename(path)) return digest?.toLowerCase();
  }
  return undefined;
}

/** @throws InvalidInput when the file is another than was meant */
export async function checkSum(
  file: string,
  { sha256, sums }: { readonly sha256?: string | undefined; readonly sums?: string | undefined },
): Promise<void> {
  const expected = sha256?.toLowerCase() ?? (sums && sumOf(await readFile(sums, "utf8"), file));
  if (expected === undefined || !/^[0-9a-f]{64}$/.test(expected)) {
    throw new InvalidInput(
      sums === undefined ? "--sha256 takes 64 hexadecimal digits" : `${sums} says nothing of ${basename(file)}`,
    );
  }
  const found = await sha256Of(file);
  if (found !== expected) {
    throw new InvalidInput(`${file} is not what was meant: its SHA-256 is ${found}, and should be ${expected}`);
  }
}
