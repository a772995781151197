import { afterAll, beforeAll, expect, test } from "vitest";
import { GRUB_FOLDERS } from "../../src/boot/grub-entry.js";
import { TestServer } from "../graphql/test-server.js";
import { freshFile } from "../support/databases.js";

const file = freshFile("shipped");
let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start(file.url);
  await server.boot("/inventory/SPELLED/00:26:2d:ff:00:0a/m/p");
});
afterAll(async () => {
  await server.remove();
  file.drop();
});

const NAMES = [
  "01-00-26-2d-ff-00-0a", // Red Hat's
  "01-00-26-2D-FF-00-0A",
  "00-26-2d-ff-00-0a", // GNU's manual
  "00:26:2d:ff:00:0a", // $net_default_mac
  "01-00:26:2d:ff:00:0a",
  "01:00:26:2d:ff:00:0a",
  "00%3A26%3a2d%3aff%3a00%3a0A",
  "00262dff000a",
  "01-00262dff000a",
];

test.each(NAMES)("grub.cfg-%s is the machine's own file", async (name) => {
  const { status, body } = await server.boot(`/grub/grub.cfg-${name}`);
  expect([status, body]).toEqual([200, expect.stringContaining("SPELLED is registered")]);
});

// Red Hat's GRUB asks for these around the one with its MAC address; what it is answered with 200 it would run.
test.each(["4c4c4544-005a-3110-8058-cac04f513453", "0A4D0632", "0A4D063", "0"])(
  "grub.cfg-%s is nobody's",
  async (name) => expect((await server.boot(`/grub/grub.cfg-${name}`)).status).toBe(404),
);

test("a GRUB without a name for its machine is sent to its own file, from wherever its maker looks", async () => {
  for (const folder of GRUB_FOLDERS) {
    for (const place of [folder, `${folder}/x86_64-efi`, `${folder}/arm64-efi`]) {
      const { status, body } = await server.boot(`/${place}/grub.cfg`, { headers: { host: "10.0.0.1:9393" } });
      expect([status, body]).toEqual([
        200,
        expect.stringContaining("(http,10.0.0.1:9393)/grub/grub.cfg-01-$net_default_mac"),
      ]);
    }
  }
});

test("GRUB, which leaves the port out of its Host header, is told the one that it used", async () => {
  const headers = { host: "10.0.0.1", "user-agent": "GRUB 2.06-13+deb12u2" };
  const { port } = server.running.bootListen;
  expect((await server.boot("/grub/grub.cfg", { headers })).body).toContain(`(http,10.0.0.1:${port})/grub/`);
  const others = { ...headers, "user-agent": "iPXE/2.0.0" };
  expect((await server.boot("/grub/grub.cfg", { headers: others })).body).toContain("(http,10.0.0.1)/grub/");
});

test("what GRUB reports is registered, and answered in its words", async () => {
  const report =
    "serial=GRUB%200001&mac=00:26:2d:ff:00:0b&manufacturer=Dell%20Inc.&product=R650&platform=efi&arch=x86_64";
  const { status, body } = await server.boot(`/inventory?loader=grub&${report}`);
  expect([status, body]).toEqual([200, expect.stringMatching(/^if [^]*GRUB 0001 is registered/)]);
  const machine = await server.ask(
    '{ machine(macAddress: "00:26:2d:ff:00:0b") { serialNumber manufacturer product platform } }',
  );
  expect(machine).toEqual({ serialNumber: "GRUB 0001", manufacturer: "Dell Inc.", product: "R650", platform: "efi" });
});
