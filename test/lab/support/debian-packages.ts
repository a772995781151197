import { existsSync } from "node:fs";

const INSTALLER_FOLDER = "/usr/lib/debian-installer/images/12/amd64/text/debian-installer/amd64";

export const INSTALLER = { kernel: `${INSTALLER_FOLDER}/linux`, initrd: `${INSTALLER_FOLDER}/initrd.gz` };

export const OVMF = { code: "/usr/share/OVMF/OVMF_CODE.fd", vars: "/usr/share/OVMF/OVMF_VARS.fd" };

/** What the firmware asks for by TFTP, under the names it asks for. */
export const TFTP_FILES = [
  "/usr/lib/ipxe/undionly.kpxe",
  "/usr/lib/ipxe/snponly.efi",
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
  [OVMF.code, "ovmf"],
  ["/usr/sbin/dnsmasq", "dnsmasq-base"],
  ["/sbin/ip", "iproute2"],
  ["/usr/lib/PXELINUX/pxelinux.0", "pxelinux"],
  ["/usr/lib/syslinux/modules/bios/ldlinux.c32", "syslinux-common"],
  [INSTALLER.kernel, "debian-installer-12-netboot-amd64"],
];

/** @throws naming every package that is missing */
export function checkPackages(): void {
  const missing = PACKAGE_OF.filter(([file]) => !existsSync(file)).map(([, name]) => name);
  if (missing.length > 0) throw new Error(`the labs need more programs: apt-get install ${missing.join(" ")}`);
}
