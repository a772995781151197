import { execFile } from "node:child_process";
import { copyFile, lstat, mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { InvalidInput } from "../../errors.js";
import { parseName } from "../../name.js";
import { checkSum } from "./image-checksum.js";
import { layoutOf, LAYOUTS, type Match } from "./image-layouts.js";

const run = promisify(execFile);
const LISTING_BYTES = 64 * 1024 * 1024;

export interface ImportOptions {
  readonly sha256?: string | undefined;
  readonly sums?: string | undefined;
  /** Take it without a checksum. */
  readonly unchecked?: boolean | undefined;
}

export interface Imported {
  readonly title: string;
  /** Paths under /images/, in the order of the alphabet. */
  readonly files: readonly string[];
}

/**
 * Puts what boots from an ISO, an archive or a folder under `images/NAME`: all of it, or, when anything fails, nothing.
 *
 * @throws InvalidInput for a wrong checksum, and for what holds nothing that is known to boot
 */
export async function importImage(
  images: string,
  given: string,
  source: string,
  options: ImportOptions,
): Promise<Imported> {
  const name = parseName("image", given);
  const isFolder = await stat(source).then(
    (found) => found.isDirectory(),
    () => {
      throw new InvalidInput(`there is no ${source}`);
    },
  );
  await checkSource(source, isFolder, options);
  await mkdir(images, { recursive: true });
  // Beside its place, so that it can be renamed, and with a dot, so that /images never serves it.
  const fresh = await mkdtemp(join(images, `.${name}.`));
  try {
    const match = isFolder ? await copyTree(source, fresh) : await unpack(source, fresh);
    const files = (await filesBelow(fresh)).map((file) => `/images/${name}/${file}`).sort();
    await putInPlace(fresh, join(images, name));
    return { title: match.layout.title, files };
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

async function checkSource(source: string, isFolder: boolean, options: ImportOptions): Promise<void> {
  if (options.unchecked) return;
  if (options.sha256 === undefined && options.sums === undefined) {
    throw new InvalidInput("give its checksum with --sha256 or --sums SHA256SUMS, or say --unchecked");
  }
  if (!isFolder) return checkSum(source, options);
  if (options.sums === undefined)
    throw new InvalidInput("a folder has no checksum; give --sums SHA256SUMS of its files");
  const found = layoutOf(await filesBelow(source));
  for (const file of found?.files.keys() ?? []) await checkSum(join(source, file), { sums: options.sums });
}

/** ISO 9660, tar and what else libarchive reads. */
async function unpack(source: string, into: string): Promise<Match> {
  const listed = await bsdtar(["-tf", source]);
  const names = new Map(listed.split("\n").map((path) => [path.replace(/^\.\//, ""), path]));
  const match = matchOf([...names.keys()], source);
  const { also } = match.layout;
  const wanted = also === "everything" ? [] : [...match.files.keys()].map((path) => names.get(path) ?? path);
  const raw = join(into, ".raw");
  await mkdir(raw);
  // Without -P libarchive refuses paths that lead out of the folder.
  await bsdtar(["-xf", source, "-C", raw, "--no-same-owner", "--no-same-permissions", ...wanted]);
  await arrange(match, raw, into);
  await run("chmod", ["-R", "u+rwX", raw]);
  await rm(raw, { recursive: true });
  if (also === "installer.iso") await copyFile(source, join(into, "installer.iso"));
  return match;
}

async function copyTree(source: string, into: string): Promise<Match> {
  const match = matchOf(await filesBelow(source), source);
  await arrange(match, source, into);
  return match;
}

async function arrange({ layout, files }: Match, from: string, into: string): Promise<void> {
  if (layout.also === "everything") {
    // ISO 9660 shouts, and ESXi's boot.cfg and SystemRescue ask in small letters.
    for (const file of await filesBelow(from)) await copyRegular(join(from, file), join(into, file.toLowerCase()));
  }
  for (const [path, name] of files) await copyRegular(join(from, path), join(into, name));
}

async function copyRegular(from: string, to: string): Promise<void> {
  if (!(await lstat(from)).isFile()) throw new InvalidInput(`${basename(from)} is no plain file`);
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
}

function matchOf(paths: readonly string[], source: string): Match {
  const match = layoutOf(paths);
  if (match !== undefined) return match;
  const known = LAYOUTS.map(({ title }) => title).join(", ");
  throw new InvalidInput(`${source} holds nothing that is known to boot; known are ${known}`);
}

async function filesBelow(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((each) => each.isFile()).map((each) => relative(folder, join(each.parentPath, each.name)));
  return files.map((file) => file.split(sep).join("/"));
}

/** A machine that asks in between the two renames is told there is none, and asks again. */
async function putInPlace(fresh: string, place: string): Promise<void> {
  const old = `${fresh}.old`;
  const hadOne = await rename(place, old).then(
    () => true,
    () => false,
  );
  try {
    await rename(fresh, place);
  } catch (error) {
    if (hadOne) await rename(old, place);
    throw error;
  }
  await rm(old, { recursive: true, force: true });
}

async function bsdtar(args: readonly string[]): Promise<string> {
  try {
    return (await run("bsdtar", args, { maxBuffer: LISTING_BYTES })).stdout;
  } catch (error) {
    const { code, stderr = "" } = error as { code?: string | number; stderr?: string };
    if (code === "ENOENT") throw new InvalidInput("bsdtar is needed to read it: apt-get install libarchive-tools");
    throw new InvalidInput(`bsdtar cannot read it: ${stderr.trim().split("\n")[0] ?? ""}`);
  }
}
