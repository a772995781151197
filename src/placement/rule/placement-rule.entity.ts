import { Field, ID, ObjectType } from "type-graphql";
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
import { Node } from "../../graphql/node.js";
import { Rack } from "../../rack/rack.entity.js";
import type { Face } from "../../rack/rack-space.js";
import type { PortPattern } from "./port-pattern.js";
import { Switch } from "../switch/switch.entity.js";

@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: "Says which port of a switch is which place in a rack.",
})
@Entity()
export class PlacementRule {
  @PrimaryGeneratedColumn()
  readonly id: number;

  @Field(() => ID, { name: "id", simple: false })
  get globalId(): string {
    return `PlacementRule:${this.id}`;
  }

  @Field(() => String)
  @Index("placement_rule_name", { unique: true })
  @Column({ type: "varchar", length: 63 })
  name: string;

  /** Of a pattern; a table says it line by line. */
  @Index("placement_rule_switch_id")
  @Column({ type: "integer", nullable: true })
  switchId: number | null;

  @ManyToOne(() => Switch)
  @JoinColumn({ name: "switch_id", foreignKeyConstraintName: "placement_rule_switch" })
  switch: Relation<Switch> | null;

  @Index("placement_rule_rack_id")
  @Column({ type: "integer", nullable: true })
  rackId: number | null;

  @ManyToOne(() => Rack)
  @JoinColumn({ name: "rack_id", foreignKeyConstraintName: "placement_rule_rack" })
  rack: Relation<Rack> | null;

  @Column({ type: "simple-json", nullable: true })
  pattern: PortPattern | null;

  @OneToMany(() => PortPlace, (place) => place.rule)
  places: Relation<PortPlace>[];
}

/** A port of a switch, and the place in a rack that it is for. */
@Entity()
@Index("port_place_switch_key", ["switchId", "portKey"], { unique: true })
export class PortPlace {
  @PrimaryGeneratedColumn()
  readonly id: number;

  @Index("port_place_rule_id")
  @Column({ type: "integer" })
  ruleId: number;

  @ManyToOne(() => PlacementRule, (rule) => rule.places, { onDelete: "CASCADE" })
  @JoinColumn({ name: "rule_id", foreignKeyConstraintName: "port_place_rule" })
  rule: Relation<PlacementRule>;

  @Column({ type: "integer" })
  switchId: number;

  @ManyToOne(() => Switch)
  @JoinColumn({ name: "switch_id", foreignKeyConstraintName: "port_place_switch" })
  switch: Relation<Switch>;

  @Column({ type: "varchar", length: 256 })
  port: string;

  @Column({ type: "varchar", length: 256 })
  portKey: string;

  @Index("port_place_rack_id")
  @Column({ type: "integer" })
  rackId: number;

  @ManyToOne(() => Rack)
  @JoinColumn({ name: "rack_id", foreignKeyConstraintName: "port_place_rack" })
  rack: Relation<Rack>;

  @Column({ type: "integer" })
  unitHalfU: number;

  get unit(): number {
    return this.unitHalfU / 2;
  }

  @Column({ name: "column_number", type: "integer" })
  column: number;

  @Column({ name: "column_count", type: "integer" })
  columns: number;

  @Column({ type: "varchar", length: 8, nullable: true })
  face: Face | null;
}
