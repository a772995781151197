import { join } from "node:path";
import { NotFound } from "../errors.js";

/** Where an unpacked ESXi image lies: its boot program is some folders below. */
export function esxiImage(kernel: string, images: string, base: string): { folder: string; prefix: string } {
  const [, name] = /^\/images\/([^/]+)\//.exec(kernel) ?? [];
  if (name === undefined)
    throw new NotFound("an ESXi profile's kernel is under /images/NAME/, with boot.cfg in that folder");
  return { folder: join(images, name), prefix: `${base}/images/${name}` };
}

/**
 * The image's own boot.cfg for the network: its files are named from the root of the installation medium, and have to be
 * named from `prefix`; the medium itself is not looked for.
 */
export function printBootCfg(original: string, prefix: string, answers: string): string {
  const lines = original.split(/\r?\n/).filter((line) => !/^prefix=/.test(line));
  const printed = lines.map((line) => {
    const [, name = "", value = ""] = /^(kernel|modules|kernelopt)=(.*)$/.exec(line) ?? [];
    if (name === "") return line;
    if (name !== "kernelopt") return `${name}=${value.replaceAll(/(^|\s)\//g, "$1")}`;
    const kept = value.split(/\s+/).filter((word) => word !== "" && word !== "cdromBoot" && !word.startsWith("ks="));
    return `kernelopt=${[...kept, `ks=${answers}`].join(" ")}`;
  });
  if (!printed.some((line) => line.startsWith("kernelopt="))) printed.push(`kernelopt=ks=${answers}`);
  return `prefix=${prefix}\n${printed.join("\n").trimEnd()}\n`;
}
