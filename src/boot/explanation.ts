import type { CallerError } from "../errors.js";
import type { MacAddress } from "../machine/mac-address.js";
import type { BootPlatform } from "./boot-format.js";
import { RULES, type BootDecision } from "./decision.js";

/** What a machine's screen shows and does next, for whoever asks at a desk why it did that. */
const THEN: Readonly<Record<BootPlatform, Readonly<Record<BootDecision["action"], string>>>> = {
  BIOS: {
    register: "it gets the registration script",
    wait: "it asks again by itself every few seconds",
    local: "the first disk is started; without a system there it asks again every 10 seconds",
    menu: "the first disk is started; without a system there it asks again every 10 seconds",
    install: "",
  },
  EFI: {
    register: "it gets the registration script",
    wait: "it asks again by itself every few seconds",
    local: "it goes back to its firmware, which goes on with the next boot option",
    menu: "it goes back to its firmware, which goes on with the next boot option",
    install: "",
  },
};

export interface Explanation {
  readonly action: string;
  readonly rule: string;
  readonly reason: string;
}

/** Who it is, which rule decides, and what happens then: one sentence for somebody who is woken up by it. */
export function explainDecision(
  decided: BootDecision | CallerError,
  mac: MacAddress,
  platform: BootPlatform,
): Explanation {
  if (decided instanceof Error) {
    const reason = `${mac}: the machine is to be installed, and its kernel line cannot be written: ${decided.message}`;
    return { action: "none", rule: "UNPRINTABLE", reason };
  }
  const { action, rule } = decided;
  const who = decided.action === "register" ? mac : decided.name;
  const then = decided.action === "install" ? decided.installer.title : THEN[platform][action];
  return { action, rule, reason: `${who}: ${RULES[rule]} (${then})` };
}
