import { existsSync } from "node:fs";

const folderOf = (arch: "amd64" | "arm64") =>
  `/usr/lib/debian-installer/images/12/${arch}/text/debian-installer/${arch}`;

export const INSTALLER = { kernel: `${folderOf("amd64")}/linux`, initrd: `${folderOf("amd64")}/initrd.gz` };
export const INSTALLER_ARM64 = { kernel: `${folderOf("arm64")}/linux`, initrd: `${folderOf("arm64")}/initrd.gz` };

/** The firmware of a machine, and what it remembers when it is new. */
export const EFI = {
  uefi: { code: "/usr/share/OVMF/OVMF_CODE.fd", vars: "/usr/share/OVMF/OVMF_VARS.fd" },
  /** Secure Boot is on, with Microsoft's keys. */
  secure: { code: "/usr/share/OVMF/OVMF_CODE_4M.secboot.fd", vars: "/usr/share/OVMF/OVMF_VARS_4M.ms.fd" },
  arm64: { code: "/usr/share/AAVMF/AAVMF_CODE.fd", vars: "/usr/share/AAVMF/AAVMF_VARS.fd" },
} as const;

/** Both signed, as is the installer's kernel: by Microsoft and by Debian. GRUB's folder is debian-installer/amd64/grub. */
export const SIGNED = {
  shim: `${folderOf("amd64")}/bootnetx64.efi`,
  grub: `${folderOf("amd64")}/grubx64.efi`,
};

/** What UEFI boots, under the names it asks for. */
export const EFI_LOADERS: ReadonlyArray<readonly [name: string, file: string]> = [
  ["snponly.efi", "/usr/lib/ipxe/snponly.efi"],
  ["shimx64.efi", SIGNED.shim],
  ["grubx64.efi", SIGNED.grub],
  ["shimaa64.efi", `${folderOf("arm64")}/bootnetaa64.efi`],
  ["grubaa64.efi", `${folderOf("arm64")}/grubaa64.efi`],
];

/** http among them, where GRUB looks for it by TFTP. */
export const GRUB_MODULES = {
  name: "debian-installer/arm64/grub/arm64-efi",
  folder: `${folderOf("arm64")}/grub/arm64-efi`,
};

/** What BIOS asks for by TFTP. */
export const BIOS_LOADERS = [
  "/usr/lib/ipxe/undionly.kpxe",
  "/usr/lib/PXELINUX/pxelinux.0",
  "/usr/lib/syslinux/modules/bios/ldlinux.c32",
  "/usr/lib/syslinux/modules/bios/libcom32.c32",
  "/usr/lib/syslinux/modules/bios/libutil.c32",
  "/usr/lib/syslinux/modules/bios/menu.c32",
];

const PACKAGE_OF: ReadonlyArray<readonly [file: string, name: string]> = [
  ["/usr/bin/qemu-system-x86_64", "qemu-system-x86"],
  ["/usr/lib/ipxe/qemu/pxe-virtio.rom", "ipxe-qemu"],
  ["/usr/lib/ipxe/undionly.kpxe", "ipxe"],
  [EFI.uefi.code, "ovmf"],
  ["/usr/lib/grub/x86_64-efi/chain.mod", "grub-efi-amd64-bin"],
  ["/usr/lib/grub/i386-pc/chain.mod", "grub-pc-bin"],
  ["/usr/bin/qemu-system-aarch64", "qemu-system-arm"],
  [EFI.arm64.code, "qemu-efi-aarch64"],
  [INSTALLER_ARM64.kernel, "debian-installer-12-netboot-arm64"],
  ["/usr/sbin/dnsmasq", "dnsmasq-base"],
  ["/sbin/ip", "iproute2"],
  ["/usr/lib/PXELINUX/pxelinux.0", "pxelinux"],
  ["/usr/lib/syslinux/modules/bios/ldlinux.c32", "syslinux-common"],
  [INSTALLER.kernel, "debian-installer-12-netboot-amd64"],
  ["/usr/sbin/dhcrelay", "isc-dhcp-relay"],
  ["/sbin/dhclient", "isc-dhcp-client"],
  ["/usr/bin/snmpsimd", "snmpsim"],
];

/** @throws naming every package that is missing */
export function checkPackages(): void {
  const missing = PACKAGE_OF.filter(([file]) => !existsSync(file)).map(([, name]) => name);
  if (missing.length > 0) throw new Error(`the labs need more programs: apt-get install ${missing.join(" ")}`);
}
