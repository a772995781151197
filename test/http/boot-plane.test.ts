import { once } from "node:events";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { InvalidInput } from "../../src/errors.js";
import { createBootPlane, listen } from "../../src/http/boot-plane.js";
import { createLog } from "../../src/log.js";
import { Machine } from "../../src/machine/machine.entity.js";
import { TestServer } from "../graphql/test-server.js";
import { freshFile } from "../support/databases.js";
import { RawConnection } from "./raw-connection.js";

const file = freshFile("shipped");
let server: TestServer;

beforeAll(async () => (server = await TestServer.start(file.url)));
afterAll(async () => {
  await server.remove();
  file.drop();
});

const GETS = [
  "/SNreg.ipxe",
  "/boot/00-26-2d-ff-00-01",
  "/pxelinux.cfg/01-00-26-2d-ff-00-01",
  "/grub/grub.cfg-01-00-26-2d-ff-00-01",
  "/images/linux",
  "/healthz",
];
const REGISTRATION = "/inventory/S1/00:26:2d:ff:00:02/m/p";

describe.each(["Origin", "Cookie", "Referer", "Sec-Fetch-Mode", "sec-fetch-site", "ORIGIN"])("%s", (name) => {
  test.each([...GETS, REGISTRATION, "/nothing"])("makes %s a browser's request, and it is refused", async (target) => {
    const machines = await server.app.database.manager.count(Machine);
    const { status, body } = await server.boot(target, { headers: { [name]: "x" } });
    expect([status, body]).toEqual([403, expect.stringContaining("for machines")]);
    expect(await server.app.database.manager.count(Machine)).toBe(machines);
  });
});

describe("methods", () => {
  test.each(GETS)("HEAD of %s is GET without its body", async (target) => {
    const [get, head] = [await server.boot(target), await server.boot(target, { method: "HEAD" })];
    expect([get.status, head.status, head.body]).toEqual([200, 200, ""]);
    expect(head.headers["content-length"]).toBe(get.headers["content-length"]);
  });

  test.each([...GETS, REGISTRATION])("POST, PUT and DELETE of %s are refused", async (target) => {
    for (const method of ["POST", "PUT", "DELETE"]) {
      const { status, headers } = await server.boot(target, { method, body: "x" });
      expect(status).toBe(405);
      expect(Number(headers["content-length"])).toBeGreaterThan(0);
    }
  });

  test("HEAD uses up none of an installing machine's tries", async () => {
    await server.profile("heads");
    const { mac, token } = await server.armed("heads");
    await server.boot(`/install/preseed.cfg?token=${token}`);
    for (const target of [`/boot/${mac}`, `/pxelinux.cfg/01-${mac}`, `/grub/grub.cfg-01-${mac}`]) {
      for (let i = 0; i < 3; i++) await server.boot(target, { method: "HEAD" });
    }
    for (let i = 0; i < 3; i++) expect((await server.boot(`/boot/${mac}`)).body).toContain("starting heads");
    expect((await server.boot(`/boot/${mac}`)).body).not.toContain("starting heads");
  });

  test("a refused body does not become the next request of its connection", async () => {
    const connection = await RawConnection.open(server.running.bootListen.port);
    const smuggled = "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n";
    connection.send(`POST /boot/ HTTP/1.1\r\nHost: x\r\nContent-Length: ${smuggled.length}\r\n\r\n${smuggled}`);
    connection.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    expect((await connection.answer()).status).toBe(405);
    expect((await connection.answer()).body).toBe("ok\n");
    connection.close();
  });
});

