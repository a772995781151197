import { simulatedTarget } from "../../src/simulate.js";
import type { Random } from "../support/random.js";

const SEPARATORS = [
  "/",
  "//",
  "?",
  "&",
  "=",
  "%",
  "#",
  "+",
  ".",
  "..",
  "%2F",
  "%2f..%2f",
  ";",
  "\\",
  "${mac}",
  "||",
  "'",
  '"',
];
const NAMES = ["uuid", "asset", "board", "platform", "arch", "version", "mac", "mac0", "mac7", "serial", "lldp_port"];
const ROUTES = [
  "/inventory/",
  "/inventory?",
  "/inventory",
  "/boot/",
  "/SNreg.ipxe",
  "/pxelinux.cfg/01-",
  "/grub/grub.cfg-",
  "/install/preseed.cfg?",
  "/images/",
  "/healthz",
  "/",
];

/** Targets in which every byte may be wrong, up to `lastByte`: Node's HTTP parser refuses 0x80 and above by itself. */
export class RandomTargets {
  constructor(
    private readonly random: Random,
    private readonly lastByte: 0x7e | 0xff,
  ) {}

  /** A target of /inventory, for its parser: a real machine's with mistakes, or pieces in any order. */
  inventory(): string {
    if (this.random.chance(0.5)) return this.mutated(simulatedTarget(this.random.below(500), 1));
    return `/inventory${this.random.pick(["/", "?"])}${this.pieces()}`;
  }

  /** A target of any address. */
  any(): string {
    const target = this.random.chance(0.6) ? this.inventory() : `${this.random.pick(ROUTES)}${this.pieces()}`;
    return target.slice(0, 12_000); // Node takes 16 KB of headers
  }

  private pieces(): string {
    const count = this.random.below(this.random.chance(0.01) ? 800 : 12);
    return this.random.list(count, () => this.piece()).join("");
  }

  private piece(): string {
    const { random } = this;
    switch (random.below(7)) {
      case 0:
        return random.pick(SEPARATORS);
      case 1:
        return this.mac();
      case 2:
        return `${random.pick(NAMES)}=`;
      case 3:
        return `%${"FFFFFF".repeat(random.below(3))}${random.below(256).toString(16).padStart(2, "0").toUpperCase()}`;
      case 4:
        return random.list(random.below(random.chance(0.05) ? 400 : 8), () => this.byte()).join("");
      case 5:
        return random.pick(["None", "To%20be%20filled%20by%20O.E.M.", "S1", "%00", "%0d%0a", "%1b[31m", "%E2%80%AE"]);
      default:
        return random.pick(["00000000-0000-0000-0000-000000000000", "4c4c4544-0035-5910-8052-b4c04f4d3353"]);
    }
  }

  private mac(): string {
    const { random } = this;
    const octets = random.list(6, () =>
      random
        .below(random.chance(0.5) ? 4 : 256)
        .toString(16)
        .padStart(2, "0"),
    );
    return octets.join(random.pick([":", "-", "", "%3A", "."]));
  }

  private byte(): string {
    const code = 0x21 + this.random.below(this.lastByte - 0x20);
    return code === 0x7f ? "%" : String.fromCharCode(code);
  }

  private mutated(target: string): string {
    let text = target;
    for (let i = this.random.below(4); i > 0; i--) {
      const at = this.random.below(text.length);
      const until = at + this.random.below(6);
      text = text.slice(0, at) + this.piece() + text.slice(until);
    }
    return text.startsWith("/inventory") ? text : `/inventory/${text}`;
  }
}
