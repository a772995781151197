import { expect, test } from "vitest";
import { onBothServers, type UserError } from "../graphql/test-server.js";

interface Answer {
  readonly userErrors: UserError[];
  readonly change: { id: string } | null;
}

onBothServers("undoChange", (server) => {
  const mutate = (mutation: string, token?: string) =>
    server().ask<Answer>(`mutation { ${mutation} { userErrors { code field message } change { id } } }`, {}, token);
  const changeOf = async (mutation: string) => {
    const { userErrors, change } = await mutate(mutation);
    expect([mutation, userErrors]).toEqual([mutation, []]);
    return change?.id ?? "";
  };
  const undo = (change: string, token?: string) => mutate(`undoChange(change: "${change}")`, token);
  const facts = (serial: string) =>
    server().ask(
      `{ machine(serialNumber: "${serial}") { hostname locked profile { name } shelf { unit face rack { name } } } }`,
    );

  test("puts a machine's name, place, profile and lock back, and an undo can be undone", async () => {
    await server().profile("undone");
    const [machine = { serial: "" }] = await server().register();
    const { serial } = machine;
    await mutate(`approveMachines(machines: ["${serial}"])`);
    for (const name of ["U1", "U2"]) await mutate(`createRack(name: "${name}")`);
    await mutate(`placeMachine(machine: "${serial}", rack: "U1", unit: 7)`);
    for (const mutation of [
      `updateMachine(machine: "${serial}", hostname: "renamed")`,
      `placeMachine(machine: "${serial}", rack: "U2", unit: 3, face: REAR)`,
      `unplaceMachine(machine: "${serial}")`,
      `assignProfile(machines: ["${serial}"], profile: "undone")`,
      `lockMachines(machines: ["${serial}"])`,
    ]) {
      const before = await facts(serial);
      const change = await changeOf(mutation);
      const after = await facts(serial);
      expect(after).not.toEqual(before);
      const undone = await undo(change);
      expect([mutation, undone.userErrors, await facts(serial)]).toEqual([mutation, [], before]);
      expect((await undo(undone.change?.id ?? "")).userErrors).toEqual([]);
      expect(await facts(serial)).toEqual(after);
      await undo(await changeOf(mutation.replace("lockMachines", "unlockMachines")).catch(() => change));
    }
  });

  test("puts back how a machine boots its disk, also where one choice took another's place", async () => {
    const [machine = { serial: "", mac: "" }] = await server().register();
    const { serial, mac } = machine;
    await mutate(`approveMachines(machines: ["${serial}"])`);
    const choose = (method: string) =>
      changeOf(`chooseLocalBoot(machines: ["${serial}"], platform: BIOS, method: ${method})`);
    const booted = async () =>
      /booting the local disk \(UEFI EXIT, BIOS (\w+)\)/.exec((await server().boot(`/boot/${mac}`)).body)?.[1];
    const undone = async (change: string) => {
      const { userErrors, change: undoing } = await undo(change);
      expect(userErrors).toEqual([]);
      return [await booted(), undoing?.id ?? ""] as const;
    };
    const exit = await choose("EXIT");
    const grub = await choose("GRUB");
    expect(await booted()).toBe("GRUB");
    expect((await undo(exit)).userErrors[0]?.message).toMatch(/undo that first/);
    const [afterGrub, undoing] = await undone(grub);
    expect(afterGrub).toBe("EXIT");
    const [again, undoingAgain] = await undone(undoing);
    expect(again).toBe("GRUB");
    expect((await undone(undoingAgain))[0]).toBe("EXIT");
    const none = await choose("null");
    const later = await choose("GRUB");
    expect((await undo(none)).userErrors).toMatchObject([
      { code: "CONFLICT", message: expect.stringContaining("another choice") as string },
    ]);
    expect((await undone(later))[0]).toBe("SANBOOT");
    expect((await undone(none))[0]).toBe("EXIT");
  });

  test("takes racks, profiles and templates back", async () => {
    const made = await changeOf('createRack(name: "GONE", site: "Osaka")');
    const updated = await changeOf('updateRack(rack: "GONE", heightU: 48)');
    expect((await undo(updated)).userErrors).toEqual([]);
    expect(await server().ask('{ rack(name: "GONE") { heightU } }')).toEqual({ heightU: 42 });
    const deleted = await changeOf('deleteRack(rack: "GONE")');
    expect((await undo(deleted)).userErrors).toEqual([]);
    expect(await server().ask('{ rack(name: "GONE") { heightU site } }')).toEqual({ heightU: 42, site: "Osaka" });
    expect((await undo(made)).userErrors).toEqual([]);
    expect(await server().ask('{ rack(name: "GONE") { id } }')).toBeNull();
    const template = await changeOf('saveTemplate(name: "t", format: PRESEED, text: "a")');
    const edited = await changeOf('saveTemplate(name: "t", format: PRESEED, text: "b")');
    const profile = await changeOf('createProfile(name: "p", kernel: "/images/linux", template: "t")');
    const titled = await changeOf('updateProfile(profile: "p", title: "T", parameters: {zone: "b"})');
    expect((await undo(template)).userErrors).toMatchObject([{ code: "CONFLICT" }]);
    for (const change of [titled, edited, profile, template]) expect((await undo(change)).userErrors).toEqual([]);
  });

  test("says why where it does not apply any more", async () => {
    const first = await changeOf('createRack(name: "TWICE")');
    const second = await changeOf('updateRack(rack: "TWICE", site: "here")');
    const third = await changeOf('updateRack(rack: "TWICE", site: "there")');
    const refused = await undo(second);
    expect(refused.userErrors).toMatchObject([{ code: "CONFLICT", field: ["change"] }]);
    expect(refused.userErrors[0]?.message).toContain(
      `site ("there" now) was changed by ${third} of a test's administrator`,
    );
    expect((await undo(third)).userErrors).toEqual([]);
    expect((await undo(third)).userErrors[0]?.message).toContain("has taken it back");
    expect((await undo(first)).userErrors[0]?.message).toContain("was changed by");
    expect((await undo("Change:999999")).userErrors).toMatchObject([{ code: "NOT_FOUND" }]);
    const [machine = { serial: "" }] = await server().register();
    const approved = await changeOf(`approveMachines(machines: ["${machine.serial}"])`);
    expect((await undo(approved)).userErrors[0]?.message).toMatch(/is not taken back|keeps a host name/);
  });

  test("takes the role that the change took", async () => {
    await server().profile("theirs");
    const change = await changeOf('updateProfile(profile: "theirs", title: "T")');
    const asked = `mutation { undoChange(change: "${change}") { userErrors { code } } }`;
    const { errors } = await server().graphql(asked, {}, server().tokens.OPERATOR);
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["FORBIDDEN"]);
    expect((await undo(change, server().tokens.PROVISIONER)).userErrors).toEqual([]);
  });
});
