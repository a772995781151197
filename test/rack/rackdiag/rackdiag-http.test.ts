import { afterAll, beforeAll, expect, test } from "vitest";
import { drawDiagram } from "../../../src/rack/rackdiag/draw-diagram.js";
import { TestServer, type Asked } from "../../graphql/test-server.js";
import { freshFile } from "../../support/databases.js";

// No database is asked for anything here but the token: one kind of it is enough.
const file = freshFile("shipped");
let server: TestServer;

beforeAll(async () => (server = await TestServer.start(file.url)));
afterAll(async () => {
  await server.remove();
  file.drop();
});

const TEXT = "rackdiag { 12U; 1: web1 // note\n }";

function draw(body: string, query = "", asked: Asked = {}, token?: string) {
  const headers = { "Content-Type": "text/plain", ...asked.headers };
  return server.control(`/rackdiag/svg${query}`, { method: "POST", body, headers }, token);
}

test("a text comes back as a picture, under any type, and the same for the same text", async () => {
  const { status, headers, body } = await draw(TEXT);
  expect([status, headers["content-type"]]).toEqual([200, "image/svg+xml; charset=utf-8"]);
  expect(headers["content-security-policy"]).toContain("sandbox");
  expect(headers["x-rackdiag-warnings"]).toBe("1");
  expect(body).toMatch(/^<svg [\s\S]*>web1<[\s\S]*<\/svg>\n$/);
  for (const type of ["application/json", "application/x-www-form-urlencoded", "application/octet-stream"]) {
    expect((await draw(TEXT, "", { headers: { "Content-Type": type } })).body).toBe(body);
  }
  const known = await draw(TEXT, "", { headers: { "If-None-Match": String(headers.etag) } });
  expect([known.status, known.body]).toEqual([304, ""]);
});

test("a text comes back as pixels, too", async () => {
  const { status, headers, body } = await server.control("/rackdiag/png", { method: "POST", body: TEXT });
  expect([status, headers["content-type"], headers["x-rackdiag-warnings"]]).toEqual([200, "image/png", "1"]);
  expect(body).toMatch(/^\ufffdPNG\r\n/);
});

test("mode and theme are as asked for", async () => {
  expect((await draw(TEXT, "?mode=exact")).body).toContain("web1 // note");
  expect((await draw(TEXT, "?theme=light")).body).toContain("12U · front");
  const { status, body } = await draw(TEXT, "?theme=pink");
  expect([status, body]).toEqual([400, expect.stringContaining("theme is light")]);
});

test("a text that cannot be read is answered with its place", async () => {
  const { status, body } = await draw("{\n  2-3: DB\n}");
  expect([status, body]).toEqual([400, expect.stringMatching(/^line 2, column 3: rackdiag has no ranges; .*\n$/)]);
  expect((await draw("")).status).toBe(400);
  expect((await draw("x".repeat(2_000_000))).status).toBe(413);
});

test("a long text is drawn beside the event loop, as a short one is, and refused with its place", async () => {
  const items = (count: number) => Array.from({ length: count }, (_, i) => `  ${i + 1}: m${i + 1}`).join("\n");
  const racks = (count: number) => `{\n${`rack {\n 40U\n${items(40)}\n}\n`.repeat(count)}}`;
  for (const theme of ["classic", "light"] as const) {
    const { svg } = await drawDiagram(racks(30), "helpful", theme);
    expect((await draw(racks(30), `?theme=${theme}`)).body).toBe(svg);
  }
  const { status, body } = await draw(racks(400).slice(0, -1));
  expect([status, body]).toEqual([400, expect.stringMatching(/^line \d+, column \d+: /)]);
});

test("it takes a token that may read racks", async () => {
  expect((await draw(TEXT, "", {}, "")).status).toBe(401);
  expect((await server.control("/rackdiag/svg")).status).toBe(404);
});
