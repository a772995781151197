import { Extensions, Field, Float, ID, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from "typeorm";
import { instant } from "../db/columns.js";
import { Node } from "../graphql/node.js";
import { Machine } from "../machine/machine.entity.js";
import { Equipment, Reservation } from "./equipment.js";
import { Rack } from "./rack.entity.js";
import type { Face, Strip } from "./rack-space.js";
import { EQUIPMENT_KINDS, SHELF_KINDS, type ShelfKind } from "./shelf-kind.js";

export const FaceEnum = { FRONT: "FRONT", REAR: "REAR", FULL: "FULL" } as const satisfies { [face in Face]: face };
registerEnumType(FaceEnum, { name: "Face", description: "The side of a rack that a shelf takes; FULL takes both." });

export const StripEnum = { LEFT: "LEFT", RIGHT: "RIGHT" } as const satisfies { [strip in Strip]: strip };
registerEnumType(StripEnum, {
  name: "Strip",
  description: "The 0U room beside the panels, where PDUs hang, as seen from the front.",
});

export const ShelfKindEnum = Object.fromEntries(SHELF_KINDS.map((kind) => [kind, kind])) as {
  [kind in ShelfKind]: kind;
};
registerEnumType(ShelfKindEnum, {
  name: "ShelfKind",
  description:
    "What takes a place: a machine, equipment that never boots, a promise, or nothing that may be used (N/A).",
});

@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: "One addressable place in a rack and what stands there.",
})
@Entity()
export class Shelf {
  @PrimaryGeneratedColumn()
  readonly id: number;

  @Field(() => ID, { name: "id", simple: false })
  get globalId(): string {
    return `Shelf:${this.id}`;
  }

  @Index("shelf_rack_id")
  @Column({ type: "integer" })
  rackId: number;

  @ManyToOne(() => Rack, (rack) => rack.shelves)
  @JoinColumn({ name: "rack_id", foreignKeyConstraintName: "shelf_rack" })
  rack: Relation<Rack>;

  @Field(() => ShelfKindEnum)
  @Column({ type: "varchar", length: 16, default: "MACHINE" })
  kind: ShelfKind;

  /** Twice the lowest unit's number, counted from 1 at the floor: U1 is 2, U1.5 is 3. */
  @Column({ type: "integer" })
  unitHalfU: number;

  @Field(() => Float, { description: "Lowest unit, counted from 1 at the floor." })
  @Extensions({ reads: ["unitHalfU"] })
  get unit(): number {
    return this.unitHalfU / 2;
  }

  @Column({ type: "integer" })
  heightHalfU: number;

  @Field(() => Float)
  @Extensions({ reads: ["heightHalfU"] })
  get heightU(): number {
    return this.heightHalfU / 2;
  }

  @Field(() => FaceEnum)
  @Column({ type: "varchar", length: 8 })
  face: Face;

  @Field(() => Number, { description: "Place from the left, counted from 1, where places stand side by side." })
  @Column({ name: "column_number", type: "integer" })
  column: number;

  @Field(() => Number, { description: "How many places stand side by side at this height; 1 is the whole width." })
  @Column({ name: "column_count", type: "integer" })
  columns: number;

  @Field(() => StripEnum, { nullable: true, description: "Beside the panels; it takes no unit then." })
  @Column({ type: "varchar", length: 8, nullable: true })
  strip: Strip | null;

  /** Of a machine only. */
  @Index("shelf_machine_id", { unique: true })
  @Column({ type: "integer", nullable: true })
  machineId: number | null;

  @ManyToOne(() => Machine)
  @JoinColumn({ name: "machine_id", foreignKeyConstraintName: "shelf_machine" })
  machine: Relation<Machine> | null;

  /** What is written on it; a machine has its own. */
  @Column({ type: "varchar", length: 128, nullable: true })
  name: string | null;

  /** Of what is no machine. */
  @Column({ type: "varchar", length: 256, nullable: true })
  manufacturer: string | null;

  @Column({ type: "varchar", length: 256, nullable: true })
  product: string | null;

  @Field(() => Float, { nullable: true })
  @Column({ type: "double precision", nullable: true })
  amperes: number | null;

  /** Its own; null: as its model says. */
  @Column({ type: "double precision", nullable: true })
  watts: number | null;

  @Column({ type: "double precision", nullable: true })
  kilograms: number | null;

  @Field(() => String, { nullable: true, description: "Of its own, as #rrggbb." })
  @Column({ type: "varchar", length: 7, nullable: true })
  color: string | null;

  /** Of a reservation: whose. */
  @Column({ type: "varchar", length: 128, nullable: true })
  owner: string | null;

  @Column({ type: "varchar", length: 256, nullable: true })
  reason: string | null;

  @Column(instant({ nullable: true }))
  endsAt: Date | null;

  @Field(() => Equipment, { nullable: true, description: "What stands there, when it is equipment that never boots." })
  @Extensions({ reads: ["kind", "name", "manufacturer", "product"] })
  get equipment(): Equipment | null {
    const { kind, name, manufacturer, product } = this;
    const isEquipment = EQUIPMENT_KINDS.find((each) => each === kind);
    return isEquipment === undefined ? null : { kind: isEquipment, name, manufacturer, product };
  }

  @Field(() => Reservation, { nullable: true, description: "Whom the place is kept for, when it is reserved." })
  @Extensions({ reads: ["kind", "owner", "reason", "endsAt"] })
  get reservation(): Reservation | null {
    const { kind, owner, reason, endsAt } = this;
    return kind === "RESERVED" && owner !== null ? { owner, reason, endsAt } : null;
  }
}
