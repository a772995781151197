import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Bridge } from "./bridge.js";
import { Program, run } from "./program.js";

/** A switch that relays DHCP: ISC's, with `-a`, which adds the port's name as circuit id. Its ports are its own cards. */
export class Relay {
  readonly #host: Program;
  readonly #dhcrelay: Program;
  #leases = 0;

  private constructor(
    host: Program,
    dhcrelay: Program,
    /** giaddr, and where it is managed. */
    readonly address: string,
    private readonly folder: string,
  ) {
    this.#host = host;
    this.#dhcrelay = dhcrelay;
  }

  /** Plugged into the lab's bridge, with one card for each port, all on a bridge of its own. */
  static async start(bridge: Bridge, folder: string, ports: readonly string[]): Promise<Relay> {
    const host = new Program("relay's host", "unshare", ["--net", "sleep", "infinity"]);
    const uplink = bridge.plugInHost();
    await uplink.moveTo(host.pid);
    const inside = (...words: string[]) => run("nsenter", `--net=/proc/${host.pid}/ns/net`, ...words);
    await inside("ip", "address", "add", `${uplink.address}/24`, "dev", uplink.card);
    for (const card of ["lo", uplink.card]) await inside("ip", "link", "set", card, "up");
    // dhcrelay has one giaddr for each port, from the port's address.
    for (const [i, port] of ports.entries()) {
      await inside("ip", "link", "add", port, "type", "veth", "peer", "name", `far${i}`);
      await inside("ip", "address", "add", `${bridge.relayed}.1/24`, "dev", port);
      await inside("ip", "link", "set", port, "up");
    }
    await run("ip", "route", "add", `${bridge.relayed}.0/24`, "via", uplink.address);
    const dhcrelay = new Program("dhcrelay", "nsenter", [
      `--net=/proc/${host.pid}/ns/net`,
      ...["dhcrelay", "-4", "-d", "-a", "--no-pid", "-iu", uplink.card],
      ...ports.flatMap((port) => ["-id", port]),
      bridge.address,
    ]);
    await dhcrelay.messages.waitFor(/Sending on +Socket/, 10);
    return new Relay(host, dhcrelay, `${bridge.relayed}.1`, folder);
  }

  /** A client with this MAC address at a port asks for an address. @returns how many seconds that took */
  async lease(port: number, macAddress: string): Promise<number> {
    const inside = [`--net=/proc/${this.#host.pid}/ns/net`];
    const card = `far${port}`;
    await run("nsenter", ...inside, "ip", "link", "set", card, "address", macAddress, "up");
    const conf = join(this.folder, "dhclient.conf");
    writeFileSync(conf, "initial-delay 0;\ninitial-interval 1;\nbackoff-cutoff 1;\ntimeout 30;\n");
    const began = performance.now();
    const client = new Program("dhclient", "nsenter", [
      ...[...inside, "dhclient", "-4", "-1", "-d", "--no-pid", "-sf", "/bin/true", "-cf", conf],
      ...["-lf", join(this.folder, `leases-${this.#leases++}`), card],
    ]);
    try {
      await client.messages.waitFor(/bound to/, 40);
      return (performance.now() - began) / 1_000;
    } finally {
      await client.stop();
    }
  }

  async stop(): Promise<void> {
    for (const each of [this.#dhcrelay, this.#host]) await each.stop();
  }
}
