import "reflect-metadata";
import type { GraphQLSchema } from "graphql";
import { buildSchemaSync, type PubSub } from "type-graphql";
import { AccessResolver } from "../access/access.resolver.js";
import { rulesOf } from "../access/rules-of.js";
import { ChangeEntryResolver, ChangeResolver } from "../changes/change.resolver.js";
import { BootRequestResolver, MachineBootResolver } from "../boot/boot-request.resolver.js";
import { LocalBootResolver } from "../boot/local-boot.resolver.js";
import { BootResolver } from "../boot/boot.resolver.js";
import { DhcpResolver } from "../dhcp/dhcp.resolver.js";
import { EventResolver } from "../events/event.resolver.js";
import { LifeResolver } from "../install/life.resolver.js";
import { InstallationResolver, MachineInstallResolver } from "../install/installation.resolver.js";
import { MachineParametersResolver, RackParametersResolver } from "../install/machine-parameters.resolver.js";
import { PreviewResolver } from "../install/preview.resolver.js";
import { ProfileResolver } from "../install/profile.resolver.js";
import { TimelineResolver } from "../install/timeline.resolver.js";
import { TemplateResolver } from "../install/template.resolver.js";
import { ProfileVersionResolver, TemplateVersionResolver } from "../install/version.resolver.js";
import { ConflictResolver } from "../machine/conflict.resolver.js";
import { LimitsResolver } from "./limits.resolver.js";
import { MachineResolver } from "../machine/machine.resolver.js";
import { SightingResolver } from "../machine/sighting.resolver.js";
import { ScanResolver } from "../placement/snmp/scan.resolver.js";
import { ForwardingResolver } from "../placement/forwarding.resolver.js";
import { ExpectedMachineResolver } from "../placement/plan/expected-machine.resolver.js";
import { PlacementRuleResolver } from "../placement/rule/placement-rule.resolver.js";
import {
  FloorConflictResolver,
  MachineFloorResolver,
  MachinePlaceEvidenceResolver,
  PlaceInRackResolver,
} from "../placement/floor/floor.resolver.js";
import { HeardAddressResolver } from "../placement/floor/heard-address.resolver.js";
import { SwitchPortResolver, SwitchResolver } from "../placement/switch/switch.resolver.js";
import { DiagramResolver } from "../rack/diagram/diagram.resolver.js";
import { EquipmentResolver } from "../rack/equipment.resolver.js";
import { FindSpaceResolver } from "../rack/find-space.resolver.js";
import { ServerModelResolver } from "../rack/model/server-model.resolver.js";
import { PlacementResolver } from "../rack/placement.resolver.js";
import { RackResolver } from "../rack/rack.resolver.js";
import { RackdiagResolver } from "../rack/rackdiag/rackdiag.resolver.js";
import { ReservationResolver } from "../rack/reservation.resolver.js";
import { MachinePlaceResolver, ShelfResolver } from "../rack/shelf.resolver.js";
import { prepareFieldResolvers } from "./field-resolvers.js";
import { NodeResolver } from "./node.resolver.js";
import { wrapMutations } from "./mutation.js";

// type-graphql wants one as soon as there is a subscription; ours follow the journal instead.
const NO_PUB_SUB: PubSub = {
  publish: () => undefined,
  subscribe: (topic) => {
    throw new Error(`nobody publishes ${topic}`);
  },
};

/** The whole API. @throws Error when a field has no rule */
export function buildSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      AccessResolver,
      BootRequestResolver,
      BootResolver,
      ChangeResolver,
      ChangeEntryResolver,
      ConflictResolver,
      DhcpResolver,
      DiagramResolver,
      EquipmentResolver,
      EventResolver,
      ExpectedMachineResolver,
      FindSpaceResolver,
      FloorConflictResolver,
      HeardAddressResolver,
      InstallationResolver,
      LifeResolver,
      LimitsResolver,
      LocalBootResolver,
      MachineBootResolver,
      MachineFloorResolver,
      MachineInstallResolver,
      MachineParametersResolver,
      MachinePlaceEvidenceResolver,
      MachinePlaceResolver,
      MachineResolver,
      NodeResolver,
      PlaceInRackResolver,
      PlacementResolver,
      PlacementRuleResolver,
      PreviewResolver,
      ProfileResolver,
      ProfileVersionResolver,
      RackParametersResolver,
      RackdiagResolver,
      RackResolver,
      ReservationResolver,
      ServerModelResolver,
      ShelfResolver,
      SightingResolver,
      SwitchPortResolver,
      ForwardingResolver,
      ScanResolver,
      SwitchResolver,
      TemplateResolver,
      TemplateVersionResolver,
      TimelineResolver,
    ],
    validate: false,
    pubSub: NO_PUB_SUB,
  });
  prepareFieldResolvers(schema);
  wrapMutations(schema);
  rulesOf(schema);
  return schema;
}
