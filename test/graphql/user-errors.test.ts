import { expect, test } from "vitest";
import { onBothServers, type UserError } from "./test-server.js";

/** Mutations that cannot be done: the document, the input that is wrong, and words of what would be right. */
const REFUSED: ReadonlyArray<readonly [string, string, string]> = [
  ['createRack(name: "a b")', "name", "write letters, digits, dots"],
  ['createRack(name: "../x")', "name", "write letters, digits, dots"],
  ['createRack(name: "TAKEN")', "name", "there is a rack TAKEN already"],
  ['createRack(name: "X", heightU: 0)', "heightU", "from 0.5 to 100"],
  ['createRack(name: "X", heightU: 101)', "heightU", "from 0.5 to 100"],
  ['createRack(name: "X", heightU: 1.3)', "heightU", "multiple of 0.5"],
  ['createRack(name: "X", room: "a\\nb")', "room", "one line"],
  ['updateRack(rack: "NONE", heightU: 4)', "rack", "no rack"],
  ['updateRack(rack: "TAKEN", heightU: 0)', "heightU", "from 0.5 to 100"],
  ['updateRack(rack: "TAKEN", name: "")', "name", "write letters"],
  ['updateRack(rack: "TAKEN", name: " OTHER ")', "name", "there is a rack OTHER already"],
  ['deleteRack(rack: "NONE")', "rack", "no rack"],
  ['placeMachine(machine: "NOBODY", rack: "TAKEN", unit: 1)', "machine", "write an id, a MAC address"],
  ['placeMachine(machine: "SERIAL", rack: "NONE", unit: 1)', "rack", "no rack"],
  ['placeMachine(machine: "SERIAL", rack: "TAKEN", unit: 0)', "unit", "highest free start is U42"],
  ['placeMachine(machine: "SERIAL", rack: "TAKEN", unit: 43)', "unit", "highest free start is U42"],
  ['placeMachine(machine: "SERIAL", rack: "TAKEN", unit: 1.2)', "unit", "multiple of 0.5"],
  ['placeMachine(machine: "SERIAL", rack: "TAKEN", unit: 1e300)', "unit", "multiple of 0.5"],
  ['placeMachine(machine: "SERIAL", rack: "TAKEN", unit: 1, heightU: 0)', "heightU", "the least is 0.5"],
  ['placeMachine(machine: "SERIAL", rack: "TAKEN", unit: 1, columns: 0)', "columns", "from 1 to 24"],
  ['placeMachine(machine: "SERIAL", rack: "TAKEN", unit: 1, column: 3, columns: 2)', "column", "the rightmost 2"],
  ['saveTemplate(name: "", format: PRESEED, text: "")', "name", "write letters"],
  ['saveTemplate(name: "t", format: PRESEED, text: "{{ machine.nothing }}")', "text", "machine has no nothing"],
  ['saveTemplate(name: "t", format: PRESEED, text: "{% if")', "text", "t:1"],
  ['saveTemplate(name: "used", format: KICKSTART, text: "a")', "format", "another name"],
  ['createProfile(name: "", kernel: "/images/k", template: "used")', "name", "write letters"],
  ['createProfile(name: "used", kernel: "/images/k", template: "used")', "name", "there is a profile used already"],
  ['createProfile(name: "n", kernel: "/etc/passwd", template: "used")', "kernel", "write a path like /images/"],
  ['createProfile(name: "n", kernel: "/images/../k", template: "used")', "kernel", "write a path like /images/"],
  [
    'createProfile(name: "n", kernel: "/images/k", initrds: ["/images/a", "b"], template: "used")',
    "initrds.1",
    "write a path",
  ],
  ['createProfile(name: "n", kernel: "/images/k", template: "none")', "template", "no template"],
  [
    'createProfile(name: "n", kernel: "/images/k", template: "used", arguments: "{{ x }}")',
    "arguments",
    "there is no value x",
  ],
  ['createProfile(name: "n", kernel: "/images/k", template: "used", title: "")', "title", "1 to 128"],
  ['createProfile(name: "n", kernel: "/images/k", template: "used", parameters: {A: 1})', "parameters", "small letter"],
  [
    'createProfile(name: "n", kernel: "/images/k", template: "used", parameters: {a: {b: 1}})',
    "parameters",
    "neither a text",
  ],
  ['updateProfile(profile: "none", title: "x")', "profile", "no profile"],
  ['updateProfile(profile: "used", title: "")', "title", "1 to 128"],
  ['assignProfile(machines: ["SERIAL"], profile: "none")', "profile", "no profile"],
  ['approveMachines(machines: ["NOBODY"])', "machines.0", "write an id, a MAC address"],
  ['armMachines(machines: ["SERIAL"], count: 1, profile: "none")', "profile", "no profile"],
  ['armMachines(machines: ["SERIAL"], count: 1, profile: "used", minutes: 0)', "minutes", "from 1 minute to 7 days"],
  [
    'armMachines(machines: ["SERIAL"], count: 1, profile: "used", minutes: 10081)',
    "minutes",
    "from 1 minute to 7 days",
  ],
  ['armMachines(machines: ["SERIAL"], count: 1)', "machines.0", "has no profile; give one here, or assign one first"],
  ['armMachines(machines: ["SERIAL"], count: 1, profile: "used")', "machines.0", "approve it first"],
  ['armMachines(machines: ["READY"], count: 1, profile: "imageless")', "machines.0", "there is no file"],
  ['armMachines(machines: ["READY"], count: 1, profile: "unprintable")', "machines.0", "without ||"],
  ['resolveConflict(conflict: "x", machine: "SERIAL")', "conflict", "such as Conflict:12"],
  ['resolveConflict(conflict: "Conflict:99", machine: "SERIAL")', "conflict", "no conflict"],
  ['revokeToken(token: "x")', "token", "such as ApiToken:12"],
];

