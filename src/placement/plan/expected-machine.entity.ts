import { Field, GraphQLISODateTime, ID, Int, ObjectType } from "type-graphql";
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from "typeorm";
import { instant } from "../../db/columns.js";
import { Node } from "../../graphql/node.js";
import { Profile } from "../../install/profile.entity.js";
import { Machine } from "../../machine/machine.entity.js";
import { Shelf } from "../../rack/shelf.entity.js";

@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: "A place that was planned before its machine exists.",
})
@Entity()
export class ExpectedMachine {
  @PrimaryGeneratedColumn()
  readonly id: number;

  @Field(() => ID, { name: "id", simple: false })
  get globalId(): string {
    return `ExpectedMachine:${this.id}`;
  }

  @Field(() => String, { description: "Kept for the machine: nobody else may take it." })
  @Index("expected_machine_hostname")
  @Column({ type: "varchar", length: 63 })
  hostname: string;

  /** The reservation that keeps its place; null when its machine stands there. */
  @Index("expected_machine_shelf_id", { unique: true })
  @Column({ type: "integer", nullable: true })
  shelfId: number | null;

  @ManyToOne(() => Shelf, { onDelete: "CASCADE" })
  @JoinColumn({ name: "shelf_id", foreignKeyConstraintName: "expected_machine_shelf" })
  shelf: Relation<Shelf> | null;

  @Index("expected_machine_profile_id")
  @Column({ type: "integer", nullable: true })
  profileId: number | null;

  @ManyToOne(() => Profile)
  @JoinColumn({ name: "profile_id", foreignKeyConstraintName: "expected_machine_profile" })
  profile: Relation<Profile> | null;

  @Field(() => String, { nullable: true })
  @Column({ type: "varchar", length: 256, nullable: true })
  manufacturer: string | null;

  @Field(() => String, { nullable: true })
  @Column({ type: "varchar", length: 256, nullable: true })
  product: string | null;

  @Field(() => String, { nullable: true })
  @Column({ type: "varchar", length: 256, nullable: true })
  serialNumber: string | null;

  @Field(() => Boolean, { description: "Whether the machine that appears is armed without anybody's word." })
  @Column({ type: "boolean" })
  armsItself: boolean;

  @Field(() => Int, { description: "How often it still may be armed by itself." })
  @Column({ type: "integer" })
  armsLeft: number;

  @Index("expected_machine_fulfilled_by_id")
  @Column({ type: "integer", nullable: true })
  fulfilledById: number | null;

  @ManyToOne(() => Machine, { onDelete: "CASCADE" })
  @JoinColumn({ name: "fulfilled_by_id", foreignKeyConstraintName: "expected_machine_machine" })
  fulfilledBy: Relation<Machine> | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: "When its machine appeared." })
  @Column(instant({ nullable: true }))
  fulfilledAt: Date | null;
}
