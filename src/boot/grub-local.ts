import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { InvalidInput } from "../errors.js";
import { DISK_CONFIG } from "./grub-disk.js";

const LOADERS = [
  {
    file: "grub-local.efi",
    format: "x86_64-efi",
    modules: ["part_gpt", "part_msdos", "fat"],
    folder: "/usr/lib/grub/x86_64-efi",
    package: "grub-efi-amd64-bin",
  },
  {
    file: "grub-local.pxe",
    format: "i386-pc-pxe",
    modules: ["biosdisk", "part_gpt", "part_msdos"],
    folder: "/usr/lib/grub/i386-pc",
    package: "grub-pc-bin",
  },
] as const;
const MODULES = ["normal", "test", "search", "search_fs_file", "chain", "echo", "sleep"];

/**
 * Makes the GRUBs of the local boot method GRUB from the host's own modules, in the folder of the images.
 *
 * @returns the names of those that could be made, and the packages that the others need
 * @throws InvalidInput when none could be made
 */
export async function makeGrubLocal(images: string): Promise<{ made: string[]; missing: string[] }> {
  const there = LOADERS.filter(({ folder }) => existsSync(folder));
  const missing = LOADERS.filter((each) => !there.includes(each)).map((each) => each.package);
  if (there.length === 0) throw new InvalidInput(`there is no GRUB here: apt-get install ${missing.join(" ")}`);
  await mkdir(images, { recursive: true });
  const work = await mkdtemp(join(images, ".grub-local-"));
  try {
    const config = join(work, "grub.cfg");
    await writeFile(config, DISK_CONFIG);
    for (const { file, format, folder, modules } of there) {
      const all = [...MODULES, ...modules].join(" ");
      const output = join(work, file);
      await promisify(execFile)("grub-mkstandalone", [
        ...[`--format=${format}`, `--directory=${folder}`, `--output=${output}`],
        ...["--locales=", "--fonts=", "--themes=", `--install-modules=${all}`, `--modules=${all}`],
        `boot/grub/grub.cfg=${config}`,
      ]);
      await rename(output, join(images, file));
    }
  } finally {
    await rm(work, { recursive: true });
  }
  return { made: there.map(({ file }) => file), missing };
}
