import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../package-root.js";
import type { ParameterValue } from "../install-values.js";
import type { ConfigFormat } from "../config-format.js";

/** A profile that Kickrack brings along; an operator changes its parameters, or a copy of it. */
export interface ShippedProfile {
  readonly name: string;
  readonly title: string;
  readonly osFamily: "DEBIAN" | "REDHAT";
  /** Paths under the boot plane's address. */
  readonly kernel: string;
  readonly initrds: readonly string[];
  /** Liquid too, of the format KERNEL_ARGUMENTS. */
  readonly arguments: string;
  readonly configFormat: ConfigFormat;
  /** The file in this folder. */
  readonly template: string;
  /** The defaults; an empty text is "not set". README.md says what each means. */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

export const SHIPPED_PROFILES: readonly ShippedProfile[] = [
  {
    name: "debian-12",
    title: "Debian 12 (bookworm), from a mirror",
    osFamily: "DEBIAN",
    kernel: "/images/debian-12/linux",
    initrds: ["/images/debian-12/initrd.gz"],
    // The network comes before the preseed file, so its answers stand here. netcfg/hostname wins over DHCP's name,
    // hostname does not. Without quiet, Linux prints this line, and the token in it, on the machine's screen. The kernel
    // hands at most 32 name=value pairs on, and panics at the 33rd.
    arguments: `
      quiet auto=true priority=critical url={{ urls.config }}
      interface={{ machine.macAddress }} netcfg/link_wait_timeout=30 netcfg/dhcp_timeout=60
      hostname={{ machine.hostname }} netcfg/hostname={{ machine.hostname }}
      domain={{ machine.domain | default: parameters.domain }}
      {% if parameters.console %}console={{ parameters.console }} DEBIAN_FRONTEND=text{% endif %}`,
    configFormat: "PRESEED",
    template: "debian-12.preseed.liquid",
    parameters: {
      mirrorHost: "deb.debian.org",
      mirrorDirectory: "/debian",
      mirrorProxy: "",
      updates: ["security", "updates"],
      securityHost: "security.debian.org",
      domain: "localdomain",
      locale: "en_US.UTF-8",
      keyboard: "us",
      timezone: "Etc/UTC",
      ntpServer: "",
      disk: "",
      partitioning: "regular",
      recipe: "atomic",
      rootPasswordHash: "",
      sshAuthorizedKeys: [],
      tasks: ["standard"],
      packages: ["openssh-server"],
      console: "",
      kernelArguments: [],
      powerOff: false,
    },
  },
  {
    name: "almalinux-9",
    title: "AlmaLinux 9, from a mirror",
    osFamily: "REDHAT",
    kernel: "/images/almalinux-9/vmlinuz",
    initrds: ["/images/almalinux-9/initrd.img"],
    // inst.repo says where the second stage is (its images/install.img), as well as the packages.
    arguments: `
      quiet inst.ks={{ urls.config }} inst.repo={{ parameters.baseOs }}
      {% if parameters.proxy %}inst.proxy={{ parameters.proxy }}{% endif %}
      ip=dhcp BOOTIF=01-{{ machine.macAddress | replace: ":", "-" }} inst.cmdline
      {% if parameters.console %}console={{ parameters.console }}{% endif %}`,
    configFormat: "KICKSTART",
    template: "almalinux-9.ks.liquid",
    parameters: {
      baseOs: "https://repo.almalinux.org/almalinux/9/BaseOS/x86_64/os/",
      appStream: "https://repo.almalinux.org/almalinux/9/AppStream/x86_64/os/",
      proxy: "",
      locale: "en_US.UTF-8",
      keyboard: "us",
      timezone: "Etc/UTC",
      ntpServer: "",
      disk: "",
      partitioning: "lvm",
      rootPasswordHash: "",
      sshAuthorizedKeys: [],
      packages: ["@^minimal-environment", "openssh-server"],
      console: "",
      kernelArguments: [],
      powerOff: false,
    },
  },
];

/** The text of a profile's configuration template. tsc copies no such file, so it is read where the source is. */
export function shippedTemplate(profile: ShippedProfile): string {
  return readFileSync(join(packageRoot, "src/install/shipped", profile.template), "utf8");
}
