import { In } from "typeorm";
import type { ChangeKind } from "../changes/change-set.js";
import { MachineParameters, RackParameters } from "./machine-parameters.entity.js";
import { toldParameters } from "./parameters.js";

/** By the machine's id. Apart from the machine's own facts: those are read at every registration. */
export const machineParametersKind: ChangeKind = {
  name: "MachineParameters",
  async facts(manager, _, ids) {
    const found = await manager.findBy(MachineParameters, { machineId: In([...ids]) });
    return new Map(
      found.map(({ machineId, parameters }) => [
        machineId,
        { machine: `Machine:${machineId}`, parameters: toldParameters(parameters) },
      ]),
    );
  },
};

/** By the rack's id. */
export const rackParametersKind: ChangeKind = {
  name: "RackParameters",
  async facts(manager, _, ids) {
    const found = await manager.findBy(RackParameters, { rackId: In([...ids]) });
    return new Map(
      found.map(({ rackId, parameters }) => [
        rackId,
        { rack: `Rack:${rackId}`, parameters: toldParameters(parameters) },
      ]),
    );
  },
};
