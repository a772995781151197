import { Extensions, Field, GraphQLISODateTime, ID, ObjectType, registerEnumType } from "type-graphql";
import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  type Relation,
} from "typeorm";
import { instant } from "../db/columns.js";
import { Node } from "../graphql/node.js";
import type { EntryFacts, Facts } from "./change-set.js";
import { WAYS, type Way } from "./origin.js";

export const WayEnum = Object.fromEntries(WAYS.map((way) => [way, way])) as { [way in Way]: way };
registerEnumType(WayEnum, {
  name: "Way",
  description: "The way by which a write came in.",
  valuesConfig: {
    GRAPHQL: { description: "A mutation." },
    BOOT: { description: "A machine or its installer, on the boot plane." },
    CLOCK: { description: "A time limit that was over." },
    COMMAND: { description: "The kickrack command, on the server itself." },
    START: { description: "Kickrack's own start." },
  },
});

@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description:
    "One write by somebody: who, when, through what, before and after. Changes are only ever added, and each holds the " +
    "digest of the one before it, so that an edit of the past is found by `kickrack changes verify`.",
})
@Entity()
export class Change {
  /** Without a gap, in the order of the commits. */
  @PrimaryColumn({ type: "integer" })
  id: number;

  @Field(() => ID, { name: "id", simple: false })
  get globalId(): string {
    return `Change:${this.id}`;
  }

  @Field(() => GraphQLISODateTime)
  @Column(instant())
  at: Date;

  @Field(() => String, { description: "The token's name, or what of Kickrack itself did it." })
  @Column({ type: "varchar", length: 64 })
  actor: string;

  @Field(() => WayEnum)
  @Column({ type: "varchar", length: 16 })
  through: Way;

  @Field(() => String, { description: "The mutation, or a word for what a machine, the clock or a command did." })
  @Column({ type: "varchar", length: 64 })
  operation: string;

  @Field(() => String, { nullable: true, description: "As the answer and the log had it." })
  @Column({ type: "varchar", length: 36, nullable: true })
  requestId: string | null;

  @Index("change_undoes")
  @Column({ type: "integer", nullable: true })
  undoes: number | null;

  @Field(() => String, { description: "SHA-256 over this change and the digest before it, hexadecimal." })
  @Column({ type: "varchar", length: 64 })
  digest: string;
}

@ObjectType({
  simpleResolvers: true,
  description: "What a change made of one object: only what differs, or all where it began or ended.",
})
@Entity()
@Index("change_entry_object", ["kind", "objectId"])
export class ChangeEntry {
  @PrimaryGeneratedColumn()
  readonly id: number;

  @Index("change_entry_change_id")
  @Column({ type: "integer" })
  changeId: number;

  @ManyToOne(() => Change)
  @JoinColumn({ name: "change_id", foreignKeyConstraintName: "change_entry_change" })
  change: Relation<Change>;

  @Field(() => String, { description: "The type of the object." })
  @Column({ type: "varchar", length: 32 })
  kind: string;

  @Column({ type: "integer" })
  objectId: number;

  @Field(() => ID, { description: "The object's id, whether or not it is still there." })
  @Extensions({ reads: ["kind", "objectId"] })
  get object(): string {
    return `${this.kind}:${this.objectId}`;
  }

  @Column({ type: "simple-json", name: "before_facts", nullable: true })
  before: Facts | null;

  @Column({ type: "simple-json", name: "after_facts", nullable: true })
  after: Facts | null;
}

/** An entry as the API shows it, whether or not it is kept. */
export function changeEntry({ kind, objectId, before, after }: EntryFacts): ChangeEntry {
  return Object.assign(new ChangeEntry(), { kind, objectId, before, after });
}
