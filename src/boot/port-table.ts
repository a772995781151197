import { randomInt } from "node:crypto";
import type { MacAddress } from "../machine/mac-address.js";

/** Words of a place: the MAC address' last four octets; its first two with the marks; the number that it stands for. */
const WORDS = 3;
const USED = 1 << 16;
const DISPUTED = 1 << 17;
const FIRST_PLACES = 1 << 10;

/**
 * MAC address → number. With a Map of strings, and arrays of them in its entries, the directory of a million machines took half as
 * much memory again.
 *
 * Open addressing with linear probing, at most two thirds full; whoever leaves is followed by those that had to go on.
 */
export class PortTable {
  private places = FIRST_PLACES;
  private words = new Int32Array(WORDS * FIRST_PLACES);
  private used = 0;
  /** Machines choose their addresses, so nobody else may know which of them meet at one place. */
  private readonly factor = randomInt(1 << 30) * 2 + 1;

  /** @returns undefined for a MAC address that is not there */
  get(mac: MacAddress): { readonly value: number; readonly disputed: boolean } | undefined {
    const at = this.find(lastFour(mac), firstTwo(mac));
    const marks = this.words[at + 1] ?? 0;
    if ((marks & USED) === 0) return undefined;
    return { value: this.words[at + 2] ?? 0, disputed: (marks & DISPUTED) !== 0 };
  }

  /** `value` is an integer of 31 bits. */
  set(mac: MacAddress, value: number, disputed: boolean): void {
    const low = lastFour(mac);
    const high = firstTwo(mac);
    let at = this.find(low, high);
    if (((this.words[at + 1] ?? 0) & USED) === 0) {
      if (3 * (this.used + 1) > 2 * this.places) {
        this.grow();
        at = this.find(low, high);
      }
      this.used++;
    }
    this.put(at, low, high | USED | (disputed ? DISPUTED : 0), value);
  }

  delete(mac: MacAddress): void {
    let hole = this.find(lastFour(mac), firstTwo(mac));
    if (((this.words[hole + 1] ?? 0) & USED) === 0) return;
    this.used--;
    for (let at = this.next(hole); ((this.words[at + 1] ?? 0) & USED) !== 0; at = this.next(at)) {
      const [low = 0, marks = 0, value = 0] = [this.words[at], this.words[at + 1], this.words[at + 2]];
      const home = this.home(low, marks & 0xffff);
      // It may move into the hole unless its own place lies behind the hole, on its way from there.
      const isBetween = hole < at ? home > hole && home <= at : home > hole || home <= at;
      if (isBetween) continue;
      this.put(hole, low, marks, value);
      hole = at;
    }
    this.put(hole, 0, 0, 0);
  }

  private find(low: number, high: number): number {
    const { words } = this;
    let at = this.home(low, high);
    for (let marks = words[at + 1] ?? 0; (marks & USED) !== 0; marks = words[at + 1] ?? 0) {
      if (words[at] === low && (marks & 0xffff) === high) break;
      at = this.next(at);
    }
    return at;
  }

  private home(low: number, high: number): number {
    let hash = low ^ Math.imul(high, this.factor);
    hash = Math.imul(hash ^ (hash >>> 16), this.factor);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return WORDS * ((hash ^ (hash >>> 16)) & (this.places - 1));
  }

  private next(at: number): number {
    return at + WORDS === this.words.length ? 0 : at + WORDS;
  }

  private put(at: number, low: number, marks: number, value: number): void {
    this.words[at] = low;
    this.words[at + 1] = marks;
    this.words[at + 2] = value;
  }

  private grow(): void {
    const before = this.words;
    this.places *= 2;
    this.words = new Int32Array(WORDS * this.places);
    for (let at = 0; at < before.length; at += WORDS) {
      const [low = 0, marks = 0, value = 0] = [before[at], before[at + 1], before[at + 2]];
      if ((marks & USED) !== 0) this.put(this.find(low, marks & 0xffff), low, marks, value);
    }
  }
}

function firstTwo(mac: MacAddress): number {
  return (octet(mac, 0) << 8) | octet(mac, 3);
}

function lastFour(mac: MacAddress): number {
  return (octet(mac, 6) << 24) | (octet(mac, 9) << 16) | (octet(mac, 12) << 8) | octet(mac, 15);
}

function octet(mac: MacAddress, at: number): number {
  return (digit(mac.charCodeAt(at)) << 4) | digit(mac.charCodeAt(at + 1));
}

/** Of a lower-case letter or a decimal digit. */
function digit(code: number): number {
  return code > 0x39 ? code - 0x57 : code - 0x30;
}
