import { Arg, Ctx, Mutation, registerEnumType, Resolver } from "type-graphql";
import type { WriteContext } from "../context.js";
import type { Fresh } from "../graphql/user-errors.js";
import { MACHINE_KEYS, MachinesPayload } from "../machine/machine.inputs.js";
import { machinesByKey } from "../machine/machine.store.js";
import type { BootPlatform } from "./boot-format.js";
import { BootPlatformEnum } from "./boot.resolver.js";
import { LOCAL_BOOT_METHODS, type LocalBootMethod } from "./local-boot.js";
import { chooseLocalBoot } from "./local-boot.store.js";

const LocalBootMethodEnum = Object.fromEntries(LOCAL_BOOT_METHODS.map((method) => [method, method])) as {
  [method in LocalBootMethod]: method;
};
registerEnumType(LocalBootMethodEnum, {
  name: "LocalBootMethod",
  description: "How a machine is sent to its local disk.",
  valuesConfig: {
    SANBOOT: {
      description: "The boot loader starts the first disk; on UEFI what lies in its EFI/BOOT, by iPXE 2.0 and later.",
    },
    EXIT: { description: "Back to the firmware, which goes on with its next boot option." },
    GRUB: { description: "A GRUB starts the disk: grub-local.pxe or grub-local.efi of the images." },
    REBOOT: { description: "For firmware that has been told what to boot next." },
  },
});

@Resolver()
export class LocalBootResolver {
  @Mutation(() => MachinesPayload, {
    description:
      "Chooses how these machines boot their local disk. Without a choice Kickrack has one by platform, and tries the next " +
      "when a machine comes back within a minute; null goes back to that.",
  })
  async chooseLocalBoot(
    @Ctx() { transaction }: WriteContext,
    @Arg("machines", () => [String], { description: MACHINE_KEYS }) keys: string[],
    @Arg("platform", () => BootPlatformEnum) platform: BootPlatform,
    @Arg("method", () => LocalBootMethodEnum, { nullable: true }) method?: LocalBootMethod | null,
  ): Promise<Fresh<MachinesPayload>> {
    const machines = await machinesByKey(transaction.manager, keys);
    const ids = machines.map(({ id }) => id);
    await chooseLocalBoot(transaction, ids, platform, method ?? null);
    return { machines };
  }
}
