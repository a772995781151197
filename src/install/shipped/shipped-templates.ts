import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../package-root.js";
import type { ConfigFormat } from "../config-format.js";
import type { ParameterValue } from "../install-values.js";

/** A template that Kickrack brings along; profiles share it. */
export interface ShippedTemplate {
  readonly name: string;
  readonly format: ConfigFormat;
  /** The defaults; an empty text is "not set", and what has none has to be given. docs/profiles.md says what each means. */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

const EVERYWHERE = {
  locale: "en_US.UTF-8",
  keyboard: "us",
  timezone: "Etc/UTC",
  ntpServer: "",
  disk: "",
  rootPassword: "",
  rootPasswordHash: "",
  sshAuthorizedKeys: [],
  powerOff: false,
};

export const SHIPPED_TEMPLATES: readonly ShippedTemplate[] = [
  {
    name: "debian.preseed",
    format: "PRESEED",
    parameters: {
      ...EVERYWHERE,
      suite: "stable",
      mirrorHost: "deb.debian.org",
      mirrorDirectory: "/debian",
      mirrorProxy: "",
      updates: ["security", "updates"],
      securityHost: "security.debian.org",
      domain: "localdomain",
      reportBoot: true,
      partitioning: "regular",
      recipe: "atomic",
      tasks: ["standard"],
      packages: ["openssh-server"],
      console: "",
      kernelArguments: [],
    },
  },
  {
    name: "redhat.ks",
    format: "KICKSTART",
    parameters: {
      ...EVERYWHERE,
      release: 9,
      appStream: "",
      proxy: "",
      partitioning: "lvm",
      packages: ["@^minimal-environment", "openssh-server"],
      console: "",
      kernelArguments: [],
    },
  },
  {
    name: "suse.autoyast",
    format: "AUTOYAST",
    parameters: {
      ...EVERYWHERE,
      product: "Leap",
      proxy: "",
      patterns: ["base"],
      packages: ["openssh-server"],
      console: "",
      kernelArguments: [],
    },
  },
  {
    name: "ubuntu.user-data",
    format: "AUTOINSTALL",
    parameters: {
      ...EVERYWHERE,
      iso: "",
      mirror: "",
      proxy: "",
      partitioning: "lvm",
      packages: [],
      console: "",
    },
  },
  {
    name: "flatcar.ign",
    format: "IGNITION",
    parameters: { disk: "/dev/sda", channel: "stable", sshAuthorizedKeys: [], powerOff: false, console: "" },
  },
  {
    name: "esxi.ks",
    format: "ESXI",
    parameters: { disk: "", rootPassword: "" },
  },
  { name: "no-configuration", format: "NONE", parameters: {} },
];

/** The text of a template. tsc copies no such file, so it is read where the source is. */
export function shippedText({ name, format }: ShippedTemplate): string {
  return format === "NONE" ? "" : readFileSync(join(packageRoot, "src/install/shipped", `${name}.liquid`), "utf8");
}
