import { closeSync, openSync, readSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { HEAD_BYTES, misfit, readBootImage } from "../../../src/install/image/boot-image.js";

const INSTALLERS = "/usr/lib/debian-installer/images/12";

function headOf(path: string): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  const file = openSync(path, "r");
  const length = readSync(file, head, 0, HEAD_BYTES, 0);
  closeSync(file);
  return head.subarray(0, length);
}

describe("what real kernels and boot programs say of themselves", () => {
  test.each([
    [`${INSTALLERS}/amd64/text/debian-installer/amd64/linux`, { architecture: "x86_64" }],
    [`${INSTALLERS}/arm64/text/debian-installer/arm64/linux`, { architecture: "arm64", firmware: "UEFI" }],
    ["/usr/lib/ipxe/ipxe.efi", { architecture: "x86_64", firmware: "UEFI" }],
    ["/usr/lib/ipxe/ipxe.lkrn", { architecture: "i386", firmware: "BIOS" }],
    [`${INSTALLERS}/amd64/text/debian-installer/amd64/initrd.gz`, {}],
  ])("%s", (path, image) => expect(readBootImage(headOf(path))).toEqual(image));

  test("an arm64 kernel without a stub has its mark alone, and an unheard-of machine its number", () => {
    const kernel = Buffer.alloc(64);
    kernel.write("ARMd", 0x38);
    expect(readBootImage(kernel)).toEqual({ architecture: "arm64" });
    const program = Buffer.alloc(128);
    program.write("MZ");
    program.writeUInt32LE(0x40, 0x3c);
    program.write("PE\0\0", 0x40, "latin1");
    program.writeUInt16LE(0x1234, 0x44);
    expect(readBootImage(program)).toEqual({ architecture: "PE machine 0x1234", firmware: "UEFI" });
  });

  test("what is short, or points out of the file, says nothing", () => {
    const lost = Buffer.alloc(64);
    lost.write("MZ");
    for (const at of [0, 63, 64, 0xffffffff]) {
      lost.writeUInt32LE(at, 0x3c);
      expect(readBootImage(lost)).toEqual({});
    }
    for (const length of [0, 1, 2, 61, 63]) expect(readBootImage(lost.subarray(0, length))).toEqual({});
  });
});

test.each([
  [{ architecture: "x86_64" }, "pcbios", "i386", undefined],
  [{ architecture: "x86_64" }, "efi", "x86_64", undefined],
  [{ architecture: "x86_64" }, null, null, undefined],
  [{ architecture: "x86_64" }, "efi", "arm64", "is for x86_64, and the machine is arm64"],
  [{ architecture: "x86_64" }, "efi", "i386", "is for x86_64, and the machine is i386"],
  [
    { architecture: "arm64", firmware: "UEFI" },
    "pcbios",
    "i386",
    "is a program for UEFI, and the machine boots by BIOS",
  ],
  [{ architecture: "arm64", firmware: "UEFI" }, "efi", "x86_64", "is for arm64, and the machine is x86_64"],
  [{ architecture: "i386", firmware: "BIOS" }, "efi", "x86_64", "starts by BIOS only, and the machine boots by UEFI"],
  [{ architecture: "i386", firmware: "BIOS" }, "pcbios", "x86_64", undefined],
  [{}, "efi", "arm64", undefined],
] as const)("%j on %s %s: %s", (image, platform, buildArch, why) => {
  expect(misfit(image, { platform, buildArch })).toBe(why);
});
