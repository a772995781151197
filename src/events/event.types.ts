import { Ctx, Field, GraphQLISODateTime, ID, InterfaceType, ObjectType } from "type-graphql";
import type { Context } from "../context.js";
import { entityBy } from "../graphql/entity-by.js";
import type { InstallationState } from "../install/installation-state.js";
import { Installation, InstallationEvent, InstallationStateEnum } from "../install/installation.entity.js";
import { Conflict } from "../machine/conflict.entity.js";
import type { MachineState } from "../machine/machine-state.js";
import { Machine, MachineStateEnum } from "../machine/machine.entity.js";
import type { JournalEntry } from "./journal-entries.store.js";

const AS_IT_IS_NOW = "As it is now; null when it is not there any more.";

@InterfaceType({ description: "Something that happened. It is told in the order in which it was written." })
export abstract class Event {
  @Field(() => ID, { description: "To be given as `after` by who wants everything since." })
  readonly eventId: string;

  @Field(() => GraphQLISODateTime)
  readonly at: Date;

  @Field(() => ID, { description: "The id of what it happened to, whether or not it is still there." })
  readonly object: string;

  constructor(protected readonly entry: JournalEntry) {
    this.eventId = String(entry.id);
    this.at = entry.at;
    this.object = `${entry.kind}:${entry.objectId}`;
  }
}

@ObjectType({ implements: Event, description: "A machine reported itself for the first time." })
export class MachineRegistered extends Event {
  @Field(() => Machine, { nullable: true, description: AS_IT_IS_NOW })
  machine(@Ctx() context: Context): Promise<Machine | undefined> {
    return entityBy(context, Machine, "id", this.entry.objectId);
  }
}

@ObjectType({ implements: Event, description: "A machine went from one state to another." })
export class MachineStateChanged extends Event {
  @Field(() => MachineStateEnum)
  readonly from: MachineState;

  @Field(() => MachineStateEnum)
  readonly to: MachineState;

  constructor(entry: JournalEntry, from: MachineState, to: MachineState) {
    super(entry);
    this.from = from;
    this.to = to;
  }

  @Field(() => Machine, { nullable: true, description: AS_IT_IS_NOW })
  machine(@Ctx() context: Context): Promise<Machine | undefined> {
    return entityBy(context, Machine, "id", this.entry.objectId);
  }
}

/** What the journal keeps of an installation's event: not its text, which may hold a secret. */
export interface InstallationEventFacts {
  readonly installation: string;
  readonly machine: string;
  readonly kind: string;
  readonly from: InstallationState | null;
  readonly to: InstallationState;
}

@ObjectType({ implements: Event, description: "Something happened in an installation." })
export class InstallationProgressed extends Event {
  @Field(() => String, { description: "As the event's own `kind`." })
  readonly kind: string;

  @Field(() => InstallationStateEnum, { nullable: true, description: "Null where it was armed." })
  readonly from: InstallationState | null;

  @Field(() => InstallationStateEnum)
  readonly to: InstallationState;

  constructor(
    entry: JournalEntry,
    private readonly facts: InstallationEventFacts,
  ) {
    super(entry);
    this.kind = facts.kind;
    this.from = facts.from;
    this.to = facts.to;
  }

  @Field(() => Installation, { nullable: true, description: AS_IT_IS_NOW })
  installation(@Ctx() context: Context): Promise<Installation | undefined> {
    return entityBy(context, Installation, "id", numberOf(this.facts.installation));
  }

  @Field(() => Machine, { nullable: true, description: AS_IT_IS_NOW })
  machine(@Ctx() context: Context): Promise<Machine | undefined> {
    return entityBy(context, Machine, "id", numberOf(this.facts.machine));
  }

  @Field(() => InstallationEvent, { nullable: true, description: "With the installer's words." })
  event(@Ctx() context: Context): Promise<InstallationEvent | undefined> {
    return entityBy(context, InstallationEvent, "id", this.entry.objectId);
  }
}

@ObjectType({ implements: Event, description: "Two identities contradict each other, for the first time or again." })
export class ConflictFound extends Event {
  @Field(() => Conflict, { nullable: true, description: AS_IT_IS_NOW })
  conflict(@Ctx() context: Context): Promise<Conflict | undefined> {
    return entityBy(context, Conflict, "id", this.entry.objectId);
  }
}

function numberOf(globalId: string): number {
  return Number(globalId.split(":")[1]);
}
