import { misfitsOf } from "../misfits.js";
import type { PlannedItem, RackPlan } from "../rack-plan.js";
import { isOver, itemLabel } from "../rack-warnings.js";

/** A machine that stands with another height than its model has. */
export interface Mismatch<I, M> {
  readonly item: I;
  readonly model: M;
  /** What it would collide with, were each machine of the rack given its true height. */
  readonly inTheWay: readonly I[];
  readonly message: string;
}

interface Sized {
  readonly heightU: number;
}

const MANY = 100;

/** Those of a rack; nothing is moved for them. */
export function mismatchesIn<I extends PlannedItem, M extends Sized>(
  rack: Pick<RackPlan, "name" | "heightU"> & { readonly items: readonly I[] },
  modelOf: (item: I) => M | undefined,
  now: Date,
): Mismatch<I, M>[] {
  const trueSizes = rack.items
    .filter((item) => !isOver(item, now))
    .map((item) => {
      const model = item.kind === "MACHINE" ? modelOf(item) : undefined;
      return { item, model, place: { ...item.place, heightU: model?.heightU ?? item.place.heightU } };
    });
  const { outside, rivals } = misfitsOf(rack, trueSizes);
  return trueSizes.flatMap((sized) => {
    const { item, model } = sized;
    if (model === undefined || model.heightU === item.place.heightU) return [];
    const trouble = outside.find(({ shelf }) => shelf === sized)?.trouble;
    const inTheWay = trouble === undefined ? rivals.of(sized, MANY).map((rival) => rival.item) : [];
    const { unit, heightU } = item.place;
    const stands = `${item.name} stands in ${heightU}U at U${unit} of rack ${rack.name}, and its model has ${model.heightU}U`;
    const names = inTheWay.map(itemLabel).join(" and ");
    const collides = names === "" ? "for which there is room" : `which would collide with ${names}`;
    const message = trouble === undefined ? `${stands}, ${collides}` : `${stands}: ${trouble}`;
    return [{ item, model, inTheWay, message }];
  });
}
