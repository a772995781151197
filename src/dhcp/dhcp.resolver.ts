import { Arg, Ctx, Query, registerEnumType, Resolver } from "type-graphql";
import type { Context } from "../context.js";
import { printedConf, printedHostsfile } from "./printed.js";

const DialectEnum = { V2_52: "2.52", V2_53: "2.53" } as const;
registerEnumType(DialectEnum, { name: "DnsmasqDialect", description: "2.52 and older, or 2.53 and newer." });
const ModeEnum = { IPXE: "ipxe", PXELINUX: "pxelinux" } as const;
registerEnumType(ModeEnum, { name: "HandOverMode", description: "What an approved machine boots from." });

@Resolver()
export class DhcpResolver {
  @Query(() => String, {
    description: "dnsmasq's hostsfile: the machines that may have an address.",
    complexity: 5_000,
  })
  hostsfile(@Ctx() { app }: Context): string {
    return printedHostsfile(app);
  }

  @Query(() => String, { description: "The part of dnsmasq's configuration that hands machines over to Kickrack." })
  dnsmasqConf(
    @Ctx() { app }: Context,
    @Arg("dialect", () => DialectEnum, { nullable: true }) dialect?: "2.52" | "2.53" | null,
    @Arg("mode", () => ModeEnum, { nullable: true }) mode?: "ipxe" | "pxelinux" | null,
  ): string {
    return printedConf(app, { ...(dialect && { dialect }), ...(mode && { mode }) });
  }
}
