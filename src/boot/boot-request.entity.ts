import { Field, GraphQLISODateTime, ID, Int, ObjectType } from "type-graphql";
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from "typeorm";
import { instant } from "../db/columns.js";
import { Node } from "../graphql/node.js";
import type { MacAddress } from "../machine/mac-address.js";
import { MacAddressScalar } from "../machine/mac-address.scalar.js";
import { Machine } from "../machine/machine.entity.js";

@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: "What was asked on the boot plane, what was answered, and by which rule.",
})
@Entity()
@Index("boot_request_machine_id_id", ["machineId", "id"])
@Index("boot_request_mac_address_id", ["macAddress", "id"])
export class BootRequest {
  @PrimaryGeneratedColumn()
  readonly id: number;

  @Field(() => ID, { name: "id", simple: false })
  get globalId(): string {
    return `BootRequest:${this.id}`;
  }

  /** Null where it matched nothing that is known. */
  @Column({ type: "integer", nullable: true })
  machineId: number | null;

  @ManyToOne(() => Machine, { onDelete: "CASCADE" })
  @JoinColumn({ name: "machine_id", foreignKeyConstraintName: "boot_request_machine" })
  machine: Relation<Machine> | null;

  @Field(() => MacAddressScalar, { nullable: true, description: "The port that asked, where the request says so." })
  @Column({ type: "varchar", length: 17, nullable: true })
  macAddress: MacAddress | null;

  @Field(() => GraphQLISODateTime)
  @Column(instant())
  at: Date;

  @Field(() => String)
  @Column({ type: "varchar", length: 16 })
  method: string;

  @Field(() => String, { description: "As it was sent, without tokens, 512 characters at most." })
  @Column({ type: "varchar", length: 512 })
  url: string;

  @Field(() => String, { nullable: true, description: "iPXE's tells its version." })
  @Column({ type: "varchar", length: 256, nullable: true })
  userAgent: string | null;

  @Field(() => String)
  @Column({ type: "varchar", length: 45 })
  remoteAddress: string;

  @Field(() => Int, { description: "HTTP status; 503 told it to ask again." })
  @Column({ type: "integer" })
  status: number;

  @Field(() => String, { description: "In short: what was decided, sent or refused, and why it was refused." })
  @Column({ type: "varchar", length: 256 })
  answer: string;

  @Field(() => String, { nullable: true, description: "The rule that decided, as explainBoot names it." })
  @Column({ type: "varchar", length: 32, nullable: true })
  rule: string | null;
}
