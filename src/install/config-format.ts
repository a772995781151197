/** The files an installer fetches; `NONE` is for what fetches none, `SNIPPET` for a piece of templates. */
export const CONFIG_FORMATS = [
  "PRESEED",
  "KICKSTART",
  "AUTOINSTALL",
  "IGNITION",
  "AUTOYAST",
  "ESXI",
  "NONE",
  "SNIPPET",
] as const;
export type ConfigFormat = (typeof CONFIG_FORMATS)[number];

/** `KERNEL_ARGUMENTS` is what stands behind the kernel's name in a boot script. */
export type TemplateFormat = ConfigFormat | "KERNEL_ARGUMENTS";

/** What an installer is told to fetch its file from, under /install/; the token comes where `…` stands. */
export const CONFIG_PATHS: Readonly<Record<ConfigFormat, string>> = {
  PRESEED: "preseed.cfg?token=…",
  KICKSTART: "kickstart?token=…",
  // cloud-init adds user-data, meta-data and two more to what ends in a slash.
  AUTOINSTALL: "nocloud/…/",
  IGNITION: "ignition.json?token=…",
  AUTOYAST: "autoyast.xml?token=…",
  ESXI: "ks.cfg?token=…",
  NONE: "none?token=…",
  SNIPPET: "none?token=…",
};
