import { createHash } from "node:crypto";
import { mkdir, open, readFile, rename, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/**
 * Replaces `file` by `text` so that a reader sees the old one or the new one, also after a power cut: a temporary file
 * beside it (with a leading dot, which dnsmasq's directories skip), fsync, rename, fsync of the folder. A file that
 * says so already is left alone.
 *
 * @returns whether it was written
 */
export async function replaceFile(file: string, text: string, mode?: number): Promise<boolean> {
  if ((await currentText(file)) === text) return false;
  await replaceFileWith(file, async (write) => write(text), mode);
  return true;
}

/** The same for a text that is made piece by piece. When `make` throws, the old file stays. */
export async function replaceFileWith<T>(
  file: string,
  make: (write: (text: string) => Promise<void>, temporary: string) => Promise<T>,
  mode = 0o644,
): Promise<T> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `.${basename(file)}.${process.pid}`);
  const handle = await open(temporary, "w", mode);
  try {
    const result = await make(async (text) => {
      await handle.appendFile(text);
    }, temporary);
    await handle.sync();
    await rename(temporary, file);
    await syncFolder(folder);
    return result;
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function currentText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch {
    return undefined;
  }
}

/** Compares two long lists without keeping either. */
export class ListDigest {
  private readonly hash = createHash("sha256");
  private length = 0;

  add(item: unknown): void {
    this.hash.update(`${JSON.stringify(item)}\n`);
    this.length++;
  }

  value(): string {
    return `${this.length} ${this.hash.digest("hex")}`;
  }
}
