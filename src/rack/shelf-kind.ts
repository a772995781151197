/** Equipment that never boots: it takes room, power and load, and has no state of provisioning. */
export const EQUIPMENT_KINDS = [
  "SWITCH",
  "PATCH_PANEL",
  "PDU",
  "UPS",
  "CABLE_GUIDE",
  "TRAY",
  "BLANK",
  "OTHER",
] as const;
export type EquipmentKind = (typeof EQUIPMENT_KINDS)[number];

/** What takes a place: a machine, equipment, a promise (reserved), or nothing that anybody may use (N/A). */
export const SHELF_KINDS = ["MACHINE", ...EQUIPMENT_KINDS, "RESERVED", "NOT_AVAILABLE"] as const;
export type ShelfKind = (typeof SHELF_KINDS)[number];

/** For people: "Patch panel". */
export function kindLabel(kind: ShelfKind): string {
  if (kind === "PDU" || kind === "UPS") return kind;
  return kind.charAt(0) + kind.slice(1).toLowerCase().replaceAll("_", " ");
}

/** The same in the middle of a sentence: "patch panel". */
export function kindWord(kind: ShelfKind): string {
  if (kind === "OTHER") return "piece of equipment";
  const label = kindLabel(kind);
  return label === kind ? label : label.toLowerCase();
}
