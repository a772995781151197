import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Bridge } from "./bridge.js";
import { GraphqlClient } from "./graphql.js";
import { plainGet } from "./plain-http.js";
import { eventually, Program } from "./program.js";
import type { Transcript } from "./transcript.js";

/** What a lab may set; the names are the server's own. */
export interface KickrackSettings {
  readonly KICKRACK_DNSMASQ_MODE?: "ipxe" | "pxelinux";
  readonly KICKRACK_DNSMASQ_UEFI?: "ipxe" | "grub";
  readonly KICKRACK_DNSMASQ_DHCP?: "own" | "proxy";
  readonly KICKRACK_DNSMASQ_EVENTS?: "off" | "new" | "all";
  readonly KICKRACK_SWITCH_SCAN_SECONDS?: string;
}

/** The folders of one lab. Kickrack makes those that it writes. */
export interface KickrackFolders {
  readonly data: string;
  readonly exports: string;
  readonly tftpRoot: string;
  readonly images: string;
  readonly dnsmasqPidFile: string;
}

function cliFile(): string {
  const cli = process.env["KICKRACK_LAB_CLI"] ?? join(process.cwd(), "dist/kickrack/cli.js");
  if (!existsSync(cli)) throw new Error(`${cli} is missing; run npm run build first`);
  return cli;
}

/** Runs another command of the built program to its end. @throws with what it wrote to standard error */
export function runKickrack(folders: KickrackFolders, ...args: string[]): string {
  const env = { PATH: process.env["PATH"], KICKRACK_DATA: folders.data, KICKRACK_IMAGES: folders.images };
  return execFileSync(process.execPath, [cliFile(), ...args], { env, encoding: "utf8" });
}

/** The built server, started as an operator starts it: environment in, two listeners and a log out. */
export class Kickrack {
  readonly #program: Program;

  private constructor(
    program: Program,
    readonly api: GraphqlClient,
    /** What machines are told. */
    readonly bootUrl: string,
  ) {
    this.#program = program;
  }

  static async start(bridge: Bridge, folders: KickrackFolders, settings: KickrackSettings): Promise<Kickrack> {
    const cli = cliFile();
    const control = `127.0.0.1:${9000 + Number(bridge.network.split(".")[2])}`;
    const program = new Program("Kickrack", process.execPath, [cli, "serve"], {
      PATH: process.env["PATH"],
      KICKRACK_BOOT_LISTEN: `${bridge.address}:9393`,
      KICKRACK_CONTROL_LISTEN: control,
      KICKRACK_DATA: folders.data,
      KICKRACK_EXPORTS: folders.exports,
      KICKRACK_TFTP_ROOT: folders.tftpRoot,
      KICKRACK_IMAGES: folders.images,
      KICKRACK_DNSMASQ_RELOAD: folders.dnsmasqPidFile,
      ...settings,
    });
    try {
      const [token] = await program.output.waitFor(/kr_[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+/, 30);
      const kickrack = new Kickrack(
        program,
        new GraphqlClient(`http://${control}`, token),
        `http://${bridge.address}:9393`,
      );
      const written = ["kickrack.conf", "hostsfile"].map((name) => join(folders.exports, "dnsmasq", name));
      await eventually("Kickrack serves both planes and has written what dnsmasq needs", 20, async () => {
        const planes = [`${kickrack.bootUrl}/healthz`, `http://${control}/healthz`];
        const answers = await Promise.all(planes.map((url) => plainGet(url)));
        return answers.every(({ status }) => status === 200) && written.every((file) => existsSync(file));
      });
      return kickrack;
    } catch (error) {
      await program.stop();
      throw error;
    }
  }

  get pid(): number {
    return this.#program.pid;
  }

  get log(): Transcript {
    return this.#program.messages;
  }

  stop(): Promise<void> {
    return this.#program.stop();
  }
}
