import { Command, Option } from "commander";
import type { Config } from "../config.js";
import { bootPlaneUrls } from "./boot-plane-urls.js";
import {
  DHCP_ROLES,
  DIALECTS,
  EVENTS,
  HAND_OVERS,
  printDnsmasqConf,
  UEFI_LOADERS,
  type HandOverChoice,
} from "./dnsmasq-conf.js";
import { places } from "./places.js";

type Options = Partial<HandOverChoice> & { readonly config?: string };

/** @param settings reads the settings that `--config` and the environment give */
export function dnsmasqCommand(
  configFile: Option,
  settings: (options: Options) => Config,
  print: (text: string) => void,
): Command {
  return new Command("dnsmasq")
    .description("print dnsmasq's configuration for a network; what is not chosen is as in the settings")
    .addOption(new Option("--mode <loader>", "what an approved BIOS machine boots from").choices(HAND_OVERS))
    .addOption(
      new Option("--uefi <loader>", "what x86-64 UEFI boots: iPXE, or Debian's signed shim and GRUB").choices(
        UEFI_LOADERS,
      ),
    )
    .addOption(
      new Option("--dhcp <role>", "own: dnsmasq gives out addresses; proxy: another server does").choices(DHCP_ROLES),
    )
    .addOption(
      new Option("--events <leases>", "of which leases Kickrack is told what DHCP relays say of the port").choices(
        EVENTS,
      ),
    )
    .addOption(new Option("--dialect <version>", "2.52 and older, or 2.53 and newer").choices(DIALECTS))
    .addOption(configFile)
    .action((options: Options) => {
      const config = settings(options);
      const { dnsmasqUrl: url, bootAddress: address } = bootPlaneUrls(config);
      const { config: _, ...choice } = options;
      print(printDnsmasqConf({ ...places(config), url, address, ...config.dnsmasq, ...choice }));
    });
}
