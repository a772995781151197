import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TestServer, type HttpAnswer } from "../graphql/test-server.js";
import { freshFile } from "../support/databases.js";
import { RawConnection } from "./raw-connection.js";

const file = freshFile("shipped");
let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start(file.url);
  const images = server.config.images;
  mkdirSync(join(images, "debian 12"));
  mkdirSync(join(`${images}-secret`));
  writeFileSync(join(images, "debian 12", "linux"), "0123456789");
  writeFileSync(join(images, "a?b#c%20d"), "odd");
  writeFileSync(join(images, ".hidden"), "secret");
  writeFileSync(join(`${images}-secret`, "key"), "secret");
  writeFileSync(join(server.folder, "key"), "secret");
  symlinkSync(join(server.folder, "key"), join(images, "out"));
  symlinkSync(server.folder, join(images, "folder-out"));
  symlinkSync("debian 12/linux", join(images, "current"));
  symlinkSync("nowhere", join(images, "dangling"));
});
afterAll(async () => {
  await server.remove();
  file.drop();
});

const range = (Range: string): Promise<HttpAnswer> => server.boot("/images/current", { headers: { Range } });

test("a file is sent with its length", async () => {
  const { status, headers, body } = await server.boot("/images/debian%2012/linux");
  expect([status, headers["content-length"], body]).toEqual([200, "10", "0123456789"]);
  expect(headers["accept-ranges"]).toBe("bytes");
});

test("a query belongs to no file's name, an escaped question mark does", async () => {
  expect((await server.boot("/images/current?x=1")).body).toBe("0123456789");
  expect((await server.boot("/images/a%3Fb%23c%2520d")).body).toBe("odd");
});

test("a symlink within the folder is followed", async () => {
  expect((await server.boot("/images/current")).body).toBe("0123456789");
});

describe("a range", () => {
  test.each([
    ["bytes=0-3", "0123", "bytes 0-3/10"],
    ["bytes=8-", "89", "bytes 8-9/10"],
    ["bytes=-2", "89", "bytes 8-9/10"],
    ["bytes=5-100", "56789", "bytes 5-9/10"],
  ])("%s is answered in part", async (text, body, contentRange) => {
    const answer = await range(text);
    expect([answer.status, answer.body, answer.headers["content-range"]]).toEqual([206, body, contentRange]);
    expect(answer.headers["content-length"]).toBe(String(body.length));
  });

  test("beyond the end is refused, with a Content-Length", async () => {
    const { status, headers, body } = await range("bytes=10-20");
    expect([status, headers["content-length"]]).toEqual([416, String(body.length)]);
  });

  test.each(["bytes=x", "lines=1-2", "bytes=0-1,4-5"])(
    "%s is no range to us, and the file is sent whole",
    async (text) => {
      expect(await range(text)).toMatchObject({ status: 200, body: "0123456789" });
    },
  );
});

test.each([
  "/images/missing",
  "/images/dangling",
  "/images/",
  "/images/debian%2012",
  "/images/debian%2012/",
  "/images/out",
  "/images/folder-out/key",
  "/images/../key",
  "/images/..%2fkey",
  "/images/..%2Fimages-secret%2Fkey",
  "/images/%2e%2e/key",
  "/images/debian%2012/..%2f..%2fkey",
  "/images/..%5ckey",
  "/images/%00",
  "/images/current%00.txt",
  "/images/%zz",
  "/images//etc/passwd",
  "/images/%2fetc%2fpasswd",
  `/images/${"x".repeat(5000)}`,
])("%s is not there", async (target) => {
  const connection = await RawConnection.open(server.running.bootListen.port);
  const [answer] = await connection.get([Buffer.from(target)]);
  expect(answer).toMatchObject({ status: 404, body: "no such image\n" });
  connection.close();
});

test("a hidden file is not sent", async () => {
  const { status, body } = await server.boot("/images/.hidden");
  expect(status).toBe(403);
  expect(body).not.toContain("secret");
});
