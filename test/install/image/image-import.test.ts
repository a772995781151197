import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { importImage } from "../../../src/install/image/image-import.js";

let folder = "";
let images = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kickrack-image-"));
  images = join(folder, "images");
  const made = folder;
  onTestFinished(() => rmSync(made, { recursive: true }));
});

function tree(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(folder, "tree-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

function archive(format: "iso9660" | "gnutar", files: Readonly<Record<string, string>>): string {
  const file = join(folder, format === "iso9660" ? "image.iso" : "netboot.tar");
  execFileSync("bsdtar", ["--format", format, "-cf", file, "-C", tree(files), "."]);
  return file;
}

const sha256 = (file: string) => createHash("sha256").update(readFileSync(file)).digest("hex");
const read = (path: string) => readFileSync(join(images, path), "utf8");

test("a netboot archive gives a kernel and an initrd, under the names that the profile has", async () => {
  const files = {
    "debian-installer/amd64/linux": "kernel",
    "debian-installer/amd64/initrd.gz": "initrd",
    version: "12",
  };
  const file = archive("gnutar", files);
  const imported = await importImage(images, "debian-12", file, { sha256: sha256(file).toUpperCase() });
  expect(imported.files).toEqual(["/images/debian-12/initrd.gz", "/images/debian-12/linux"]);
  expect([read("debian-12/linux"), read("debian-12/initrd.gz")]).toEqual(["kernel", "initrd"]);
  expect(readdirSync(images)).toEqual(["debian-12"]);
});

test("an ISO is read, one that installs from itself is kept whole, and a second import replaces the first", async () => {
  const ubuntu = (kernel: string) => archive("iso9660", { "casper/vmlinuz": kernel, "casper/initrd": "i" });
  for (const kernel of ["one", "two"]) {
    const file = ubuntu(kernel);
    const sums = join(folder, "SHA256SUMS");
    writeFileSync(sums, `${"0".repeat(64)} *other.iso\n${sha256(file)} *image.iso\n`);
    await importImage(images, "ubuntu-24.04", file, { sums });
    expect(read("ubuntu-24.04/vmlinuz")).toBe(kernel);
    expect(sha256(join(images, "ubuntu-24.04/installer.iso"))).toBe(sha256(file));
  }
  expect(readdirSync(images)).toEqual(["ubuntu-24.04"]);
});

test("an openSUSE tree gives its kernel and initrd by the names that the profile has", async () => {
  const source = tree({ "boot/x86_64/loader/linux": "k", "boot/x86_64/loader/initrd": "i", "boot/x86_64/root": "r" });
  const { files } = await importImage(images, "opensuse-leap-15.6", source, { unchecked: true });
  expect(files).toEqual(["/images/opensuse-leap-15.6/initrd", "/images/opensuse-leap-15.6/linux"]);
});

test("ESXi's ISO is unpacked as a whole, in small letters", async () => {
  const file = archive("iso9660", { "BOOT.CFG": "kernel=/b.b00\n", "B.B00": "k", "EFI/BOOT/BOOTX64.EFI": "e" });
  await importImage(images, "esxi-8", file, { unchecked: true });
  expect([read("esxi-8/boot.cfg"), read("esxi-8/efi/boot/bootx64.efi")]).toEqual(["kernel=/b.b00\n", "e"]);
});

test("what is not what was meant, or is nothing, changes nothing and says why", async () => {
  const good = tree({ "images/pxeboot/vmlinuz": "k", "images/pxeboot/initrd.img": "i" });
  await importImage(images, "almalinux-9", good, { unchecked: true });
  const file = archive("gnutar", { "images/pxeboot/vmlinuz": "evil", "images/pxeboot/initrd.img": "evil" });
  const sums = join(folder, "SHA256SUMS");
  writeFileSync(sums, `${"0".repeat(64)}  vmlinuz\n`);
  const refused = async (...given: [string, string, object]) => {
    await expect(importImage(images, ...given)).rejects.toThrow(
      expect.objectContaining({ name: "InvalidInput" }) as Error,
    );
    return importImage(images, ...given).catch((error: unknown) => (error as Error).message);
  };
  expect(await refused("almalinux-9", file, {})).toContain("give its checksum");
  expect(await refused("almalinux-9", file, { sha256: "0".repeat(64) })).toContain("is not what was meant");
  expect(await refused("almalinux-9", file, { sums })).toContain("says nothing of netboot.tar");
  expect(await refused("almalinux-9", good, { sums })).toContain("is not what was meant");
  expect(await refused("../x", file, { unchecked: true })).toContain("cannot name a image");
  expect(await refused("a", join(folder, "none"), { unchecked: true })).toContain("there is no");
  expect(await refused("a", tree({ readme: "x" }), { unchecked: true })).toContain("nothing that is known to boot");
  expect(await refused("a", archive("gnutar", { linux: "" }), { unchecked: true })).toContain("known to boot");
  writeFileSync(join(folder, "junk.iso"), "no archive");
  expect(await refused("a", join(folder, "junk.iso"), { unchecked: true })).toContain("bsdtar cannot read it");
  const linked = tree({ "initrd.gz": "i" });
  symlinkSync("/etc/passwd", join(linked, "linux"));
  expect(await refused("a", linked, { unchecked: true })).toContain("known to boot");
  expect([readdirSync(images), read("almalinux-9/vmlinuz")]).toEqual([["almalinux-9"], "k"]);
});
