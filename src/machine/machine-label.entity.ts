import { Field, ObjectType } from "type-graphql";
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from "typeorm";
import { Machine } from "./machine.entity.js";

@ObjectType({
  simpleResolvers: true,
  description: "A word of the operator's own about a machine, such as rack-team=storage.",
})
@Entity()
@Index("machine_label_machine_key", ["machineId", "key"], { unique: true })
@Index("machine_label_key_value", ["key", "value"])
export class MachineLabel {
  @PrimaryGeneratedColumn()
  readonly id: number;

  @Column({ type: "integer" })
  machineId: number;

  @ManyToOne(() => Machine, { onDelete: "CASCADE" })
  @JoinColumn({ name: "machine_id", foreignKeyConstraintName: "machine_label_machine" })
  machine: Relation<Machine>;

  @Field(() => String)
  @Column({ type: "varchar", length: 63 })
  key: string;

  @Field(() => String)
  @Column({ type: "varchar", length: 256 })
  value: string;
}
