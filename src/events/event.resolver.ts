import { Args, ArgsType, Field, ID, Resolver, Root, Subscription, type SubscribeResolverData } from "type-graphql";
import type { EntityManager } from "typeorm";
import { Refusals } from "../errors.js";
import { MACHINE_KEYS } from "../machine/machine.inputs.js";
import { machinesByKey } from "../machine/machine.store.js";
import { ConflictFound, InstallationProgressed, MachineRegistered, MachineStateChanged } from "./event.types.js";
import {
  conflictFound,
  installationProgressed,
  machineRegistered,
  machineStateChanged,
  type EventOf,
} from "./events.js";
import type { JournalEntry } from "./journal-entries.store.js";
import type { StreamContext } from "./stream-context.js";

@ArgsType()
class EventArgs {
  @Field(() => ID, {
    nullable: true,
    description:
      "Everything since: the `eventId` of the last event that you got, or the id of a change. Without it, what happens " +
      "from now on. Who reconnects with the header Last-Event-ID need not change it.",
  })
  after?: string | null;
}

@ArgsType()
class MachineEventArgs extends EventArgs {
  @Field(() => [String], { nullable: true, description: `Only of these: ${MACHINE_KEYS} All when left out.` })
  machines?: string[] | null;
}

/** Subscriptions: each follows the journal and tells what it means. */
@Resolver()
export class EventResolver {
  @Subscription(() => MachineRegistered, { subscribe: follow(machineRegistered) })
  machineRegistered(@Args(() => EventArgs) _: EventArgs, @Root() event: MachineRegistered): MachineRegistered {
    return event;
  }

  @Subscription(() => MachineStateChanged, { subscribe: follow(machineStateChanged) })
  machineStateChanged(
    @Args(() => MachineEventArgs) _: MachineEventArgs,
    @Root() event: MachineStateChanged,
  ): MachineStateChanged {
    return event;
  }

  @Subscription(() => InstallationProgressed, {
    subscribe: follow(installationProgressed),
    description: "From armed to done: everything that the installer reports, and what people and the clock do to it.",
  })
  installationProgressed(
    @Args(() => MachineEventArgs) _: MachineEventArgs,
    @Root() event: InstallationProgressed,
  ): InstallationProgressed {
    return event;
  }

  @Subscription(() => ConflictFound, { subscribe: follow(conflictFound) })
  conflictFound(@Args(() => EventArgs) _: EventArgs, @Root() event: ConflictFound): ConflictFound {
    return event;
  }
}

type Asked = SubscribeResolverData<unknown, MachineEventArgs, StreamContext>;

function follow<E>(eventOf: EventOf<E>): (asked: Asked) => Promise<AsyncIterable<E>> {
  return async ({ args: { after, machines }, context: { app, stream } }) => {
    const { feed } = app.streams;
    const position = await feed.position(stream.lastEventId ?? after);
    const wanted = machines ? await globalIdsOf(app.database.manager, machines) : undefined;
    stream.position = position;
    return told(feed.follow(position, stream.signal), stream, (entry) => eventOf(entry, wanted));
  };
}

async function* told<E>(
  entries: AsyncIterable<JournalEntry>,
  stream: StreamContext["stream"],
  eventOf: (entry: JournalEntry) => E | undefined,
): AsyncGenerator<E, void> {
  for await (const entry of entries) {
    const event = eventOf(entry);
    if (event !== undefined) yield event;
    stream.position = entry.id;
  }
}

/** @throws CallerError for the first that names no machine, or several */
async function globalIdsOf(manager: EntityManager, keys: readonly string[]): Promise<ReadonlySet<string>> {
  try {
    return new Set((await machinesByKey(manager, keys)).map(({ globalId }) => globalId));
  } catch (error) {
    throw error instanceof Refusals ? error.errors[0] : error;
  }
}
