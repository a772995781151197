import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Bridge } from "./bridge.js";
import { Program } from "./program.js";
import type { Transcript } from "./transcript.js";

/** A real dnsmasq on a lab's bridge. Everything about booting comes from the file that Kickrack wrote. */
export class Dnsmasq {
  readonly #program: Program;

  private constructor(program: Program) {
    this.#program = program;
  }

  /** @param isProxy another DHCP server on the bridge gives out the addresses */
  static async start(
    bridge: Bridge,
    folder: string,
    pidFile: string,
    kickrackConf: string,
    isProxy: boolean,
  ): Promise<Dnsmasq> {
    const confFile = join(folder, "dnsmasq.conf");
    writeFileSync(
      confFile,
      [
        `interface=${bridge.name}`,
        "except-interface=lo",
        "bind-interfaces",
        "no-hosts",
        // No servers above us, but a name server all the same: without one the Debian installer stops and asks.
        "no-resolv",
        "domain=lab",
        isProxy
          ? `dhcp-range=${bridge.network}.0,proxy`
          : `dhcp-range=${bridge.network}.50,${bridge.network}.199,255.255.255.0,10m`,
        ...(isProxy ? [] : [`dhcp-range=${bridge.relayed}.50,${bridge.relayed}.99,255.255.255.0,10m`]),
        // Nobody else hands out addresses here, so none need be probed: that saves seconds of each boot.
        "dhcp-authoritative",
        "no-ping",
        // An iPXE that knows IPv6, as QEMU's ROM does, waits 16 s for a router's advertisement.
        "enable-ra",
        `dhcp-range=${bridge.network6},ra-only`,
        `dhcp-leasefile=${join(folder, "leases")}`,
        `conf-file=${kickrackConf}`,
        "",
      ].join("\n"),
    );
    const program = new Program("dnsmasq", "dnsmasq", [
      "--keep-in-foreground",
      "--user=root",
      "--log-dhcp",
      "--log-facility=-",
      `--conf-file=${confFile}`,
      `--pid-file=${pidFile}`,
    ]);
    const dnsmasq = new Dnsmasq(program);
    try {
      await dnsmasq.log.waitFor(/read .*hostsfile/, 10);
    } catch (error) {
      await dnsmasq.stop();
      throw error;
    }
    return dnsmasq;
  }

  /** A DHCP server that knows nothing of booting, on a host of its own behind the same bridge. */
  static async startForeign(bridge: Bridge): Promise<Dnsmasq> {
    const host = bridge.plugInHost();
    const serve = [
      ...["dnsmasq", "--keep-in-foreground", "--user=root", "--conf-file=/dev/null", "--port=0", "--no-ping"],
      ...["--log-dhcp", "--log-facility=-", "--dhcp-authoritative", "--leasefile-ro", `--interface=${host.card}`],
      `--dhcp-range=${bridge.network}.50,${bridge.network}.199,255.255.255.0,10m`,
    ];
    const set = `ip address add ${host.address}/24 dev ${host.card} && ip link set ${host.card} up`;
    const wait = `until ip link show ${host.card} >/dev/null 2>&1; do sleep 0.1; done`;
    const dnsmasq = new Dnsmasq(
      new Program("foreign dnsmasq", "unshare", ["--net", "sh", "-c", `${wait}; ${set} && exec ${serve.join(" ")}`]),
    );
    await host.moveTo(dnsmasq.pid);
    await dnsmasq.log.waitFor(/DHCP, IP range/, 10);
    return dnsmasq;
  }

  get log(): Transcript {
    return this.#program.messages;
  }

  get pid(): number {
    return this.#program.pid;
  }

  get running(): boolean {
    return this.#program.running;
  }

  stop(): Promise<void> {
    return this.#program.stop();
  }
}
