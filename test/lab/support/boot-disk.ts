import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { SIGNED } from "./debian-packages.js";

const SECTOR = 512;

/** A disk that BIOS boots: it says one sentence on the first serial port and halts. The value is for `Hardware.disk`. */
export function writeBiosDisk(file: string, sentence: string): string {
  const disk = Buffer.alloc(2048 * SECTOR);
  biosBootSector(sentence).copy(disk);
  writeFileSync(file, disk);
  return file;
}

/** The same for UEFI: a folder that QEMU shows to the machine as a disk with a FAT file system, and in it this file. */
export function writeUefiDisk(folder: string, loader: string, sentence: string): string {
  const file = join(folder, loader);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, uefiApplication(sentence));
  return `fat:rw:${folder}`;
}

/** What Secure Boot starts: Debian's signed shim and GRUB, where Debian's installer puts them. */
export function writeSignedDisk(folder: string, sentence: string): string {
  const [loaders, grub] = ["EFI/debian", "debian-installer/amd64/grub"].map((name) => join(folder, name)) as [
    string,
    string,
  ];
  for (const each of [loaders, grub]) mkdirSync(each, { recursive: true });
  copyFileSync(SIGNED.shim, join(loaders, "shimx64.efi"));
  copyFileSync(SIGNED.grub, join(loaders, "grubx64.efi"));
  writeFileSync(join(grub, "grub.cfg"), `echo '${sentence}'\nsleep 600\n`);
  return `fat:rw:${folder}`;
}

/** The BIOS loads these 512 bytes to 0000:7c00 and runs them as 16-bit code. */
function biosBootSector(sentence: string): Buffer {
  const code = Buffer.from([
    ...[0xfa], //             00 cli
    ...[0x31, 0xc0], //       01 xor ax, ax
    ...[0x8e, 0xd8], //       03 mov ds, ax
    ...[0xfc], //             05 cld
    ...[0xbe, 0x22, 0x7c], // 06 mov si, 7c22      the sentence, behind the code
    ...[0xac], //             09 lodsb
    ...[0x84, 0xc0], //       0a test al, al
    ...[0x74, 0x11], //       0c jz 1f
    ...[0x88, 0xc4], //       0e mov ah, al
    ...[0xba, 0xfd, 0x03], // 10 mov dx, 03fd      COM1's line status
    ...[0xec], //             13 in al, dx
    ...[0xa8, 0x20], //       14 test al, 20       transmitter empty
    ...[0x74, 0xfb], //       16 jz 13
    ...[0xb2, 0xf8], //       18 mov dl, f8        COM1's data
    ...[0x88, 0xe0], //       1a mov al, ah
    ...[0xee], //             1c out dx, al
    ...[0xeb, 0xea], //       1d jmp 09
    ...[0xf4], //             1f hlt
    ...[0xeb, 0xfd], //       20 jmp 1f
  ]);
  const sector = Buffer.alloc(SECTOR);
  code.copy(sector);
  sector.write(`\r\n${sentence}\r\n\0`, code.length, "latin1");
  sector.writeUInt16LE(0xaa55, 510); // without this signature the BIOS tries the next device
  return sector;
}

/** A PE32+ image of one section that prints with the firmware's own console. */
function uefiApplication(sentence: string): Buffer {
  const code = Buffer.from([
    ...[0x48, 0x83, 0xec, 0x28], //                   00 sub rsp, 28
    ...[0x48, 0x8b, 0x4a, 0x40], //                   04 mov rcx, [rdx + 40]   system table -> ConOut
    ...[0x48, 0x8d, 0x15, 0x06, 0x00, 0x00, 0x00], // 08 lea rdx, [rip + 06]   the sentence, behind the code
    ...[0xff, 0x51, 0x08], //                         0f call [rcx + 08]       OutputString
    ...[0xf4], //                                     12 hlt
    ...[0xeb, 0xfd], //                               13 jmp 12
  ]);
  const section = Buffer.concat([code, Buffer.from(`\r\n${sentence}\r\n\0`, "utf16le")]);

  const HEADERS = 0x200; // bytes in the file before the section
  const ADDRESS = 0x1000; // of the section in memory
  const PE = 0x40;
  const OPTIONAL = PE + 24;
  const OPTIONAL_SIZE = 112 + 16 * 8;
  const SECTION = OPTIONAL + OPTIONAL_SIZE;
  const image = Buffer.alloc(HEADERS + 2 * SECTOR);
  image.write("MZ", 0, "latin1");
  image.writeUInt32LE(PE, 0x3c);

  image.write("PE", PE, "latin1");
  image.writeUInt16LE(0x8664, PE + 4); // machine: x86-64
  image.writeUInt16LE(1, PE + 6); // sections
  image.writeUInt16LE(OPTIONAL_SIZE, PE + 20);
  image.writeUInt16LE(0x0022, PE + 22); // executable, may lie above 2 GB

  image.writeUInt16LE(0x020b, OPTIONAL); // PE32+
  image.writeUInt32LE(section.length, OPTIONAL + 4);
  image.writeUInt32LE(ADDRESS, OPTIONAL + 16); // entry point
  image.writeUInt32LE(ADDRESS, OPTIONAL + 20);
  image.writeUInt32LE(0x1000, OPTIONAL + 32); // section alignment
  image.writeUInt32LE(SECTOR, OPTIONAL + 36); // file alignment
  image.writeUInt32LE(ADDRESS + 0x1000, OPTIONAL + 56); // size in memory
  image.writeUInt32LE(HEADERS, OPTIONAL + 60);
  image.writeUInt16LE(10, OPTIONAL + 68); // subsystem: EFI application
  image.writeUInt32LE(16, OPTIONAL + 108); // data directories, all empty

  image.write(".text", SECTION, "latin1");
  image.writeUInt32LE(section.length, SECTION + 8);
  image.writeUInt32LE(ADDRESS, SECTION + 12);
  image.writeUInt32LE(2 * SECTOR, SECTION + 16);
  image.writeUInt32LE(HEADERS, SECTION + 20);
  image.writeUInt32LE(0x60000020, SECTION + 36); // code, readable, executable
  section.copy(image, HEADERS);
  return image;
}
