import { expect, test } from "vitest";
import { RULES } from "../../src/boot/decision.js";
import { onBothServers } from "../graphql/test-server.js";

interface Explained {
  readonly action: string;
  readonly rule: string;
  readonly reason: string;
  readonly machine: { readonly serialNumber: string } | null;
  readonly answers: ReadonlyArray<{ readonly format: string; readonly text: string; readonly fault: string | null }>;
}

onBothServers("explainBoot", (server) => {
  const explain = (mac: string, platform = "BIOS", role: "VIEWER" | "PROVISIONER" = "VIEWER") =>
    server().ask<Explained>(
      `query ($mac: MacAddress!, $platform: BootPlatform) {
        explainBoot(macAddress: $mac, platform: $platform) {
          action rule reason machine { serialNumber } answers { format text fault }
        }
      }`,
      { mac, platform },
      server().tokens[role],
    );
  const targets = (mac: string) => ({
    IPXE: `/boot/${mac}`,
    PXELINUX: `/pxelinux.cfg/01-${mac.replaceAll(":", "-")}`,
    GRUB: `/grub/grub.cfg-01-${mac.replaceAll(":", "-")}`,
  });

  test("says in each format what the boot plane answers, less its token, and the rule as a sentence", async () => {
    await server().profile("explained");
    const [fresh = { serial: "", mac: "" }, ready, locked] = await server().register(3);
    const serials = [ready?.serial ?? "", locked?.serial ?? ""];
    expect(await server().change("approveMachines", serials)).toEqual([]);
    expect(await server().change("lockMachines", serials.slice(1))).toEqual([]);
    const { mac: armed, serial } = await server().armed("explained");
    for (const [mac, rule, who] of [
      ["00:26:2d:ff:ff:ff", "UNKNOWN", "00:26:2d:ff:ff:ff"],
      [fresh.mac, "DISCOVERED", fresh.serial],
      [ready?.mac ?? "", "NOT_ARMED", ready?.serial.toLowerCase()],
      [locked?.mac ?? "", "LOCKED", locked?.serial.toLowerCase()],
      [armed, "ARMED", serial.toLowerCase()],
    ] as const) {
      const explained = await explain(mac);
      expect(explained).toMatchObject({ rule, machine: rule === "UNKNOWN" ? null : {} });
      expect(explained.reason).toContain(`${who}: ${RULES[rule]} (`);
      for (const { format, text, fault } of explained.answers) {
        expect(fault).toBeNull();
        const answer = await server().boot(targets(mac)[format as "IPXE"]);
        if (answer.status === 503) continue; // held back until it is approved
        const base = new RegExp(`(http://)?${new URL(server().app.bootAddress).host}`, "g");
        const seen = answer.body.replace(/token=[\w-]+/g, "token=hidden");
        expect(text.replace(base, "us"), format).toBe(seen.replaceAll(/(http:\/\/)?127\.0\.0\.1:\d+/g, "us"));
      }
    }
  });

  test("asking uses none of the installer's tries up, and PXELINUX is not for UEFI", async () => {
    await server().profile("explained");
    const { mac, token } = await server().armed("explained");
    await server().boot(`/install/preseed.cfg?token=${token}`);
    for (let i = 0; i < 5; i++) expect(await explain(mac, "EFI")).toMatchObject({ rule: "INSTALLING" });
    expect((await explain(mac, "EFI")).answers.map(({ format }) => format)).toEqual(["IPXE", "GRUB"]);
    expect((await server().boot(`/boot/${mac}`)).body).toContain("/images/linux");
  });

  test("a parameter of the profile is shown to whom may read it, and the token to nobody", async () => {
    await server().profile("explained");
    await server().ask(
      `mutation { updateProfile(profile: "explained", arguments: "console={{ parameters.console }} url={{ urls.config }}",
        parameters: { console: "ttyS7" }) { userErrors { message } } }`,
    );
    const { mac, token } = await server().armed("explained");
    const texts = async (role: "VIEWER" | "PROVISIONER") => JSON.stringify((await explain(mac, "BIOS", role)).answers);
    expect(await texts("VIEWER")).toContain("console=hidden url=");
    expect(await texts("PROVISIONER")).toContain("console=ttyS7 url=");
    expect((await texts("VIEWER")) + (await texts("PROVISIONER"))).not.toContain(token);
  });

  test("an installer that one boot loader cannot be given is a fault of that format, with the words the machine gets", async () => {
    await server().profile("faulty");
    const run = (text: string) => server().ask(`mutation { ${text} { userErrors { message } } }`);
    await run(
      `updateProfile(profile: "faulty", parameters: {x: "a"}, arguments: "it's {{ parameters.x }} url={{ urls.config }}")`,
    );
    const { mac, serial } = await server().armed("faulty");
    const [ipxe, , grub] = (await explain(mac)).answers;
    expect([ipxe?.fault, grub?.fault]).toEqual([null, expect.stringContaining("GRUB cannot be given") as string]);
    await run(`setMachineParameters(machine: "${serial}", parameters: {x: "two words"})`);
    const explained = await explain(mac, "BIOS", "PROVISIONER");
    expect(explained).toMatchObject({ action: "none", rule: "UNPRINTABLE" });
    expect(explained.reason).toContain("its kernel line cannot be written: ");
    expect(explained.answers[0]?.text).toBe((await server().boot(`/boot/${mac}`)).body);
  });
});
