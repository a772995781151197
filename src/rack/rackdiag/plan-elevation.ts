import type { RackElevation, ShelfView } from "../drawing/elevation.js";
import type { PlannedItem, RackPlan } from "../rack-plan.js";

/** A plan as it is drawn: nobody has asked what state its machines are in. */
export function planElevation({ items, ...rack }: RackPlan): RackElevation {
  return { ...rack, shelves: items.map(shelfView), ghosts: [] };
}

function shelfView(item: PlannedItem): ShelfView {
  const { place, kind, name, manufacturer, product, amperes, watts, kilograms, color, reservation } = item;
  return {
    place,
    kind,
    status: null,
    title: name,
    subtitle: product ?? manufacturer ?? "",
    serialNumber: null,
    tooltip: [],
    href: null,
    profile: null,
    labels: {},
    reservation,
    absence: null,
    amperes,
    watts,
    kilograms,
    paint: color === null ? null : { fill: color, line: null, text: null },
    dimmed: false,
  };
}
