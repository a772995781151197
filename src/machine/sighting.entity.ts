import { Field, GraphQLISODateTime, ID, ObjectType } from "type-graphql";
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from "typeorm";
import { instant } from "../db/columns.js";
import { Node } from "../graphql/node.js";
import { Machine } from "./machine.entity.js";

@ObjectType({
  implements: Node,
  description: "Evidence of where a machine is: the switch port that one of its ports hears.",
})
@Entity()
@Index("sighting_machine_source", ["machineId", "source"], { unique: true })
export class Sighting {
  @PrimaryGeneratedColumn()
  readonly id: number;

  @Field(() => ID, { name: "id" })
  get globalId(): string {
    return `Sighting:${this.id}`;
  }

  @Column({ type: "integer" })
  machineId: number;

  @ManyToOne(() => Machine, { onDelete: "CASCADE" })
  @JoinColumn({ name: "machine_id", foreignKeyConstraintName: "sighting_machine" })
  machine: Relation<Machine>;

  @Field(() => String, { description: "How it was seen: `ipxe-lldp` is LLDP heard by iPXE while registering." })
  @Column({ type: "varchar", length: 32 })
  source: string;

  @Field(() => String, { nullable: true, description: "LLDP TLV 5, system name of the switch." })
  @Column({ type: "varchar", length: 256, nullable: true })
  systemName: string | null;

  @Field(() => String, { nullable: true, description: "LLDP TLV 1, chassis id, usually the switch's MAC address." })
  @Column({ type: "varchar", length: 256, nullable: true })
  chassisId: string | null;

  @Field(() => String, { nullable: true, description: "LLDP TLV 2, port id, any subtype." })
  @Column({ type: "varchar", length: 256, nullable: true })
  portId: string | null;

  @Field(() => String, { nullable: true, description: "LLDP TLV 4, port description." })
  @Column({ type: "varchar", length: 256, nullable: true })
  portDescription: string | null;

  @Field(() => GraphQLISODateTime)
  @Column(instant())
  seenAt: Date;
}
