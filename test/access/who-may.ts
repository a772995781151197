import type { Role } from "../../src/access/role.js";
import type { Rule } from "../../src/access/rules.js";
import type { Scope } from "../../src/access/scope.js";

// Who may do what, written down a second time and by another key: what slips in access/rules.ts is found here. Small
// first letters are operations, large ones types, and a field with a dot has a rule of its own.
const TAKES: Readonly<Record<string, string>> = {
  VIEWER: "limits me node nodes Event Limits Me Node PageInfo UserError",
  "VIEWER MACHINES":
    "bootRequests bootRequestsDropped BootRequest conflictFound conflicts machine machineRegistered machines machineStateChanged sightings Conflict ConflictFound " +
    "EthernetInterface Machine MachineLabel MachineRegistered MachineStateChanged RecordedForwardingTable Sighting UnreadTableLine",
  "VIEWER RACKS":
    "findSpace floorConflicts FloorConflict heardAddresses HeardAddress MachinePlace PlaceInRack model models rack racks Equipment FreeSpace ModelMismatch Rack RackdiagWarning RackWarning Reservation ServerModel Shelf " +
    "expectedMachines ExpectedMachine placementRules previewPlacementRule switches PlacementRule PlacementRulePreview PortLeftOut PortPattern PortSpot Switch SwitchPort",
  "VIEWER INSTALLATIONS":
    "bootMenu explainBoot explainConfig renderConfig ConfigExplanation ConfigParameter installationProgressed installations profile profiles template templates BootExplanation ExplainedAnswer Installation " +
    "InstallationEvent InstallationProgressed InstallationStage Profile ProfileVersion Template TemplateVersion",
  "VIEWER DHCP": "dnsmasqConf hostsfile",
  OPERATOR: "Change ChangeEntry",
  "OPERATOR MACHINES":
    "approveMachines chooseLocalBoot labelMachines lockMachines recordForwardingTable recordForwardingTables registerMachine registerMachines resolveConflict resolveConflicts retireMachines scanSwitch scanSwitches unlockMachines updateMachine updateMachines",
  "OPERATOR RACKS":
    "acceptObservedPlaces blockShelf blockShelves createModel createModels createRack createRacks deleteModel deleteModels deleteRack deleteRacks importRackdiag placeEquipment placeEquipments placeMachine " +
    "placeMachines releaseShelf releaseShelves removeEquipment removeEquipments reserveShelf reserveShelves unplaceMachine " +
    "unplaceMachines updateEquipment updateEquipments updateModel updateModels updateRack updateRacks updateReservation updateReservations " +
    "createSwitch createSwitches deleteSwitch deleteSwitches updateSwitch updateSwitches updateSwitchPort updateSwitchPorts " +
    "createPlacementRule createPlacementRules deletePlacementRule deletePlacementRules updatePlacementRule updatePlacementRules " +
    "expectMachine expectMachines updateExpectedMachine updateExpectedMachines cancelExpectedMachine cancelExpectedMachines",
  "OPERATOR INSTALLATIONS": "assignProfile",
  "OPERATOR CHANGES": "changes undoChange",
  "PROVISIONER INSTALLATIONS":
    "armMachines createProfile createProfiles deleteProfile deleteProfiles deleteTemplate deleteTemplates disarmMachines " +
    "saveTemplate saveTemplates setMachineParameters setMachinesParameters setRackParameters setRacksParameters " +
    "updateProfile updateProfiles",
  "PROVISIONER SECRETS":
    "Machine.parameters Profile.parameters ProfileVersion.content ProfileVersion.diff Rack.parameters",
  "ADMINISTRATOR ACCESS": "createToken revokeToken tokens ApiToken",
};

const ROUTES: Readonly<Record<string, string>> = {
  public: "GET /graphql,GET /graphql/ide/assets/:file,GET /healthz",
  VIEWER: "POST /graphql,PUT /graphql,PATCH /graphql,DELETE /graphql,OPTIONS /graphql,GET /readyz",
  "VIEWER DHCP": "GET /dnsmasq.conf,GET /hostsfile",
  "VIEWER RACKS": "GET /racks.:ending,GET /racks/:file,POST /rackdiag/png,POST /rackdiag/svg",
};

function byName(lists: Readonly<Record<string, string>>, separator: string): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(lists).flatMap(([rule, names]) => names.split(separator).map((name) => [name, rule] as const)),
  );
}

const rules = byName(TAKES, " ");
/** By method and path; where GET is, HEAD is too. */
export const routeRules = byName(ROUTES, ",");
export const operationNames = [...rules.keys()].filter((name) => /^[a-z]/.test(name));

/** What an operation (`Query.rack`) or a field of a type takes, by the list above. */
export function taken(type: string, field: string): Rule {
  if (["Query", "Mutation", "Subscription"].includes(type))
    return field === "__typename" ? ["VIEWER"] : ruleNamed(field);
  if (rules.has(`${type}.${field}`)) return ruleNamed(`${type}.${field}`);
  if (type.endsWith("Payload")) return ["VIEWER"];
  return ruleNamed(type.replace(/(Connection|Edge)$/, ""));
}

function ruleNamed(name: string): Rule {
  const [role, scope] = (rules.get(name) ?? "").split(" ") as [Role, Scope?];
  if (!rules.has(name)) throw new Error(`${name} stands nowhere in test/access/who-may.ts`);
  return scope === undefined ? [role] : [role, scope];
}
