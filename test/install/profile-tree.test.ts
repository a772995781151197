import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { onBothServers } from "../graphql/test-server.js";

interface Change {
  readonly userErrors: ReadonlyArray<{ readonly code: string; readonly field: string[]; readonly message: string }>;
  readonly change: { readonly id: string } | null;
  readonly changed: ReadonlyArray<{ readonly object: string }>;
}

onBothServers("profiles that inherit", (server) => {
  const ask = (mutation: string, variables: object = {}, declared = "") =>
    server().ask<Change>(
      `mutation${declared} { ${mutation} { userErrors { code field message } change { id } changed { object } } }`,
      variables,
    );
  const done = async (mutation: string) => {
    const answer = await ask(mutation);
    expect([mutation, answer.userErrors]).toEqual([mutation, []]);
    return answer;
  };
  const refused = async (mutation: string) => {
    const [error] = (await ask(mutation)).userErrors;
    return `${error?.field.join(".")}: ${error?.message}`;
  };
  const template = (name: string, text: string, format = "PRESEED", more = "") =>
    done(`saveTemplate(name: "${name}", format: ${format}, text: ${JSON.stringify(text)}${more})`);
  const profile = (name: string) =>
    server().ask<Record<string, unknown>>(
      `{ profile(name: "${name}") { boots kernel initrds arguments inherited title template { name } parent { name } parameters } }`,
    );

  test("a child has what it does not say of its parent, also after the parent has changed, and says what is whose", async () => {
    await template("tree", "d-i a/b string {{ parameters.zone }}\n");
    await done(
      'createProfile(name: "tree", kernel: "/images/linux", initrds: ["/images/initrd"], template: "tree", parameters: {zone: "a", disk: "x"})',
    );
    await done('createProfile(name: "tree-2", parent: "tree", kernel: "/images/other", parameters: {zone: "b"})');
    await done('createProfile(name: "tree-3", parent: "tree-2")');
    expect(await profile("tree-3")).toEqual({
      ...{ boots: "KERNEL", kernel: "/images/other", initrds: ["/images/initrd"], arguments: "", title: "tree-3" },
      inherited: ["boots", "kernel", "initrds", "arguments", "template"],
      ...{ template: { name: "tree" }, parent: { name: "tree-2" }, parameters: {} },
    });
    const { changed } = await done('updateProfile(profile: "tree", arguments: "quiet", kernel: "/images/new")');
    expect(changed.map(({ object }) => object.split(":")[0])).toEqual(["Profile"]);
    expect(await profile("tree-3")).toMatchObject({ kernel: "/images/other", arguments: "quiet" });
    await done('updateProfile(profile: "tree-2", kernel: null)');
    expect(await profile("tree-3")).toMatchObject({ kernel: "/images/new" });
    await done('updateProfile(profile: "tree-3", parent: null)');
    expect(await profile("tree-3")).toMatchObject({
      kernel: "/images/new",
      arguments: "quiet",
      inherited: [],
      parent: null,
    });
  });

  test("no circle, no parent that is not there, and no child that would not render any more", async () => {
    await template("circle", "d-i a/b string {{ parameters.zone }}\n");
    await done('createProfile(name: "c1", template: "circle", kernel: "/images/linux")');
    await done('createProfile(name: "c2", parent: "c1")');
    await done('createProfile(name: "c3", parent: "c2", parameters: {zone: "z"})');
    expect(await refused('updateProfile(profile: "c1", parent: "c3")')).toBe(
      "parent: c1 inherits from c3 inherits from c2 inherits from c1: that would be a circle",
    );
    expect(await refused('updateProfile(profile: "c1", parent: "c1")')).toContain("circle");
    expect(await refused('createProfile(name: "c4", parent: "nobody")')).toBe('parent: no profile "nobody"');
    expect(await refused('deleteProfile(profile: "c2")')).toContain("c3 inherits from c2");
    await done('updateProfile(profile: "c3", parameters: {zone: ["a", "b"]}, template: "no-configuration")').catch(
      () => 0,
    );
    expect(await refused('updateProfile(profile: "c1", arguments: "{{ parameters.zone }} {{ place.nix }}")')).toContain(
      "arguments: c1.arguments:1:",
    );
    await done('updateProfile(profile: "c3", parameters: {zone: "two words"})');
    expect(await refused('updateProfile(profile: "c1", arguments: "z={{ parameters.zone }}")')).toMatch(
      /^profile: profile c3 would not render: c3.arguments:1:3: .*holds " "/,
    );
  });

  test("a snippet is written where it stands, and is not saved when a template that includes it would break", async () => {
    await template("keys", "echo {{ machine.product | shell }}", "SNIPPET");
    await template("uses", 'd-i preseed/late_command string {% include "keys" %}\n');
    await done('createProfile(name: "uses", template: "uses", kernel: "/images/linux")');
    const [{ serial } = { serial: "" }] = await server().register();
    const render = (machine: string) =>
      server().ask<string>(`{ renderConfig(machine: "${machine}", profile: "uses") }`);
    expect(await render(serial)).toBe("d-i preseed/late_command string echo 'PowerEdge R640'\n");
    const save = (text: string) =>
      refused(`saveTemplate(name: "keys", format: SNIPPET, text: ${JSON.stringify(text)})`);
    expect(await save("echo {{ machine.product }}")).toMatch(
      /^text: profile uses would not render: keys:1:6: .*\| shell/,
    );
    expect(await save("{{ machine.constructor }}")).toContain("keys:1:4: machine has no constructor");
    expect(await save('{% include "keys" %}')).toContain("snippet keys includes keys: a circle");
    expect(await refused('deleteTemplate(template: "keys")')).toContain("uses uses template keys");
    expect(await refused('updateProfile(profile: "uses", template: "keys")')).toContain("keys is a snippet");
  });

  test("machine over rack over profile over parent over the template's default", async () => {
    const names = ["a", "b", "c", "d", "e"];
    const text = names.map((name) => `d-i x/${name} string {{ parameters.${name} }}\n`).join("");
    await template("levels", text, "PRESEED", ", parameters: {a: 0, b: 0, c: 0, d: 0, e: 0}");
    await done(
      'createProfile(name: "levels-parent", kernel: "/images/linux", template: "levels", parameters: {a: 1, b: 1, c: 1, d: 1})',
    );
    await done('createProfile(name: "levels", parent: "levels-parent", parameters: {a: 2, b: 2, c: 2})');
    const [{ serial } = { serial: "" }] = await server().register();
    await done('createRack(name: "levels")');
    await done(`placeMachine(machine: "${serial}", rack: "levels", unit: 1)`);
    await done('setRackParameters(rack: "levels", parameters: {a: 3, b: 3})');
    const set = await done(`setMachineParameters(machine: "${serial}", parameters: {a: 4})`);
    const config = () => server().ask<string>(`{ renderConfig(machine: "${serial}", profile: "levels") }`);
    expect(await config()).toBe(names.map((name, i) => `d-i x/${name} string ${4 - i}\n`).join(""));
    await done(`undoChange(change: "${set.change?.id}")`);
    expect(await config()).toContain("x/a string 3");
    expect(await refused(`setMachineParameters(machine: "${serial}", parameters: {A: 1})`)).toContain(
      "cannot name a parameter",
    );
  });

  test("what a rack says of an armed machine's kernel line is in its PXELINUX file, and so is what it says later", async () => {
    await server().profile("pooled");
    await done(
      'updateProfile(profile: "pooled", arguments: "url={{ urls.config }} pool={{ parameters.pool }}", parameters: {pool: "none"})',
    );
    const { serial, mac } = await server().armed("pooled");
    await done('createRack(name: "pooled")');
    await done(`placeMachine(machine: "${serial}", rack: "pooled", unit: 1)`);
    const file = join(server().folder, "exports/tftpboot/pxelinux.cfg", `01-${mac.replaceAll(":", "-")}`);
    const says = (pool: string) =>
      vi.waitFor(() => expect(readFileSync(file, "utf8")).toMatch(new RegExp(`pool=${pool}$`, "m")), 20_000);
    await says("none");
    for (const pool of ["east", "west"]) {
      await done(`setRackParameters(rack: "pooled", parameters: {pool: "${pool}"})`);
      await says(pool);
    }
  });

  test("every save is a version with its difference, and an armed machine installs what it was armed with", async () => {
    await server().profile("versioned", "d-i a/b string one\n");
    const { token, mac } = await server().armed("versioned");
    const line = (await server().boot(`/boot/${mac}`)).body;
    await template("versioned", "d-i a/b string two\n");
    await template("versioned", "d-i a/b string two\n");
    await done('updateProfile(profile: "versioned", arguments: "other", kernel: "/images/none")');
    expect((await server().boot(`/boot/${mac}`)).body).toBe(line);
    expect((await server().boot(`/install/preseed.cfg?token=${token}`)).body).toBe("d-i a/b string one\n");
    const { versions } = await server().ask<{ versions: { nodes: Array<Record<string, unknown>> } }>(
      '{ template(name: "versioned") { versions { nodes { number text diff savedBy } } } }',
    );
    expect(versions.nodes).toMatchObject([{ number: 1 }, { number: 2, text: "d-i a/b string two\n" }]);
    expect(versions.nodes[1]?.diff).toContain("-d-i a/b string one\n+d-i a/b string two\n");
    expect(versions.nodes[1]?.savedBy).toBe("a test's administrator");
    const of = await server().ask<{ versions: { nodes: Array<{ number: number; diff: string }> } }>(
      '{ profile(name: "versioned") { versions { nodes { number diff } } } }',
    );
    expect(of.versions.nodes.map(({ number }) => number)).toEqual([1, 2]);
    expect(of.versions.nodes[1]?.diff).toContain("-  kernel: /images/linux\n");
  });

  test("a deleted profile comes back with its parameters, secrets too, and a deleted template with its text", async () => {
    await template("gone", "d-i a/b string {{ parameters.rootPassword }}\n");
    await done(
      'createProfile(name: "gone", template: "gone", kernel: "/images/linux", parameters: {rootPassword: "hunter22"})',
    );
    const deleted = await done('deleteProfile(profile: "gone")');
    const template_ = await done('deleteTemplate(template: "gone")');
    await done(`undoChange(change: "${template_.change?.id}")`);
    await done(`undoChange(change: "${deleted.change?.id}")`);
    expect(await profile("gone")).toMatchObject({
      kernel: "/images/linux",
      parameters: { rootPassword: { secret: true } },
    });
    const changed = await done('updateProfile(profile: "gone", parameters: {rootPassword: "other"})');
    await done(`undoChange(change: "${changed.change?.id}")`);
    const [{ serial } = { serial: "" }] = await server().register();
    expect(await server().ask(`{ renderConfig(machine: "${serial}", profile: "gone") }`)).toContain("hunter22");
  });
});
