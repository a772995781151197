import { Field, Float, ID, ObjectType, registerEnumType } from "type-graphql";
import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  OneToMany,
  PrimaryGeneratedColumn,
  type Relation,
} from "typeorm";
import { Node } from "../graphql/node.js";
import { Machine } from "../machine/machine.entity.js";
import type { Numbering } from "./rack-plan.js";
import type { Face } from "./rack-space.js";

export const FaceEnum = { FRONT: "FRONT", REAR: "REAR", FULL: "FULL" } as const satisfies { [face in Face]: face };
registerEnumType(FaceEnum, { name: "Face", description: "The side of a rack that a shelf takes; FULL takes both." });

export const NumberingEnum = { FROM_BOTTOM: "FROM_BOTTOM", FROM_TOP: "FROM_TOP" } as const satisfies {
  [numbering in Numbering]: numbering;
};
registerEnumType(NumberingEnum, { name: "UnitNumbering", description: "Where unit 1 is printed on the rack." });

@ObjectType({ implements: Node, description: "A cabinet with EIA-310 mounting rails." })
@Entity()
export class Rack {
  @PrimaryGeneratedColumn()
  readonly id: number;

  @Field(() => ID, { name: "id" })
  get globalId(): string {
    return `Rack:${this.id}`;
  }

  @Field(() => String)
  @Index("rack_name", { unique: true })
  @Column({ type: "varchar", length: 63 })
  name: string;

  /** Half rack units: positions and heights in steps of 0.5 U stay whole numbers. */
  @Column({ type: "integer" })
  heightHalfU: number;

  @Field(() => Float, { description: "Mounting height in rack units of 44.45 mm." })
  get heightU(): number {
    return this.heightHalfU / 2;
  }

  @Field(() => NumberingEnum)
  @Column({ type: "varchar", length: 16 })
  numbering: Numbering;

  @Field(() => String, { nullable: true })
  @Column({ type: "varchar", length: 63, nullable: true })
  site: string | null;

  @Field(() => String, { nullable: true })
  @Column({ type: "varchar", length: 63, nullable: true })
  room: string | null;

  @Field(() => String, { nullable: true })
  @Column({ type: "varchar", length: 63, nullable: true })
  row: string | null;

  @Field(() => String, { nullable: true })
  @Column({ type: "varchar", length: 256, nullable: true })
  description: string | null;

  @OneToMany(() => Shelf, (shelf) => shelf.rack)
  shelves: Relation<Shelf>[];
}

@ObjectType({ implements: Node, description: "One addressable place in a rack and what stands there." })
@Entity()
export class Shelf {
  @PrimaryGeneratedColumn()
  readonly id: number;

  @Field(() => ID, { name: "id" })
  get globalId(): string {
    return `Shelf:${this.id}`;
  }

  @Index("shelf_rack_id")
  @Column({ type: "integer" })
  rackId: number;

  @ManyToOne(() => Rack, (rack) => rack.shelves)
  @JoinColumn({ name: "rack_id", foreignKeyConstraintName: "shelf_rack" })
  rack: Relation<Rack>;

  /** Twice the lowest unit's number, counted from 1 at the floor: U1 is 2, U1.5 is 3. */
  @Column({ type: "integer" })
  unitHalfU: number;

  @Field(() => Float, { description: "Lowest unit, counted from 1 at the floor." })
  get unit(): number {
    return this.unitHalfU / 2;
  }

  @Column({ type: "integer" })
  heightHalfU: number;

  @Field(() => Float)
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

  @Index("shelf_machine_id", { unique: true })
  @Column({ type: "integer" })
  machineId: number;

  @ManyToOne(() => Machine)
  @JoinColumn({ name: "machine_id", foreignKeyConstraintName: "shelf_machine" })
  machine: Relation<Machine>;
}
