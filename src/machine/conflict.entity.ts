import { Field, GraphQLISODateTime, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from "typeorm";
import { instant } from "../db/columns.js";
import { Node } from "../graphql/node.js";
import { CONFLICT_KINDS, type ConflictKind } from "./identify.js";
import type { MacAddress } from "./mac-address.js";
import { MacAddressScalar } from "./mac-address.scalar.js";
import { Machine } from "./machine.entity.js";

export const ConflictKindEnum = Object.fromEntries(CONFLICT_KINDS.map((kind) => [kind, kind])) as {
  [kind in ConflictKind]: kind;
};
registerEnumType(ConflictKindEnum, {
  name: "ConflictKind",
  description: "Why a registration could not be told apart without a person.",
  valuesConfig: {
    MOVED_CARD: { description: "A machine reported a MAC address that belongs to another known machine." },
    SWAPPED_BOARD: { description: "A known MAC address came with a serial number that nobody had reported before." },
    TWIN_SERIAL: { description: "Two machines report one serial number but are not the same machine." },
    PLAN_MISMATCH: { description: "A machine appeared where one of another model or serial number is expected." },
    NEW_INTERFACE: { description: "An approved machine's serial number came from a MAC address it never had." },
  },
});

@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: "Two identities that contradict each other. Neither was overwritten.",
})
@Entity()
@Index("conflict_identity", ["machineId", "otherMachineId", "macAddress"], { unique: true })
export class Conflict {
  @PrimaryGeneratedColumn()
  readonly id: number;

  @Field(() => ID, { name: "id", simple: false })
  get globalId(): string {
    return `Conflict:${this.id}`;
  }

  @Field(() => ConflictKindEnum)
  @Column({ type: "varchar", length: 16 })
  kind: ConflictKind;

  @Index("conflict_machine_id")
  @Column({ type: "integer" })
  machineId: number;

  @ManyToOne(() => Machine, { onDelete: "CASCADE" })
  @JoinColumn({ name: "machine_id", foreignKeyConstraintName: "conflict_machine" })
  machine: Relation<Machine>;

  @Index("conflict_other_machine_id")
  @Column({ type: "integer" })
  otherMachineId: number;

  @ManyToOne(() => Machine, { onDelete: "CASCADE" })
  @JoinColumn({ name: "other_machine_id", foreignKeyConstraintName: "conflict_other_machine" })
  otherMachine: Relation<Machine>;

  @Field(() => MacAddressScalar, { description: "The port that it is about." })
  @Column({ type: "varchar", length: 17 })
  macAddress: MacAddress;

  @Field(() => String, { description: "What contradicts what, in a sentence." })
  @Column({ type: "varchar", length: 1000 })
  detail: string;

  @Field(() => Int, { description: "How often it was reported." })
  @Column({ type: "integer" })
  count: number;

  @Field(() => GraphQLISODateTime)
  @Column(instant())
  firstSeenAt: Date;

  @Field(() => GraphQLISODateTime)
  @Column(instant())
  lastSeenAt: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  @Column(instant({ nullable: true }))
  resolvedAt: Date | null;

  @Field(() => String, { nullable: true, description: "The token's name." })
  @Column({ type: "varchar", length: 64, nullable: true })
  resolvedBy: string | null;
}
