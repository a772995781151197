import { undoLocalBoot } from "../boot/local-boot.undoer.js";
import type { WriteContext } from "../context.js";
import { Conflict } from "../errors.js";
import { undoParametersOf, undoProfile, undoTemplate } from "../install/install.undoers.js";
import { changeLives } from "../install/installation.store.js";
import { assignProfile, profileNamed, unassignProfile } from "../install/profile.store.js";
import { Machine } from "../machine/machine.entity.js";
import { putLabels } from "../machine/machine-label.store.js";
import { renameMachine } from "../machine/machine.store.js";
import { placeMachine, unplaceMachine, type Placement } from "../rack/placement.store.js";
import type { Json } from "./change-set.js";
import type { ChangeEntry } from "./change.entity.js";
import { undoExpectedMachine, undoPlacementRule, undoSwitch, undoSwitchPort } from "./placement-undoers.js";
import { undoModel, undoRack, undoShelf } from "./rack-undoers.js";

/** Puts one object back to what it was; machines that are `leaving` are put back by the same undo. @throws Conflict for what cannot be taken back */
export type Undoer = (context: WriteContext, entry: ChangeEntry, leaving: ReadonlySet<number>) => Promise<void>;

/** By kind. What is not here cannot be taken back. */
export const UNDOERS: Readonly<Record<string, Undoer>> = {
  LocalBootChoice: undoLocalBoot,
  Machine: undoMachine,
  Rack: undoRack,
  ServerModel: undoModel,
  Shelf: undoShelf,
  MachineParameters: undoParametersOf,
  Profile: undoProfile,
  RackParameters: undoParametersOf,
  ExpectedMachine: undoExpectedMachine,
  PlacementRule: undoPlacementRule,
  Switch: undoSwitch,
  SwitchPort: undoSwitchPort,
  Template: undoTemplate,
};

/** What the facts of a place leave out where it has none of it. */
const NOT_SAID = { strip: null, amperes: null, watts: null, kilograms: null, color: null };

/** A fact of a machine, put back to `value`. */
type Restorer = (
  context: WriteContext,
  machine: Machine,
  value: Json,
  leaving: ReadonlySet<number>,
) => Promise<unknown>;

const MACHINE_FACTS: Readonly<Record<string, Restorer>> = {
  hostname: ({ transaction }, machine, value) => {
    if (typeof value !== "string") throw new Conflict(`a machine keeps a host name; give it another one instead`);
    return renameMachine(transaction, machine, value);
  },
  locked: (context, machine, value) => {
    const { app, actor, transaction } = context;
    const life = { actor: actor.name, now: app.now(), limits: app.lifeLimits };
    return changeLives(app.database, transaction, [machine], { type: value === true ? "lock" : "unlock" }, life);
  },
  profile: async ({ transaction }, machine, value) => {
    if (typeof value !== "string") return unassignProfile(transaction, machine);
    return assignProfile(transaction, [machine], await profileNamed(transaction.manager, value));
  },
  labels: ({ transaction }, machine, value) => putLabels(transaction, machine, value as Record<string, string>),
  shelf: ({ app, transaction }, machine, value, leaving) => {
    if (value === null) return unplaceMachine(transaction, machine);
    return placeMachine(
      app.database,
      transaction,
      machine.globalId,
      { ...NOT_SAID, ...(value as unknown as Placement), leaving },
      app.now(),
    );
  },
};

/**
 * The entries of one change in the order in which they are taken back: as they were made, the last first; but racks come
 * back before what stood in them, what was put somewhere leaves before anything returns to its place, reservations take
 * back what a machine took of them when that has left, and a rack that was made goes when it is empty.
 */
export function inUndoOrder(entries: readonly ChangeEntry[]): ChangeEntry[] {
  return entries.toReversed().sort((a, b) => turnOf(a) - turnOf(b));
}

function turnOf({ kind, before, after }: ChangeEntry): number {
  if (kind === "Rack") return after === null ? 0 : before === null ? 4 : 2;
  // A plan goes before its reservation, and comes back after it.
  if (kind === "ExpectedMachine") return before === null ? 0 : 5;
  if (kind === "Shelf") return before === null ? 1 : 3;
  return kind === "Machine" && before?.shelf === null ? 1 : 2;
}

const INSTEAD: Readonly<Record<string, string>> = {
  state: "approve, arm, disarm and retire machines instead",
  macAddresses: "a port's machine is decided by resolveConflict",
  disputed: "a port's machine is decided by resolveConflict",
};

async function undoMachine(
  context: WriteContext,
  { objectId, object, before }: ChangeEntry,
  leaving: ReadonlySet<number>,
): Promise<void> {
  for (const [name, value] of Object.entries(before ?? {})) {
    const restore = MACHINE_FACTS[name];
    if (restore === undefined)
      throw new Conflict(`${object}: ${name} is not taken back; ${INSTEAD[name] ?? "register it anew"}`, ["change"]);
    const machine = await context.transaction.manager.findOneByOrFail(Machine, { id: objectId });
    await restore(context, machine, value, leaving);
  }
}
