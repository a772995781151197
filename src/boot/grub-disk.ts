/**
 * The boot loaders of an EFI system partition, before what firmware starts of a disk without a boot option: Red Hat's
 * \EFI\BOOT makes a boot option of its own, puts it first and reboots.
 */
const VENDORS = "debian ubuntu redhat fedora rocky almalinux centos opensuse sles";

/** GRUB's commands that start the disk's own boot loader on UEFI. They end when no disk has one. */
export const START_EFI_DISK = `if [ "$grub_cpu" = arm64 ]; then
  set ending=aa64.efi
elif [ "$grub_cpu" = i386 ]; then
  set ending=ia32.efi
else
  set ending=x64.efi
fi
for vendor in ${VENDORS}; do
  for name in shim grub; do
    if search --no-floppy --set=root --file "/EFI/$vendor/$name$ending"; then
      if chainloader "/EFI/$vendor/$name$ending"; then boot; fi
    fi
  done
done
for name in Microsoft/Boot/bootmgfw.efi "BOOT/BOOT$ending"; do
  if search --no-floppy --set=root --file "/EFI/$name"; then
    if chainloader "/EFI/$name"; then boot; fi
  fi
done
`;

/** The same for BIOS: the boot sector of the first disk. */
export const START_BIOS_DISK = `set root=(hd0)
if chainloader +1; then boot; fi
`;

/** Of a GRUB that does nothing else: it stops a second for a person, and leaves when no disk has a boot loader. */
export const DISK_CONFIG = `if [ "$grub_platform" = efi ]; then
${indented(START_EFI_DISK, 2)}else
${indented(START_BIOS_DISK, 2)}fi
echo 'Kickrack: no disk has a boot loader.'
sleep 5
exit
`;

export function indented(commands: string, by: number): string {
  return commands.replace(/^(?=.)/gm, " ".repeat(by));
}
