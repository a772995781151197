import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import type { MacAddress } from "../../machine/mac-address.js";
import { MacAddressScalar } from "../../machine/mac-address.scalar.js";
import { Shelf } from "../../rack/shelf.entity.js";
import { AGREEMENTS, DIFFERENCE_KINDS, type Agreement, type DifferenceKind } from "./compare-floor.js";
import type { Room, Spot } from "../spot.js";
import type { Heard } from "./weigh-sightings.js";

export const FloorConflictKindEnum = Object.fromEntries(DIFFERENCE_KINDS.map((kind) => [kind, kind])) as {
  [kind in DifferenceKind]: kind;
};
registerEnumType(FloorConflictKindEnum, {
  name: "FloorConflictKind",
  description: "How plan and floor differ.",
  valuesConfig: {
    SWAPPED: { description: "Two machines stand in each other's places." },
    MOVED: { description: "A machine stands in another place than planned." },
    UNPLACED: { description: "A machine that has no place in the plan stands somewhere." },
    UNKNOWN: { description: "A machine that nobody knows is where another one is planned." },
    DOUBLED_MAC: { description: "One MAC address is in two places at once." },
    SPLIT: { description: "The ports of one machine are cabled as if it stood in two places." },
    MISSING: { description: "Switches that listen at its place hear the machine neither there nor elsewhere." },
  },
});

const AgreementEnum = Object.fromEntries(AGREEMENTS.map((each) => [each, each])) as { [each in Agreement]: each };
registerEnumType(AgreementEnum, {
  name: "PlaceAgreement",
  description: "Whether a machine is where it was planned.",
  valuesConfig: {
    AGREES: { description: "It is seen where it was planned." },
    DIFFERS: { description: "It is seen in another place." },
    DISAGREEMENT: { description: "Fresh evidence of equal weight has it in two places." },
    UNPLANNED: { description: "It is seen in a place, and has none in the plan." },
    UNSEEN: { description: "Nothing tells where it is." },
  },
});

@ObjectType({ description: "A place in a rack, as a placement rule gives it." })
export class PlaceInRack {
  rackName: string;

  @Field(() => Float, { description: "Lowest unit, counted from 1 at the floor." })
  unit: number;

  @Field(() => Int)
  column: number;

  @Field(() => Int)
  columns: number;
}

export function placeInRack({ rack, unit, column, columns }: Room | Spot): PlaceInRack {
  return { rackName: rack, unit, column, columns };
}

@ObjectType({ description: "Where a machine was planned, where it is seen, and whether the two go together." })
export class MachinePlace {
  @Field(() => Shelf, { nullable: true })
  planned: Shelf | undefined;

  @Field(() => PlaceInRack, { nullable: true, description: "Null where nothing tells, or the evidence disagrees." })
  observed: PlaceInRack | null;

  @Field(() => AgreementEnum)
  agreement: Agreement;

  heard: readonly Heard[];
}

@ObjectType({ description: "A difference between plan and floor, as it is now; it ends when they agree." })
export class FloorConflict {
  @Field(() => FloorConflictKindEnum)
  kind: DifferenceKind;

  machineId: number | null;

  otherMachineId: number | null;

  @Field(() => MacAddressScalar, { nullable: true, description: "The port that it is about, where it is about one." })
  macAddress: MacAddress | null;

  @Field(() => PlaceInRack, { nullable: true })
  planned: PlaceInRack | null;

  @Field(() => PlaceInRack, { nullable: true })
  observed: PlaceInRack | null;

  @Field(() => String, { description: "What is wrong and what to do, in a sentence." })
  detail: string;

  heard: readonly Heard[];
}
