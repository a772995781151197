import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { DISK_CONFIG } from "../../src/boot/grub-disk.js";
import { makeGrubLocal } from "../../src/boot/grub-local.js";

test("the GRUBs of the method GRUB are made from this host's own, for UEFI and BIOS, and leave nothing else", async () => {
  const images = mkdtempSync(join(tmpdir(), "kickrack-grub-"));
  onTestFinished(() => rmSync(images, { recursive: true }));
  expect(await makeGrubLocal(images)).toEqual({ made: ["grub-local.efi", "grub-local.pxe"], missing: [] });
  expect(readdirSync(images).sort()).toEqual(["grub-local.efi", "grub-local.pxe"]);
  expect(readFileSync(join(images, "grub-local.efi")).subarray(0, 2).toString()).toBe("MZ");
});

test("GRUB's own parser takes what they run", () => {
  expect(spawnSync("grub-script-check", [], { input: DISK_CONFIG, encoding: "utf8" })).toMatchObject({ status: 0 });
});
