import { Arg, Ctx, Field, ObjectType, Query, registerEnumType, Resolver } from "type-graphql";
import { refusal } from "../access/refuse.js";
import { RULES as ACCESS } from "../access/rules.js";
import type { Context } from "../context.js";
import { CallerError } from "../errors.js";
import { entityBy } from "../graphql/entity-by.js";
import { keepReading, mayReadSecrets } from "../install/secret-reading.js";
import type { MacAddress } from "../machine/mac-address.js";
import { MacAddressScalar } from "../machine/mac-address.scalar.js";
import { EthernetInterface, Machine } from "../machine/machine.entity.js";
import {
  answerOf,
  BOOT_FORMATS,
  BOOT_PLATFORMS,
  FORMATS_OF,
  printDecision,
  type BootFormat,
  type BootPlatform,
} from "./boot-format.js";
import type { BootDecision } from "./decision.js";
import { explainDecision } from "./explanation.js";

const BootFormatEnum = Object.fromEntries(BOOT_FORMATS.map((format) => [format, format])) as {
  [format in BootFormat]: format;
};
registerEnumType(BootFormatEnum, {
  name: "BootFormat",
  description: "The boot loader that a decision is printed for.",
});

export const BootPlatformEnum = Object.fromEntries(BOOT_PLATFORMS.map((platform) => [platform, platform])) as {
  [platform in BootPlatform]: platform;
};
registerEnumType(BootPlatformEnum, { name: "BootPlatform", description: "What kind of firmware boots." });

@ObjectType({ description: "A decision as one boot loader would get it." })
class ExplainedAnswer {
  @Field(() => BootFormatEnum)
  format: BootFormat;

  @Field(() => String, {
    description:
      "Without a valid token, and with `hidden` for the profile's parameters unless the token may read them.",
  })
  text: string;

  @Field(() => String, { nullable: true, description: "What keeps this boot loader from being given the installer." })
  fault: string | null;
}

@ObjectType({ description: "What a port would be answered now, and why." })
class BootExplanation {
  @Field(() => String, { description: "register, wait, menu, install or local; none where `rule` is UNPRINTABLE." })
  action: string;

  @Field(() => String, { description: "The rule that decides." })
  rule: string;

  @Field(() => String, { description: "Who it is, what the rule says, and what the machine does then." })
  reason: string;

  @Field(() => Machine, { nullable: true, description: "Whose port it is." })
  machine: Machine | undefined;

  @Field(() => [ExplainedAnswer], { description: "One for each boot loader that this platform may come with." })
  answers: ExplainedAnswer[];
}

@Resolver()
export class BootResolver {
  @Query(() => BootExplanation, {
    description: "What this port would be answered now, and which rule decides. Asking uses nothing up.",
  })
  async explainBoot(
    @Ctx() context: Context,
    @Arg("macAddress", () => MacAddressScalar) mac: MacAddress,
    @Arg("platform", () => BootPlatformEnum, {
      nullable: true,
      description: "The one that the machine reported when not given; BIOS when it never did.",
    })
    platform?: BootPlatform | null,
  ): Promise<BootExplanation> {
    const { app, actor } = context;
    const port = await entityBy(context, EthernetInterface, "macAddress", mac);
    const machine = port && (await entityBy(context, Machine, "id", port.machineId));
    const on = platform ?? (machine?.platform === "efi" ? "EFI" : "BIOS");
    const mayReadParameters = refusal(actor, ACCESS["Profile.parameters"] ?? ["ADMINISTRATOR"]) === undefined;
    const decided = await decideOrRefuse(app.boots.decideForReader(mac, app.bootAddress, mayReadParameters));
    const answers = FORMATS_OF[on].map((format) => answerOf(format, decided, mac, app.bootAddress));
    return { ...explainDecision(decided, mac, on), machine, answers };
  }

  // The menu of an armed machine holds its token: a word stands for it where the reader could not have armed it.
  @Query(() => String, { description: "What this port would be answered now, as the boot loader gets it." })
  async bootMenu(
    @Ctx() context: Context,
    @Arg("macAddress", () => MacAddressScalar) mac: MacAddress,
    @Arg("format", () => BootFormatEnum, { defaultValue: "IPXE" }) format: BootFormat,
  ): Promise<string> {
    const { boots, bootAddress } = context.app;
    const open = mayReadSecrets(context);
    const decision = await (open ? boots.decide(mac, bootAddress) : boots.decideForReader(mac, bootAddress, false));
    const port = await entityBy(context, EthernetInterface, "macAddress", mac);
    if (open && decision.action === "install" && port)
      await keepReading(context, "bootMenu", port.machineId, ["token"]);
    return printDecision(format, decision, mac, bootAddress);
  }
}

/** A kernel line that cannot be rendered is what the machine is told, and so a part of the answer. */
async function decideOrRefuse(deciding: Promise<BootDecision>): Promise<BootDecision | CallerError> {
  try {
    return await deciding;
  } catch (error) {
    if (error instanceof CallerError) return error;
    throw error;
  }
}
