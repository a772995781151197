/** Where a distribution keeps what boots its installer, and what its profile calls that. */
export interface ImageLayout {
  readonly title: string;
  /** Path in the source (the first match counts) → name under /images/NAME/. */
  readonly files: ReadonlyArray<readonly [source: RegExp, name: string]>;
  /** What is needed besides: everything, or the image itself under this name. */
  readonly also?: "everything" | "installer.iso";
}

// Paths as `bsdtar -t` lists them, without a leading "./".
export const LAYOUTS: readonly ImageLayout[] = [
  {
    title: "a Debian netboot archive",
    files: [
      [/(^|\/)debian-installer\/(amd64|arm64)\/linux$/, "linux"],
      [/(^|\/)debian-installer\/(amd64|arm64)\/initrd\.gz$/, "initrd.gz"],
    ],
  },
  {
    title: "an Ubuntu live server",
    files: [
      [/^casper\/(hwe-)?vmlinuz$/, "vmlinuz"],
      [/^casper\/(hwe-)?initrd$/, "initrd"],
    ],
    also: "installer.iso",
  },
  {
    title: "a Fedora, AlmaLinux, Rocky or CentOS tree",
    files: [
      [/(^|\/)images\/pxeboot\/vmlinuz$/, "vmlinuz"],
      [/(^|\/)images\/pxeboot\/initrd\.img$/, "initrd.img"],
    ],
  },
  {
    title: "an openSUSE or SUSE Linux Enterprise tree",
    files: [
      [/(^|\/)boot\/(x86_64|aarch64)\/(loader\/)?linux$/, "linux"],
      [/(^|\/)boot\/(x86_64|aarch64)\/(loader\/)?initrd$/, "initrd"],
    ],
  },
  {
    title: "Flatcar's network files",
    files: [
      [/(^|\/)flatcar_production_pxe\.vmlinuz$/, "flatcar_production_pxe.vmlinuz"],
      [/(^|\/)flatcar_production_pxe_image\.cpio\.gz$/, "flatcar_production_pxe_image.cpio.gz"],
    ],
  },
  {
    title: "SystemRescue",
    files: [
      [/^sysresccd\/boot\/x86_64\/vmlinuz$/i, "vmlinuz"],
      [/^sysresccd\/boot\/x86_64\/sysresccd\.img$/i, "sysresccd.img"],
    ],
    also: "everything",
  },
  { title: "an ESXi installer", files: [[/^boot\.cfg$/i, "boot.cfg"]], also: "everything" },
  {
    title: "Memtest86+",
    files: [[/(^|\/)memtest(86\+)?[^/]*\.(bin|efi)$/, "memtest.bin"]],
  },
  {
    title: "a kernel and its initrd",
    files: [
      [/^(linux|vmlinuz)$/, "linux"],
      [/^initrd(\.gz|\.img)?$/, "initrd.gz"],
    ],
  },
];

export interface Match {
  readonly layout: ImageLayout;
  /** Path in the source → name under /images/NAME/. */
  readonly files: ReadonlyMap<string, string>;
}

/** The first layout of which every file is there. */
export function layoutOf(paths: readonly string[]): Match | undefined {
  for (const layout of LAYOUTS) {
    const found = layout.files.map(([source, name]) => [paths.find((path) => source.test(path)), name] as const);
    if (found.some(([path]) => path === undefined)) continue;
    return { layout, files: new Map(found.map(([path, name]) => [path ?? "", name])) };
  }
  return undefined;
}
