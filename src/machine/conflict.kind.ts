import { entityKind } from "../changes/entity-kind.js";
import { Conflict } from "./conflict.entity.js";

/** How often it was reported is an observation and no change. */
export const conflictKind = entityKind(
  "Conflict",
  Conflict,
  ({ kind, machineId, otherMachineId, macAddress, resolvedAt, resolvedBy }) => ({
    kind,
    machine: `Machine:${machineId}`,
    otherMachine: `Machine:${otherMachineId}`,
    macAddress,
    resolvedAt: resolvedAt?.toISOString() ?? null,
    resolvedBy,
  }),
);
