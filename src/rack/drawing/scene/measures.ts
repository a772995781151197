// Everything in px of the drawing's own coordinate system. One rack unit is 24 px: a whole rack of 42U stays near a
// screen's height, half a unit is still a whole number, and a host name of 16 characters stands beside its model.

/** Rack unit: 1.75 in = 44.45 mm (EIA-310). */
export const UNIT_PX = 24;
/** The panel is 19 in = 482.6 mm wide, 10.86 times a unit's height; to a tenth, as it is in every machine's path. */
export const PANEL_PX = Math.round((482.6 / 44.45) * UNIT_PX * 10) / 10;
/** Room for the unit numbers on either side of the panels. */
export const RAIL_PX = 27;
/** The room beside the rails where PDUs hang; a rack has it drawn when something does. */
export const STRIP_PX = 34;
/** Top and bottom plate of the cabinet. */
export const PLATE_PX = 9;
export const FOOT_PX = 6;

/** Around the drawing, and between racks. */
export const MARGIN_PX = 28;
export const RACK_GAP_PX = 40;
/** Between the front and the rear of one rack. */
export const FACE_GAP_PX = 14;

/** Each panel is a little smaller than its units, as on the real thing, so that neighbours of one colour stay apart. */
export const CLEARANCE_PX = 1;
export const STRIPE_PX = 20;
/** Between a panel's edge or stripe and its text. */
export const PADDING_PX = 8;

/** Two decimals, as everything is printed: a hundredth of a px is invisible, and 0.30000000000000004 never appears. */
export function round2(px: number): number {
  return Math.round(px * 100) / 100;
}
