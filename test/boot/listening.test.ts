import { expect, test } from "vitest";
import { onBothServers } from "../graphql/test-server.js";

const MAC = "00:26:2d:ff:01:0a";
const NEW_UEFI = "platform=efi&version=2.0.0%2B";

onBothServers("a machine that registers and waits", (server) => {
  const register = async (query: string) => (await server().boot(`/inventory/LISTEN1/${MAC}/m/p?${query}`)).body;

  test("listens for its switch where its iPXE can and nothing was heard", async () => {
    expect(await register(NEW_UEFI)).toContain("isset ${netX.lldp/2.0.1.0} && goto heard ||");
    for (const query of [
      "platform=pcbios&version=2.0.0%2B",
      "platform=efi&version=1.21.1%2B",
      "platform=efi&version=1.0.0%2B",
      "platform=efi",
      "",
      `${NEW_UEFI}&lldp_system=sw-a07&lldp_port=Gi1%2F0%2F7`,
    ]) {
      const answer = await register(query);
      expect(answer, query).toContain("LISTEN1 is registered");
      expect(answer, query).not.toContain("lldp");
    }
  });

  test("and is told of its approval and of its installation while it listens, at the cost of neither", async () => {
    await register(NEW_UEFI);
    const listening = () => server().boot(`/boot/${MAC.replaceAll(":", "-")}?listening`);
    expect(await listening()).toMatchObject({ status: 200, body: "#!ipxe\n" });
    expect(await server().change("approveMachines", ["LISTEN1"])).toEqual([]);
    for (let i = 0; i < 10; i++) {
      expect(await listening()).toMatchObject({ status: 200, body: "#!ipxe\nset kickrack-boots 1\n" });
    }
    // Nobody was sent to a disk by that, so nobody has come back from one.
    const { body } = await server().boot(`/boot/${MAC}`, { headers: { "User-Agent": "iPXE/2.0.0+" } });
    expect(body).toContain("booting the local disk (UEFI EXIT, BIOS SANBOOT)");
  });
});
