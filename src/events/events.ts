import type { InstallationEventFacts } from "./event.types.js";
import { ConflictFound, InstallationProgressed, MachineRegistered, MachineStateChanged } from "./event.types.js";
import type { MachineState } from "../machine/machine-state.js";
import type { JournalEntry } from "./journal-entries.store.js";

/** The machines that a subscriber named, as `Machine:7`; undefined for all. */
export type Machines = ReadonlySet<string> | undefined;

/** What an entry of the journal means to a subscriber; undefined when nothing. */
export type EventOf<E> = (entry: JournalEntry, machines: Machines) => E | undefined;

export const machineRegistered: EventOf<MachineRegistered> = (entry) =>
  entry.kind === "Machine" && entry.before === null ? new MachineRegistered(entry) : undefined;

export const machineStateChanged: EventOf<MachineStateChanged> = (entry, machines) => {
  const { kind, objectId, before, after } = entry;
  if (kind !== "Machine" || !before?.state || !after?.state) return undefined;
  if (machines?.has(`Machine:${objectId}`) === false) return undefined;
  return new MachineStateChanged(entry, before.state as MachineState, after.state as MachineState);
};

export const installationProgressed: EventOf<InstallationProgressed> = (entry, machines) => {
  if (entry.kind !== "InstallationEvent" || entry.after === null) return undefined;
  const facts = entry.after as unknown as InstallationEventFacts;
  return machines?.has(facts.machine) === false ? undefined : new InstallationProgressed(entry, facts);
};

/** Also one that a person had decided and that is reported again. */
export const conflictFound: EventOf<ConflictFound> = (entry) => {
  const { kind, before, after } = entry;
  const isOpen = kind === "Conflict" && after !== null && after.resolvedAt === null;
  return isOpen && (before === null || before.resolvedAt) ? new ConflictFound(entry) : undefined;
};
