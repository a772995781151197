import { copyFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { onBothServers } from "../graphql/test-server.js";

onBothServers("bad input", (server) => {
  const save = async (text: string, format = "KICKSTART", name = "bad") => {
    const mutation = `mutation ($t: String!) { saveTemplate(name: "${name}", format: ${format}, text: $t) { userErrors { message } } }`;
    const { userErrors } = await server().ask<{ userErrors: Array<{ message: string }> }>(mutation, { t: text });
    return userErrors.map(({ message }) => message).join();
  };

  test.each([
    ["{% for i in (1..1000000000) %}{{ i }}{% endfor %}", "too much of its values"],
    [
      "{% for i in (1..900) %}{% for j in (1..900) %}{% for k in (1..900) %}x{% endfor %}{% endfor %}{% endfor %}",
      "runs too long|too much",
    ],
    [
      `{% assign a = "${"x".repeat(1000)}" %}{% for i in (1..30) %}{% assign a = a | append: a %}{% endfor %}{{ a }}`,
      "too much of its values",
    ],
    ['{% include "bad" %}', 'there is no snippet "bad"'],
    ["{{ machine.constructor.constructor }}", "machine has no constructor"],
    ["{{ parameters.x.constructor }}", "parameters.x.constructor"],
  ])("a template like %.60s is not saved, with a reason, and the server answers on", async (text, reason) => {
    expect(await save(text)).toMatch(new RegExp(reason));
    expect((await server().boot("/healthz")).status).toBe(200);
  });

  test.each([
    "/images/a b",
    "/images/a\nimgfree",
    "http://192.0.2.1/a b",
    "http://192.0.2.1/${net0/mac}",
    "file:///etc/passwd",
    "/images/../x",
  ])("a kernel called %j is refused", async (kernel) => {
    const mutation =
      'mutation ($k: String!) { createProfile(name: "bad", kernel: $k) { userErrors { field message } } }';
    expect(await server().ask(mutation, { k: kernel })).toMatchObject({
      userErrors: [{ field: ["kernel"], message: expect.stringContaining("write a path like /images/") as string }],
    });
  });

  test("an image that is not there is told before arming, and one that vanishes later leaves the machine asking", async () => {
    await server().profile("vanishing");
    const image = join(server().config.images, "initrd");
    rmSync(image);
    const [{ serial, mac } = { serial: "", mac: "" }] = await server().register();
    await server().change("approveMachines", [serial]);
    const [refused] = await server().change("armMachines", [serial], ', count: 1, profile: "vanishing"');
    expect(refused?.message).toMatch(/no file .*initrd; put it there with: kickrack image import/);
    writeFileSync(image, "");
    expect(await server().change("armMachines", [serial], ', count: 1, profile: "vanishing"')).toEqual([]);
    rmSync(image);
    const { body } = await server().boot(`/boot/${mac}`);
    expect(body).toContain("initrd ${base}".replace("${base}", server().bootUrl));
    expect(body).toContain("The installer could not be loaded. Next try in 10 seconds.");
    expect((await server().boot("/images/initrd")).status).toBe(404);
    writeFileSync(image, "");
  });

  test("a kernel for another architecture or firmware is told before arming, where the machine said what it is", async () => {
    const kernel = "/usr/lib/debian-installer/images/12/arm64/text/debian-installer/arm64/linux";
    copyFileSync(kernel, join(server().config.images, "arm64-linux"));
    await server().ask(
      'mutation { createProfile(name: "arm64", kernel: "/images/arm64-linux") { userErrors { message } } }',
    );
    const armed = async (said: string) => {
      const [{ serial, mac } = { serial: "", mac: "" }] = await server().register();
      await server().boot(`/inventory/${serial}/${mac}/Dell%20Inc./PowerEdge%20R640${said}`);
      await server().change("approveMachines", [serial]);
      const errors = await server().change("armMachines", [serial], ', count: 1, profile: "arm64"');
      return errors.map(({ code, message }) => `${code} ${message}`).join();
    };
    expect(await armed("?platform=efi&arch=x86_64")).toMatch(
      /^CONFLICT .*: profile arm64 boots \/images\/arm64-linux, which is for arm64, and the machine is x86_64; import one that fits/,
    );
    expect(await armed("?platform=pcbios&arch=i386")).toContain("is a program for UEFI, and the machine boots by BIOS");
    expect(await armed("?platform=efi&arch=arm64")).toBe("");
    expect(await armed("")).toBe("");
  });
});
