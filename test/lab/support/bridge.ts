import { readlink } from "node:fs/promises";
import { eventually, run } from "./program.js";

/** The switch of one lab: Kickrack and dnsmasq stand on it at `address`, each network card has a tap on it. */
export class Bridge {
  readonly name: string;
  readonly network: string;
  readonly address: string;
  readonly network6: string;
  /** Behind a DHCP relay, where there is one. */
  readonly relayed: string;
  #taps = 0;

  /** @param number tells labs apart: 10.77.number.0/24, and fd77:number::/64 for who asks for IPv6 */
  constructor(number: number) {
    this.name = `kr${number}`;
    this.network = `10.77.${number}`;
    this.address = `${this.network}.1`;
    this.relayed = `10.78.${number}`;
    this.network6 = `fd77:${number}::`;
  }

  async create(): Promise<void> {
    // forward_delay 0: a port passes frames as soon as it is up, before the firmware's first DHCPDISCOVER.
    await run("ip", "link", "add", this.name, "type", "bridge", "forward_delay", "0", "mcast_snooping", "0");
    await run("ip", "address", "add", `${this.address}/24`, "dev", this.name);
    await run("ip", "address", "add", `${this.network6}1/64`, "dev", this.name, "nodad");
    await run("ip", "link", "set", this.name, "up");
  }

  /** A cable: plugged into the bridge at one end, the other is for a machine's network card. */
  async createTap(): Promise<string> {
    const tap = `${this.name}t${this.#taps++}`;
    await run("ip", "tuntap", "add", "dev", tap, "mode", "tap");
    // A tap must be set up as well as enslaved, or nothing passes and nothing complains.
    await run("ip", "link", "set", tap, "master", this.name, "up");
    return tap;
  }

  /** A cable to another host: its end goes into the network namespace of that host's process. */
  plugInHost(): { card: string; address: string; moveTo: (pid: number) => Promise<void> } {
    const card = `${this.name}h0`;
    return {
      card,
      address: `${this.network}.2`,
      moveTo: async (pid) => {
        // The process has only just been started: until it is in a namespace of its own, moving there changes nothing.
        await eventually("the other host has a network of its own", 10, async () => {
          return (await readlink(`/proc/${pid}/ns/net`)) !== (await readlink("/proc/self/ns/net"));
        });
        const plug = `${this.name}t99`; // gone with the other host's network
        await run("ip", "link", "add", plug, "type", "veth", "peer", "name", card, "netns", String(pid));
        await run("ip", "link", "set", plug, "master", this.name, "up");
      },
    };
  }

  async remove(): Promise<void> {
    for (let i = 0; i < this.#taps; i++) await run("ip", "link", "delete", `${this.name}t${i}`);
    await run("ip", "link", "delete", this.name);
  }
}
