import { ArgsType, Field, Float, GraphQLISODateTime, ID, InputType, Int, ObjectType } from "type-graphql";
import { idOf } from "../graphql/global-id.js";
import { Payload } from "../graphql/user-errors.js";
import { MACHINE_KEY } from "../machine/machine.store.js";
import { EquipmentKindEnum } from "./equipment.js";
import type { Placement } from "./placement.store.js";
import type { Face, Strip } from "./rack-space.js";
import { FaceEnum, Shelf, StripEnum } from "./shelf.entity.js";
import type { EquipmentKind, ShelfKind } from "./shelf-kind.js";
import type { NewShelf, RackPlace, ShelfValues } from "./shelf.store.js";

const UNIT = "The lowest unit it takes, counted from 1 at the floor.";
const STRIP = "Beside the panels instead of between the rails.";
const MODEL = "When not given, and with null, as the model says.";

@ArgsType()
@InputType()
abstract class LoadInput {
  @Field(() => Float, { nullable: true })
  amperes?: number | null;

  @Field(() => Float, { nullable: true, description: MODEL })
  watts?: number | null;

  @Field(() => Float, { nullable: true, description: MODEL })
  kilograms?: number | null;

  @Field(() => String, { nullable: true, description: "As #rrggbb, for its drawing." })
  color?: string | null;
}

@ArgsType()
@InputType()
export class PlacementInput extends LoadInput {
  @Field(() => String, { description: MACHINE_KEY })
  machine: string;

  @Field(() => String)
  rack: string;

  @Field(() => Float, { description: UNIT })
  unit: number;

  @Field(() => Float, { nullable: true, description: "The model's when not given." })
  heightU?: number | null;

  @Field(() => FaceEnum, { nullable: true, description: "By the model's depth when not given." })
  face?: Face | null;

  @Field(() => Int, { defaultValue: 1 })
  column: number;

  @Field(() => Int, { defaultValue: 1 })
  columns: number;

  @Field(() => StripEnum, { nullable: true, description: STRIP })
  strip?: Strip | null;

  @Field(() => ID, {
    nullable: true,
    description: "A reservation that it is to stand in: the units that it takes are no longer reserved then.",
  })
  reservation?: string | null;
}

export function placementOf({ heightU, face, reservation, ...wanted }: Omit<PlacementInput, "machine">): Placement {
  return {
    ...wanted,
    heightU: heightU ?? undefined,
    face: face ?? undefined,
    reservation: reservation ? idOf("Shelf", reservation, "reservation") : undefined,
  };
}

/** Where something is put that is no machine. */
@ArgsType()
@InputType()
abstract class PlaceInput extends LoadInput {
  @Field(() => String)
  rack: string;

  @Field(() => Float, { description: UNIT })
  unit: number;

  @Field(() => Float, { defaultValue: 1 })
  heightU: number;

  @Field(() => FaceEnum, {
    nullable: true,
    description: "When not given FRONT for panels and cable guides, which are no deeper, and else FULL.",
  })
  face?: Face | null;

  @Field(() => Int, { defaultValue: 1 })
  column: number;

  @Field(() => Int, { defaultValue: 1 })
  columns: number;

  @Field(() => StripEnum, { nullable: true, description: STRIP })
  strip?: Strip | null;
}

@ArgsType()
@InputType()
export class EquipmentInput extends PlaceInput {
  @Field(() => EquipmentKindEnum)
  kind: EquipmentKind;

  @Field(() => String, { nullable: true, description: "What is written on it." })
  name?: string | null;

  @Field(() => String, { nullable: true })
  manufacturer?: string | null;

  @Field(() => String, { nullable: true })
  product?: string | null;
}

@ArgsType()
@InputType()
export class ReservationInput extends PlaceInput {
  @Field(() => String, { description: "Whom the place is kept for." })
  owner: string;

  @Field(() => String, { nullable: true })
  reason?: string | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: "From then on it is in nobody's way; when not given it lasts until it is released.",
  })
  endsAt?: Date | null;
}

@ArgsType()
@InputType()
export class BlockInput extends PlaceInput {
  @Field(() => String, { nullable: true, description: "What is drawn there, such as why." })
  name?: string | null;
}

const SHALLOW: readonly ShelfKind[] = ["BLANK", "PATCH_PANEL", "CABLE_GUIDE"];

/** A place, and what is put there, as a store takes them. */
export function shelfOf(
  kind: NewShelf["kind"],
  { face, ...input }: EquipmentInput | ReservationInput | BlockInput,
): readonly [place: RackPlace, values: NewShelf] {
  return [
    { ...input, face: face ?? (SHALLOW.includes(kind) ? "FRONT" : "FULL") },
    { ...input, kind },
  ];
}

/** What of a shelf's place may change; what is not given stays. */
@ArgsType()
@InputType()
abstract class PlaceUpdate extends LoadInput {
  @Field(() => ID)
  shelf: string;

  @Field(() => String, { nullable: true, description: "Moves it into another rack." })
  rack?: string | null;

  @Field(() => Float, { nullable: true, description: UNIT })
  unit?: number | null;

  @Field(() => Float, { nullable: true })
  heightU?: number | null;

  @Field(() => FaceEnum, { nullable: true })
  face?: Face | null;

  @Field(() => Int, { nullable: true })
  column?: number | null;

  @Field(() => Int, { nullable: true })
  columns?: number | null;

  @Field(() => StripEnum, { nullable: true, description: `${STRIP} Null brings it back.` })
  strip?: Strip | null;
}

@ArgsType()
@InputType()
export class EquipmentUpdate extends PlaceUpdate {
  @Field(() => EquipmentKindEnum, { nullable: true })
  kind?: EquipmentKind | null;

  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => String, { nullable: true })
  manufacturer?: string | null;

  @Field(() => String, { nullable: true })
  product?: string | null;
}

@ArgsType()
@InputType()
export class ReservationUpdate extends PlaceUpdate {
  @Field(() => String, { nullable: true })
  owner?: string | null;

  @Field(() => String, { nullable: true })
  reason?: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: "Null: until it is released." })
  endsAt?: Date | null;
}

const SURE = ["rack", "unit", "heightU", "face", "column", "columns", "kind", "owner"];

/** What an update says: null empties what may be empty, and elsewhere says nothing. */
export function givenShelf({
  shelf: _,
  ...given
}: EquipmentUpdate | ReservationUpdate): Partial<RackPlace & ShelfValues> {
  const says = ([name, value]: [string, unknown]) => value !== undefined && (value !== null || !SURE.includes(name));
  return Object.fromEntries(Object.entries(given).filter(says));
}

@ObjectType()
export class ShelfPayload extends Payload {
  @Field(() => Shelf, { nullable: true })
  shelf?: Shelf;
}

@ObjectType()
export class ShelvesPayload extends Payload {
  @Field(() => [Shelf], { nullable: true })
  shelves?: Shelf[];
}
