import type { Role } from "./role.js";
import type { Scope } from "./scope.js";

/** The least role, and the scope that a token with scopes has to have. Without a scope: every token of that role. */
export type Rule = readonly [role: Role] | readonly [role: Role, scope: Scope];

/** A rule by `Type` or `Type.field`. */
export type RuleLines = Readonly<Record<string, Rule>>;

/**
 * Who may do what. `Query.…` and `Mutation.…` say what an operation takes, a type's line what reading any of its fields
 * takes, and a field's own line stands instead of its type's. Connections, edges and payloads need no line: see rules-of.ts.
 * A field that answers with an interface takes what the kinds of its ids take as well: see ids.ts.
 * A field without any rule is forbidden, and the server does not start.
 */
export const RULES: RuleLines = {
  "Query.bootMenu": ["PROVISIONER", "SECRETS"],
  "Query.changes": ["OPERATOR", "CHANGES"],
  "Query.conflicts": ["VIEWER", "MACHINES"],
  "Query.dnsmasqConf": ["VIEWER", "DHCP"],
  "Query.explainBoot": ["VIEWER", "INSTALLATIONS"],
  "Query.hostsfile": ["VIEWER", "DHCP"],
  "Query.installations": ["VIEWER", "INSTALLATIONS"],
  "Query.limits": ["VIEWER"],
  "Query.machine": ["VIEWER", "MACHINES"],
  "Query.machines": ["VIEWER", "MACHINES"],
  "Query.me": ["VIEWER"],
  "Query.model": ["VIEWER", "RACKS"],
  "Query.models": ["VIEWER", "RACKS"],
  "Query.node": ["VIEWER"],
  "Query.nodes": ["VIEWER"],
  "Query.profile": ["VIEWER", "INSTALLATIONS"],
  "Query.profiles": ["VIEWER", "INSTALLATIONS"],
  "Query.rack": ["VIEWER", "RACKS"],
  "Query.racks": ["VIEWER", "RACKS"],
  "Query.renderConfig": ["PROVISIONER", "SECRETS"],
  "Query.sightings": ["VIEWER", "MACHINES"],
  "Query.template": ["VIEWER", "INSTALLATIONS"],
  "Query.templates": ["VIEWER", "INSTALLATIONS"],
  "Query.tokens": ["ADMINISTRATOR", "ACCESS"],

  "Mutation.approveMachines": ["OPERATOR", "MACHINES"],
  "Mutation.armMachines": ["PROVISIONER", "INSTALLATIONS"],
  "Mutation.assignProfile": ["OPERATOR", "INSTALLATIONS"],
  "Mutation.createProfile": ["PROVISIONER", "INSTALLATIONS"],
  "Mutation.createProfiles": ["PROVISIONER", "INSTALLATIONS"],
  "Mutation.createRack": ["OPERATOR", "RACKS"],
  "Mutation.createRacks": ["OPERATOR", "RACKS"],
  "Mutation.createToken": ["ADMINISTRATOR", "ACCESS"],
  "Mutation.deleteRack": ["OPERATOR", "RACKS"],
  "Mutation.deleteRacks": ["OPERATOR", "RACKS"],
  "Mutation.disarmMachines": ["PROVISIONER", "INSTALLATIONS"],
  "Mutation.lockMachines": ["OPERATOR", "MACHINES"],
  "Mutation.placeMachine": ["OPERATOR", "RACKS"],
  "Mutation.placeMachines": ["OPERATOR", "RACKS"],
  "Mutation.registerMachine": ["OPERATOR", "MACHINES"],
  "Mutation.registerMachines": ["OPERATOR", "MACHINES"],
  "Mutation.resolveConflict": ["OPERATOR", "MACHINES"],
  "Mutation.resolveConflicts": ["OPERATOR", "MACHINES"],
  "Mutation.retireMachines": ["OPERATOR", "MACHINES"],
  "Mutation.revokeToken": ["ADMINISTRATOR", "ACCESS"],
  "Mutation.saveTemplate": ["PROVISIONER", "INSTALLATIONS"],
  "Mutation.saveTemplates": ["PROVISIONER", "INSTALLATIONS"],
  "Mutation.undoChange": ["OPERATOR", "CHANGES"],
  "Mutation.unlockMachines": ["OPERATOR", "MACHINES"],
  "Mutation.unplaceMachine": ["OPERATOR", "RACKS"],
  "Mutation.unplaceMachines": ["OPERATOR", "RACKS"],
  "Mutation.updateMachine": ["OPERATOR", "MACHINES"],
  "Mutation.updateMachines": ["OPERATOR", "MACHINES"],
  "Mutation.updateProfile": ["PROVISIONER", "INSTALLATIONS"],
  "Mutation.updateProfiles": ["PROVISIONER", "INSTALLATIONS"],
  "Mutation.updateRack": ["OPERATOR", "RACKS"],
  "Mutation.updateRacks": ["OPERATOR", "RACKS"],

  ApiToken: ["ADMINISTRATOR", "ACCESS"],
  BootExplanation: ["VIEWER", "INSTALLATIONS"],
  Change: ["OPERATOR"],
  ChangeEntry: ["OPERATOR"],
  Conflict: ["VIEWER", "MACHINES"],
  EthernetInterface: ["VIEWER", "MACHINES"],
  Installation: ["VIEWER", "INSTALLATIONS"],
  InstallationEvent: ["VIEWER", "INSTALLATIONS"],
  Limits: ["VIEWER"],
  Machine: ["VIEWER", "MACHINES"],
  Me: ["VIEWER"],
  Node: ["VIEWER"],
  PageInfo: ["VIEWER"],
  Profile: ["VIEWER", "INSTALLATIONS"],
  "Profile.parameters": ["PROVISIONER", "SECRETS"],
  Rack: ["VIEWER", "RACKS"],
  ServerModel: ["VIEWER", "RACKS"],
  Shelf: ["VIEWER", "RACKS"],
  Sighting: ["VIEWER", "MACHINES"],
  Template: ["VIEWER", "INSTALLATIONS"],
  UserError: ["VIEWER"],
};
