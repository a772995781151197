import type { ShelfKind } from "../shelf-kind.js";

const HINTS: readonly (readonly [RegExp, ShelfKind])[] = [
  [/\bpatch[\s-]?(?:panel|field)\b/i, "PATCH_PANEL"],
  [/\bcable[\s-]?(?:guide|manage\w*|organi[sz]er)\b|\bbrush (?:panel|strip)\b/i, "CABLE_GUIDE"],
  [/\bblank(?:ing)?(?:[\s-]?(?:panel|plate))?\b/i, "BLANK"],
  [/\b(?:tray|rack shelf)\b/i, "TRAY"],
  [/\bpdu\b/i, "PDU"],
  [/\bups\b/i, "UPS"],
  [/\bswitch\b/i, "SWITCH"],
];

// One look at a name tells most of them apart from all of the hints.
const ANY = /patch|cable|brush|blank|tray|shelf|pdu|ups|switch/i;

/** What a label alone lets one think of; a machine when it says nothing. */
export function guessKind(name: string): ShelfKind {
  return !ANY.test(name) ? "MACHINE" : (HINTS.find(([hint]) => hint.test(name))?.[1] ?? "MACHINE");
}
