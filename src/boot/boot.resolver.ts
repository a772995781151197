import { Arg, Ctx, Field, ObjectType, Query, registerEnumType, Resolver } from "type-graphql";
import type { Context } from "../context.js";
import type { MacAddress } from "../machine/mac-address.js";
import { MacAddressScalar } from "../machine/mac-address.scalar.js";
import { RULES, type BootDecision } from "./decision.js";
import { printGrubConfig } from "./grub-config.js";
import { printIpxeScript } from "./ipxe-script.js";
import { printPxelinuxConfig } from "./pxelinux-config.js";

const BootFormatEnum = { IPXE: "IPXE", PXELINUX: "PXELINUX", GRUB: "GRUB" } as const;
type BootFormat = keyof typeof BootFormatEnum;
registerEnumType(BootFormatEnum, {
  name: "BootFormat",
  description: "The boot loader that a decision is printed for.",
});

@ObjectType({ description: "What a port would be answered now, and why." })
class BootExplanation {
  @Field(() => String, { description: "register, wait, menu, install or local." })
  action: string;

  @Field(() => String, { description: "The rule that decides." })
  rule: string;

  @Field(() => String, { description: "The rule as a sentence." })
  reason: string;
}

@Resolver()
export class BootResolver {
  @Query(() => BootExplanation)
  async explainBoot(
    @Ctx() context: Context,
    @Arg("macAddress", () => MacAddressScalar) mac: MacAddress,
  ): Promise<BootExplanation> {
    const { action, rule } = await decide(context, mac);
    return { action, rule, reason: RULES[rule] };
  }

  // The menu of an armed machine holds its token, so it takes the role that could have armed it.
  @Query(() => String, { description: "What this port would be answered now, as the boot loader gets it." })
  async bootMenu(
    @Ctx() context: Context,
    @Arg("macAddress", () => MacAddressScalar) mac: MacAddress,
    @Arg("format", () => BootFormatEnum, { defaultValue: "IPXE" }) format: BootFormat,
  ): Promise<string> {
    const decision = await decide(context, mac);
    const base = context.app.bootAddress;
    switch (format) {
      case "IPXE":
        return printIpxeScript(decision, mac, base);
      case "PXELINUX":
        return printPxelinuxConfig(decision, `${base}/images`);
      case "GRUB":
        return printGrubConfig(decision, new URL(base).host);
    }
  }
}

function decide({ app }: Context, mac: MacAddress): Promise<BootDecision> {
  return app.boots.decide(mac, app.bootAddress);
}
