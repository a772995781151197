import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { WriteContext } from "../../context.js";
import { forEachInput } from "../../errors.js";
import type { Fresh } from "../../graphql/user-errors.js";
import { SwitchesPayload, SwitchPayload } from "../switch/switch.inputs.js";
import { switchNamed } from "../switch/switch.store.js";

@Resolver()
export class ScanResolver {
  @Mutation(() => SwitchPayload, {
    description:
      "Asks a switch by SNMP which address is behind which port, as soon as there is room; answers at once. `scannedAt` " +
      "and `scanError` of the switch say how it went.",
  })
  async scanSwitch(
    @Ctx() { app, transaction }: WriteContext,
    @Arg("switch", () => String, { description: "Its name." }) name: string,
  ): Promise<Fresh<SwitchPayload>> {
    const known = await switchNamed(transaction.manager, name);
    transaction.afterCommit(() => app.switchScans.ask([known.id]));
    return { switch: known };
  }

  @Mutation(() => SwitchesPayload, { description: "As scanSwitch." })
  async scanSwitches(
    @Ctx() { app, transaction }: WriteContext,
    @Arg("switches", () => [String], { description: "Their names." }) names: string[],
  ): Promise<Fresh<SwitchesPayload>> {
    const known = await forEachInput("switches", names, (name) => switchNamed(transaction.manager, name));
    transaction.afterCommit(() => app.switchScans.ask(known.map(({ id }) => id)));
    return { switches: known };
  }
}