onBothServers("a mutation that cannot be done", (server) => {
  test("says which input is wrong and what would be right, and changes nothing", async () => {
    for (const name of ["TAKEN", "OTHER"])
      await server().ask(`mutation { createRack(name: "${name}") { rack { id } } }`);
    await server().profile("used");
    await server().ask(
      'mutation { createProfile(name: "imageless", kernel: "/images/none", template: "used") { profile { id } } }',
    );
    await server().ask(
      'mutation { createProfile(name: "unprintable", kernel: "http://192.0.2.1/k", arguments: "a || b", template: "used") { profile { id } } }',
    );
    const [one, two] = await server().register(2);
    await server().change("approveMachines", [two?.serial ?? ""]);
    const before = await server().dump();
    for (const [mutation, field, words] of REFUSED) {
      const asked = mutation.replace("SERIAL", one?.serial ?? "").replace("READY", two?.serial ?? "");
      const { userErrors } = await server().ask<{ userErrors: UserError[] }>(
        `mutation { ${asked} { userErrors { code field message } } }`,
      );
      expect([mutation, userErrors.map((error) => error.field.join("."))]).toEqual([mutation, [field]]);
      expect(userErrors[0]?.message, mutation).toContain(words);
      expect(userErrors[0]?.code, mutation).toMatch(/^(BAD_USER_INPUT|NOT_FOUND|CONFLICT)$/);
    }
    expect(await server().dump()).toBe(before);
  });

  test("because somebody did it at the same moment says so, and never that we failed", async () => {
    const create = (i: number) =>
      server().ask<{ userErrors: UserError[] }>(
        `mutation { createRack(name: "SAME", description: "${i}") { userErrors { code message } } }`,
      );
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => create(i)));
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    const codes = answers.flatMap(({ userErrors }) => userErrors.map(({ code }) => code));
    expect(codes).toEqual(Array(19).fill("CONFLICT"));
  });
});
