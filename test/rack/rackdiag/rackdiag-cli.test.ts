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

const RACKS = "{ 12U; description = A1; 1: web1 [2U, 20kg]; 3: db1 }";
const PNG = Buffer.from("\u0089PNG\r\n", "latin1");

test("the ending of -o says what is written, and -T says it louder, in capitals as rackdiag has them too", async () => {
  const written = async (name: string, ...args: string[]) => {
    const output = join(folder, name);
    expect(await run(RACKS, "-o", output, ...args)).toEqual({ out: "", err: "", status: 0 });
    return readFileSync(output);
  };
  expect((await written("a.png")).subarray(0, 6)).toEqual(PNG);
  expect((await written("a.PNG", "-T", "SVG")).toString()).toMatch(/^<svg /);
  expect((await written("a", "-T", "PNG")).subarray(0, 6)).toEqual(PNG);
  expect((await written("a.pdf")).toString("latin1")).toMatch(/^%PDF-/);
  expect((await written("a.csv")).toString()).toContain("web1");
  expect((await written("a.md")).toString()).toMatch(/\| U1–U2 +\| web1 /);
  expect((await written("a.html")).toString()).toContain("<td>web1</td>");
  const drawn = (await written("a.txt")).toString();
  expect(drawn).toContain("web1");
  expect(drawn).not.toContain("\u001b");
  expect(JSON.parse((await written("a.json")).toString())).toHaveProperty("racks");
  expect((await written("rack")).toString()).toMatch(/^<svg /);
});

test("an ending that says nothing, and a theme that a format does not have, are refused with what there is", async () => {
  await expect(run(RACKS, "-o", join(folder, "a.jpg"))).rejects.toThrow(
    /^nothing is written as \.jpg; it may be \.svg, \.png, .*, or say what with -T$/,
  );
  await expect(run(RACKS, "-T", "pdf", "--theme", "classic")).rejects.toThrow("paper takes light, dark or print");
  await expect(run(RACKS, "-T", "csv", "--theme", "dark")).rejects.toThrow('"theme" says nothing to .csv');
  await expect(run(RACKS, "-T", "json", "--theme", "dark")).rejects.toThrow('"theme" says nothing to json');
});
