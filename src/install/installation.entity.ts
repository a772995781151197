import { Field, GraphQLISODateTime, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from "typeorm";
import { instant } from "../db/columns.js";
import { Node } from "../graphql/node.js";
import { Machine } from "../machine/machine.entity.js";
import { INSTALLATION_STATES, type InstallationState } from "./installation-state.js";
import { Profile } from "./profile.entity.js";
import { STAGE_OUTCOMES, type StageOutcome } from "./progress-report.js";

export const InstallationStateEnum = Object.fromEntries(INSTALLATION_STATES.map((state) => [state, state])) as {
  [state in InstallationState]: state;
};
registerEnumType(InstallationStateEnum, {
  name: "InstallationState",
  description: "ARMED and INSTALLING are open, the others final.",
});

@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: "One run of one profile on one machine, from armed to done or failed.",
})
@Entity()
@Index("installation_machine_state", ["machineId", "state"])
@Index("installation_state_expires_at", ["state", "expiresAt"])
@Index("installation_finished_at_id", ["finishedAt", "id"])
export class Installation {
  @PrimaryGeneratedColumn()
  readonly id: number;

  @Field(() => ID, { name: "id", simple: false })
  get globalId(): string {
    return `Installation:${this.id}`;
  }

  @Column({ type: "integer" })
  machineId: number;

  @ManyToOne(() => Machine, { onDelete: "CASCADE" })
  @JoinColumn({ name: "machine_id", foreignKeyConstraintName: "installation_machine" })
  machine: Relation<Machine>;

  @Index("installation_profile_id")
  @Column({ type: "integer" })
  profileId: number;

  @ManyToOne(() => Profile)
  @JoinColumn({ name: "profile_id", foreignKeyConstraintName: "installation_profile" })
  profile: Relation<Profile>;

  /** What it was armed with, and so what it installs (install-plan.ts); null before there were plans. */
  @Column({ type: "integer", nullable: true })
  planId: number | null;

  @Field(() => InstallationStateEnum)
  @Column({ type: "varchar", length: 16 })
  state: InstallationState;

  @Field(() => String, { description: "The token's name." })
  @Column({ type: "varchar", length: 64 })
  armedBy: string;

  @Field(() => GraphQLISODateTime)
  @Column(instant())
  armedAt: Date;

  @Field(() => GraphQLISODateTime, {
    description: "Armed: until when it may begin. Installing: until when it has to say something, or it has failed.",
  })
  @Column(instant())
  expiresAt: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: "When the configuration was fetched first." })
  @Column(instant({ nullable: true }))
  startedAt: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  @Column(instant({ nullable: true }))
  finishedAt: Date | null;

  @Field(() => Int, { description: "How often the installer was offered since the installation began." })
  @Column({ type: "integer" })
  installerBoots: number;

  /** 256 random bits, hexadecimal. The token is their HMAC under the secret key, which is not in the database. */
  @Column({ type: "varchar", length: 64 })
  tokenSeed: string;

  /** HMAC-SHA256 of the token, hexadecimal: what a presented token is looked up by. */
  @Index("installation_token_digest", { unique: true })
  @Column({ type: "varchar", length: 64 })
  tokenDigest: string;
}

export const StageOutcomeEnum = Object.fromEntries(STAGE_OUTCOMES.map((outcome) => [outcome, outcome])) as {
  [outcome in StageOutcome]: outcome;
};
registerEnumType(StageOutcomeEnum, { name: "StageOutcome", description: "How a part of an installation goes." });

@ObjectType({ simpleResolvers: true, implements: Node, description: "One thing that happened in an installation." })
@Entity()
export class InstallationEvent {
  @PrimaryGeneratedColumn()
  readonly id: number;

  @Field(() => ID, { name: "id", simple: false })
  get globalId(): string {
    return `InstallationEvent:${this.id}`;
  }

  @Index("installation_event_installation_id")
  @Column({ type: "integer" })
  installationId: number;

  @ManyToOne(() => Installation, { onDelete: "CASCADE" })
  @JoinColumn({ name: "installation_id", foreignKeyConstraintName: "installation_event_installation" })
  installation: Relation<Installation>;

  @Field(() => GraphQLISODateTime)
  @Column(instant())
  at: Date;

  @Field(() => String, { description: "armed, config, started, progress, done, failed, disarmed, expired, booted." })
  @Column({ type: "varchar", length: 16 })
  kind: string;

  @Field(() => String, { description: "What the installer sent, or who did it." })
  @Column({ type: "text" })
  text: string;

  @Field(() => String, { nullable: true, description: "Which part of its work the installer reports on." })
  @Column({ type: "varchar", length: 128, nullable: true })
  stage: string | null;

  @Field(() => StageOutcomeEnum, { nullable: true, description: "What it says of that part, where it does." })
  @Column({ type: "varchar", length: 16, nullable: true })
  outcome: StageOutcome | null;
}
