import { entityKind } from "../changes/entity-kind.js";
import { LocalBootChoice } from "./local-boot.entity.js";

export const localBootKind = entityKind("LocalBootChoice", LocalBootChoice, (choice) => ({
  machine: `Machine:${choice.machineId}`,
  platform: choice.platform,
  method: choice.method,
  chosen: choice.chosen,
}));
