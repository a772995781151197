import { expect, test } from "vitest";
import { onBothServers } from "./test-server.js";

onBothServers("a rack's diagram", (server) => {
  const rack = (name: string) =>
    server().ask(`mutation ($name: String!) { createRack(name: $name) { rack { id } userErrors { message } } }`, {
      name,
    });

  test("is the drawing of GraphQL, with an ETag by which it is sent once", async () => {
    await rack("E1");
    const first = await server().control("/racks/E1.svg");
    expect([first.status, first.headers["content-type"]]).toEqual([200, "image/svg+xml; charset=utf-8"]);
    expect(first.headers["content-security-policy"]).toContain("default-src 'none'");
    const { diagram } = await server().ask<{ diagram: string }>('{ rack(name: "E1") { diagram } }');
    expect(first.body).toBe(diagram);
    const etag = String(first.headers.etag);
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const { status, body } = await server().control("/racks/E1.svg", { headers: { "If-None-Match": known } });
      expect([known, status, body]).toEqual([known, 304, ""]);
    }
    await server().ask('mutation { updateRack(rack: "E1", description: "changed") { rack { id } } }');
    const changed = await server().control("/racks/E1.svg", { headers: { "If-None-Match": etag } });
    expect(changed.status).toBe(200);
    expect(changed.headers.etag).not.toBe(etag);
  });

  test.each(["東京-01", "a.b.svg", "Ñandú", "0", "x".repeat(63)])("of rack %s is found by its name", async (name) => {
    expect(await rack(name)).toMatchObject({ userErrors: [] });
    const { status, body } = await server().control(`/racks/${encodeURIComponent(name)}.svg`);
    expect(status).toBe(200);
    if (name.length < 20) expect(body).toContain(name);
  });

  test("that is not there is 404, and says which rack was looked for", async () => {
    await rack("F1");
    for (const name of ["none", "%2e%2e%2fetc%2fpasswd", "f1", "F1%20", "%3Cscript%3E", "' OR 1=1"]) {
      const { status, body, headers } = await server().control(`/racks/${encodeURI(name).replaceAll("%25", "%")}.svg`);
      expect([name, status, body]).toEqual([name, 404, expect.stringMatching(/^no rack "/)]);
      expect(headers["content-type"]).toBe("text/plain; charset=utf-8");
    }
    expect((await server().control("/racks/F1")).body).toContain("write the rack's name with .svg");
    expect((await server().control("/racks/F1/..%2f.svg")).status).toBe(404);
    expect((await server().control("/racks/%ff.svg")).status).toBe(400);
    expect((await server().control("/racks/%00.svg")).status).toBeOneOf([400, 404]); // PostgreSQL takes no NUL
    expect((await server().control("/racks.svg?rack=F1&rack=none")).status).toBe(404);
  });

  test("with a face or a theme that is none says which there are", async () => {
    await rack("G1");
    for (const [query, words] of [
      ["face=top", "front, rear or both"],
      ["theme=pink", "auto"],
      ["face=front&face=rear", "face is there 2 times"],
    ] as const) {
      const { status, body } = await server().control(`/racks/G1.svg?${query}`);
      expect([status, body]).toEqual([400, expect.stringContaining(words)]);
    }
    expect((await server().control("/racks.svg")).status).toBe(400);
    expect((await server().control("/racks.svg?rack=G1&rack=G1&face=Rear&theme=dark")).status).toBe(200);
  });

  test("dnsmasq's files are served as they are written", async () => {
    expect((await server().control("/hostsfile")).status).toBe(200);
    expect((await server().control("/dnsmasq.conf?dialect=2.52&mode=pxelinux")).body).toContain("net:#known");
    const { status, body } = await server().control("/dnsmasq.conf?dialect=3");
    expect([status, body]).toEqual([400, expect.stringContaining('dialect is one of 2.52, 2.53, not "3"')]);
  });
});
