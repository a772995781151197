import { Extensions, Field, Float, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, Index, OneToMany, PrimaryGeneratedColumn, type Relation } from "typeorm";
import { Node } from "../graphql/node.js";
import type { Numbering } from "./rack-plan.js";
import { Shelf } from "./shelf.entity.js";

export const NumberingEnum = { FROM_BOTTOM: "FROM_BOTTOM", FROM_TOP: "FROM_TOP" } as const satisfies {
  [numbering in Numbering]: numbering;
};
registerEnumType(NumberingEnum, { name: "UnitNumbering", description: "Where unit 1 is printed on the rack." });

@ObjectType({ simpleResolvers: true, implements: Node, description: "A cabinet with EIA-310 mounting rails." })
@Entity()
export class Rack {
  @PrimaryGeneratedColumn()
  readonly id: number;

  @Field(() => ID, { name: "id", simple: false })
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
  @Extensions({ reads: ["heightHalfU"] })
  get heightU(): number {
    return this.heightHalfU / 2;
  }

  @Field(() => NumberingEnum)
  @Column({ type: "varchar", length: 16 })
  numbering: Numbering;

  @Field(() => Int, { description: "The number printed beside the first unit; 1 on nearly every rack." })
  @Column({ type: "integer", default: 1 })
  firstUnit: number;

  @Field(() => String, { nullable: true })
  @Column({ type: "varchar", length: 63, nullable: true })
  site: string | null;

  @Field(() => String, { nullable: true })
  @Column({ type: "varchar", length: 63, nullable: true })
  room: string | null;

  @Field(() => String, { nullable: true })
  @Column({ type: "varchar", length: 63, nullable: true })
  row: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "Its place in the row, counted from the left, seen from the front.",
  })
  @Column({ type: "integer", nullable: true })
  position: number | null;

  @Field(() => String, { nullable: true })
  @Column({ type: "varchar", length: 256, nullable: true })
  description: string | null;

  @Field(() => Float, { nullable: true, description: "What its feeds give." })
  @Column({ type: "double precision", nullable: true })
  capacityWatts: number | null;

  @Field(() => Float, { nullable: true, description: "What it bears." })
  @Column({ type: "double precision", nullable: true })
  capacityKilograms: number | null;

  @OneToMany(() => Shelf, (shelf) => shelf.rack)
  shelves: Relation<Shelf>[];
}
