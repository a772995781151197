import { entityKind } from "../../changes/entity-kind.js";
import { ServerModel } from "./server-model.entity.js";

export const serverModelKind = entityKind("ServerModel", ServerModel, (model) => {
  const { manufacturerPattern, productPattern, heightU, fullDepth, weightKg, watts } = model;
  return { manufacturerPattern, productPattern, heightU, fullDepth, weightKg, watts };
});
