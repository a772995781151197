import { drawableText } from "../text/drawable-text.js";
import type { ElevationLayout } from "../layout.js";
import { locationLabel } from "../text/location-label.js";
import { isStatus } from "../shelf-status.js";
import type { Entry } from "../tally.js";

/** "Rack A07 in Tokyo-1, room 3: 42 units, 40 used, 2 free, largest gap 2. 38 machines: 37 installed, 1 failed." */
export function spokenSummary({ rack, totals }: ElevationLayout, tally: readonly Entry[]): string {
  const place = locationLabel(rack.location).replaceAll(" · ", ", ");
  const where = place === "" ? "" : ` in ${place}`;
  const room = `${rack.heightU} units, ${totals.usedU} used, ${totals.freeU} free, largest gap ${totals.largestGapU}`;
  const signs = tally.filter(({ block }) => block === "signs");
  const machines = signs.filter(({ sign }) => isStatus(sign));
  const others = signs.filter(({ sign }) => sign !== null && sign !== "GHOST" && !isStatus(sign));
  const wrong = signs.filter(({ hatched }) => hatched);
  const differing = signs.filter(({ sign, absent }) => sign === "GHOST" || absent);
  const total = machines.reduce((sum, { count }) => sum + count, 0);
  const sentences = [
    ...(total === 0 ? [] : [`${total} ${total === 1 ? "machine" : "machines"}: ${counted(machines)}.`]),
    ...(others.length === 0 ? [] : [`Also ${counted(others)}.`]),
    ...(wrong.length === 0 ? [] : [`Wrong: ${counted(wrong)}.`]),
    ...(differing.length === 0 ? [] : [`Plan and floor differ: ${counted(differing)}.`]),
  ];
  const standing = sentences.length === 0 ? "It is empty." : sentences.join(" ");
  return `Rack ${drawableText(rack.name)}${where}: ${room}. ${standing}`;
}

function counted(entries: readonly Entry[]): string {
  return entries
    .map(({ count, label }) => `${count} ${/^[A-Z]{2}/.test(label) ? label : label.toLowerCase()}`)
    .join(", ");
}
