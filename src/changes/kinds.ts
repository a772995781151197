import { apiTokenKind } from "../access/api-token.kind.js";
import { installationKind, profileKind, templateKind } from "../install/install.kinds.js";
import { machineParametersKind, rackParametersKind } from "../install/machine-parameters.kinds.js";
import { conflictKind } from "../machine/conflict.kind.js";
import { machineKind } from "../machine/machine.kind.js";
import { expectedMachineKind, placementRuleKind, switchKind, switchPortKind } from "../placement/placement.kinds.js";
import { rackKind } from "../rack/rack.kind.js";
import { shelfKind } from "../rack/shelf.kind.js";
import { serverModelKind } from "../rack/model/server-model.kind.js";
import { localBootKind } from "../boot/local-boot.kind.js";
import type { ChangeKind } from "./change-set.js";

const KINDS = [
  ...[apiTokenKind, conflictKind, installationKind, localBootKind, machineKind],
  ...[machineParametersKind, profileKind, rackKind, rackParametersKind],
  ...[expectedMachineKind, placementRuleKind, serverModelKind, shelfKind, switchKind, switchPortKind, templateKind],
];

/** Every kind of thing whose changes are kept, by its name. */
export const kindNamed: ReadonlyMap<string, ChangeKind> = new Map(KINDS.map((kind) => [kind.name, kind]));
