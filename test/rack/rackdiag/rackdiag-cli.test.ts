import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { rackdiagCommand } from "../../../src/rack/rackdiag/rackdiag-cli.js";

const folder = mkdtempSync(join(tmpdir(), "kickrack-rackdiag-"));
const file = join(folder, "a.diag");
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = 0;
});

async function run(text: string | Buffer, ...args: string[]) {
  writeFileSync(file, text);
  const printed = { out: "", err: "" };
  vi.spyOn(process.stdout, "write").mockImplementation((chunk) => ((printed.out += String(chunk)), true));
  vi.spyOn(process.stderr, "write").mockImplementation((chunk) => ((printed.err += String(chunk)), true));
  await rackdiagCommand().parseAsync([file, ...args], { from: "user" });
  return { ...printed, status: process.exitCode };
}

test("json is what the text says", async () => {
  const text = 'rackdiag { 12U; description = "A1"; 1: web1 [2U, 1.5A]; 1: web2 [7.5kg] }';
  const { out, err, status } = await run(text, "-T", "json");
  expect([JSON.parse(out), err, status]).toEqual([
    {
      racks: [
        {
          height: 12,
          ascending: false,
          description: "A1",
          items: [
            { unit: 1, height: 2, label: "web1", ampere: 1.5, weight: null, column: 1, columns: 2 },
            { unit: 1, height: 1, label: "web2", ampere: null, weight: 7.5, column: 2, columns: 2 },
          ],
        },
      ],
    },
    "",
    0,
  ]);
});

test("a drawing in rackdiag's look goes where -o says, and what was mended is told", async () => {
  const output = join(folder, "a.svg");
  const { out, err } = await run("{ 12U; 1: web // note\n}", "-o", output);
  expect(out).toBe("");
  expect(err).toBe(`${file}:1:15: warning: read as a comment; rackdiag would take it as part of the label\n`);
  expect(readFileSync(output, "utf8")).toContain('class="frame"');
  expect((await run("{ 12U; 1: web }", "--theme", "dark")).out).toContain("12U · front");
});

test("a refused text ends with 1 and with its place", async () => {
  expect(await run("{\n 1: x [color = #ff0000]\n}")).toEqual({
    out: "",
    err: `${file}:2:14: # begins a comment; write the colour in quotes: "#ff0000"\n`,
    status: 1,
  });
  expect((await run("{ 1.5: x }", "--mode", "exact")).status).toBe(1);
});

test("a file that is none is told in one line", async () => {
  await expect(run(Buffer.from([0xff, 0xfe, 0x7b]))).rejects.toThrow(/is not UTF-8; convert it first/);
  await expect(run("{ 1: x }", "-o", join(folder, "nowhere", "a.svg"))).rejects.toThrow(/^cannot write .*ENOENT/);
});
