import type { ClassType } from "type-graphql";
import { In, type EntityManager } from "typeorm";
import { ApiToken } from "../access/api-token.entity.js";
import { BootRequest } from "../boot/boot-request.entity.js";
import { Change } from "../changes/change.entity.js";
import { Installation, InstallationEvent } from "../install/installation.entity.js";
import { Profile, Template } from "../install/profile.entity.js";
import { ProfileVersion, TemplateVersion } from "../install/version.entity.js";
import { Conflict } from "../machine/conflict.entity.js";
import { EthernetInterface, Machine } from "../machine/machine.entity.js";
import { Sighting } from "../machine/sighting.entity.js";
import { ExpectedMachine } from "../placement/plan/expected-machine.entity.js";
import { PlacementRule } from "../placement/rule/placement-rule.entity.js";
import { Switch, SwitchPort } from "../placement/switch/switch.entity.js";
import { Rack } from "../rack/rack.entity.js";
import { Shelf } from "../rack/shelf.entity.js";
import { ServerModel } from "../rack/model/server-model.entity.js";
import { groupBy } from "./batched.js";
import type { Node } from "./node.js";

type NodeClass = ClassType<Node & { readonly id: number }> & { readonly prototype: Node & { readonly id: number } };

/** What has an id. Who may ask for which kind is decided before anything runs: see access/ids.ts. */
export const KINDS: ReadonlyMap<string, NodeClass> = new Map(
  [
    ApiToken,
    BootRequest,
    Change,
    Conflict,
    EthernetInterface,
    ExpectedMachine,
    Installation,
    InstallationEvent,
    Machine,
    PlacementRule,
    Profile,
    ProfileVersion,
    Rack,
    ServerModel,
    Shelf,
    Sighting,
    Switch,
    SwitchPort,
    Template,
    TemplateVersion,
  ].map((entity) => [entity.name, entity]),
);

/** The objects of these global ids that are there, with one statement for each kind. */
export async function objectsById(manager: EntityManager, ids: readonly string[]): Promise<Map<string, Node>> {
  const objects = new Map<string, Node>();
  for (const [kind, some] of groupBy(ids, (id) => id.split(":")[0] ?? "")) {
    const entity = KINDS.get(kind);
    if (entity === undefined) continue;
    const found = await manager.findBy(entity, { id: In(some.map((id) => Number(id.split(":")[1]))) });
    for (const object of found) objects.set(object.globalId, object);
  }
  return objects;
}
