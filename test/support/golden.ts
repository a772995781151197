import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { packageRoot } from "../../src/package-root.js";

/** Is this run meant to write the expected files instead of comparing with them? Read the diff before you commit it. */
export const updatingGolden = process.env.UPDATE_GOLDEN === "1";

/**
 * Compares `text` with test/golden/`path`. `UPDATE_GOLDEN=1` writes it instead; a text that differs is left under
 * test/out/`path`, to look at beside the expected one.
 */
export function matchesGolden(path: string, text: string): void {
  const golden = join(packageRoot, "test/golden", path);
  if (updatingGolden) return write(golden, text);
  const expected = existsSync(golden) ? readFileSync(golden, "utf8") : undefined;
  if (expected === text) return;
  write(join(packageRoot, "test/out", path), text);
  expect(text, `test/out/${path} differs from test/golden/${path}; UPDATE_GOLDEN=1 accepts it`).toBe(expected);
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