describe("answers", () => {
  test("a fault of what iPXE runs is a script that says what is wrong; of the rest it is a status", async () => {
    const script = await server.boot("/inventory/nobody");
    expect([script.status, script.body]).toEqual([200, expect.stringMatching(/^#!ipxe\n[^]*no MAC address/)]);
    expect((await server.boot("/boot/nobody")).body).toMatch(/^#!ipxe\n/);
    expect((await server.boot("/pxelinux.cfg/01-nobody")).status).toBe(400);
    expect((await server.boot("/grub/grub.cfg-01-nobody")).status).toBe(400);
    expect((await server.boot("/nothing")).status).toBe(404);
  });

  test("a registered machine waits with 503 and Retry-After, which differs from machine to machine", async () => {
    await server.boot(REGISTRATION);
    const seconds = new Set<string | string[] | undefined>();
    for (let i = 0; i < 40; i++) {
      const { status, headers } = await server.boot("/boot/00:26:2d:ff:00:02");
      expect(status).toBe(503);
      seconds.add(headers["retry-after"]);
    }
    expect(seconds.size).toBeGreaterThan(1);
    expect([...seconds].every((each) => Number(each) >= 4 && Number(each) <= 8)).toBe(true);
  });

  test.each(["00:26:2d:ff:00:01", "00-26-2D-FF-00-01", "00262dff0001", "00%3A26%3a2d:ff:00:01", "00262dff0001?x=1"])(
    "/boot/%s is one machine in every spelling",
    async (mac) => expect((await server.boot(`/boot/${mac}`)).body).toContain("chain --replace --autofree http"),
  );

  test("the address in a script is the one the machine called, unless that is no address", async () => {
    const scriptFor = async (Host: string) => (await server.boot("/SNreg.ipxe", { headers: { Host } })).body;
    expect(await scriptFor("10.0.0.1:9393")).toContain(" http://10.0.0.1:9393/inventory/");
    expect(await scriptFor("[fd00::1]:9393")).toContain(" http://[fd00::1]:9393/inventory/");
    for (const evil of ["a/b", "a b", "${net0/mac}", "a;b", `${"x".repeat(300)}`]) {
      expect(await scriptFor(evil)).toContain(" http://${next-server}:9393/inventory/");
    }
  });

  test("a request without a Host header is answered", async () => {
    const connection = await RawConnection.open(server.running.bootListen.port);
    for (const version of ["1.1", "1.0"]) {
      connection.send(`GET /SNreg.ipxe HTTP/${version}\r\nConnection: keep-alive\r\n\r\n`);
      expect((await connection.answer()).body).toContain(" http://${next-server}:9393/inventory/");
    }
    connection.close();
  });

  test.each([
    ["a raw byte over 0x7f in the target", "GET /boot/\xff HTTP/1.1\r\nHost: x\r\n\r\n", 400],
    ["a blank in the target", "GET /boot/a b HTTP/1.1\r\nHost: x\r\n\r\n", 400],
    ["no HTTP at all", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400],
    ["20 KB of header", `GET / HTTP/1.1\r\nHost: x\r\nX: ${"x".repeat(20_000)}\r\n\r\n`, 431],
    ["two lengths", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400],
  ])("%s is refused with a Content-Length, and the connection ends", async (_, bytes, status) => {
    const connection = await RawConnection.open(server.running.bootListen.port);
    connection.send(Buffer.from(bytes, "latin1"));
    expect((await connection.answer()).status).toBe(status);
    await connection.ended();
    expect((await server.boot("/healthz")).status).toBe(200);
  });

  test("who was refused and never closes the connection holds no socket", async () => {
    const plane = createBootPlane(
      [],
      createLog(() => undefined),
      () => undefined,
      { publicUrl: undefined, networks: [] },
    );
    const { port } = await listen(plane, { host: "127.0.0.1", port: 0 });
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true }, () => socket.write("no HTTP\r\n\r\n"));
    socket.resume().on("error", () => undefined);
    await once(socket, "end");
    await vi.waitFor(async () => expect(await promisify(plane.getConnections.bind(plane))()).toBe(0));
    socket.destroy();
    await promisify(plane.close.bind(plane))();
  });

  test("what a machine sends is one line of the log", async () => {
    server.log.length = 0;
    await server.boot("/inventory/%0atime=forged%1b[2J%20level=error/00:26:2d:ff:00:03/m%E2%80%A8m/p");
    await server.boot("/boot/%0atime=forged");
    expect(server.log).toHaveLength(2);
    for (const line of server.log) expect(line).toMatch(/^time=2[^\x00-\x1f\x7f-\x9f\u2028]*\n$/);
  });

  test("a token is not written to the log", async () => {
    server.log.length = 0;
    await server.boot("/install/preseed.cfg?token=kr_secret&x=1");
    await server.boot("/install/preseed.cfg?%74oken=kr_secret");
    expect(server.log.join("")).toContain('target="/install/preseed.cfg?(hidden)" from=');
    expect(server.log.join("")).not.toContain("kr_secret");
  });
});

describe("the network allow-list", () => {
  const hasIpv6 = Object.values(networkInterfaces()).some((each) => each?.some(({ family }) => family === "IPv6"));
  const silent = createLog(() => undefined);
  const planeFor = (networks: string[]) =>
    createBootPlane([], silent, () => undefined, { publicUrl: undefined, networks });

  /** What a client on loopback hears from a boot plane that listens for `networks`: an answer, or the connection's end. */
  async function heard(networks: string[], host: "127.0.0.1" | "::"): Promise<string> {
    const plane = planeFor(networks);
    const { port } = await listen(plane, { host, port: 0 });
    const connection = await RawConnection.open(port);
    connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    const result = await connection.answer().then(
      ({ status }) => String(status),
      () => "the connection's end",
    );
    connection.close();
    await new Promise((resolve) => plane.close(resolve));
    return result;
  }

  test.each([
    [[], "404"],
    [["127.0.0.0/8"], "404"],
    [["10.0.0.0/8", "127.0.0.1/32"], "404"],
    [["10.0.0.0/8"], "the connection's end"],
    [["fd00::/8"], "the connection's end"],
  ])("%j: loopback hears %s", async (networks, expected) => {
    expect(await heard(networks, "127.0.0.1")).toBe(expected);
    // An IPv4 client of a socket for both is ::ffff:127.0.0.1 there.
    if (hasIpv6) expect(await heard(networks, "::")).toBe(expected);
  });

  test.each(["10.0.0.0", "10.0.0.0/33", "everybody"])("%j is refused when Kickrack starts", (network) => {
    expect(() => planeFor([network])).toThrow(InvalidInput);
  });
});
