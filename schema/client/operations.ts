// Written by `npm run schema` from schema.graphql and examples/.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** All that are given have to be true. */
export type BooleanFilter = {
  eq?: boolean | null | undefined;
  /** Also what has no value. */
  ne?: boolean | null | undefined;
};

/** The boot loader that a decision is printed for. */
export type BootFormat =
  | 'GRUB'
  | 'IPXE'
  | 'PXELINUX';

/** What kind of firmware boots. */
export type BootPlatform =
  | 'BIOS'
  | 'EFI';

/** All that are given have to be true. */
export type BootRequestFilter = {
  and?: Array<BootRequestFilter> | null | undefined;
  answer?: StringFilter | null | undefined;
  at?: DateTimeFilter | null | undefined;
  id?: IdFilter | null | undefined;
  macAddress?: MacAddressFilter | null | undefined;
  /** `not: {machine: {}}` finds what matched nothing that is known. */
  machine?: MachineFilter | null | undefined;
  method?: StringFilter | null | undefined;
  not?: BootRequestFilter | null | undefined;
  /** Nothing matches an empty list. */
  or?: Array<BootRequestFilter> | null | undefined;
  remoteAddress?: StringFilter | null | undefined;
  rule?: StringFilter | null | undefined;
  status?: IntFilter | null | undefined;
  url?: StringFilter | null | undefined;
  userAgent?: StringFilter | null | undefined;
};

/** All that are given have to be true. */
export type BootRequestListFilter = {
  /** Not one matches. */
  none?: BootRequestFilter | null | undefined;
  /** At least one matches. */
  some?: BootRequestFilter | null | undefined;
};

/** The language of an installer's answers. */
export type ConfigFormat =
  /** Of Ubuntu Server's installer: cloud-init's user-data. */
  | 'AUTOINSTALL'
  /** Of SUSE's installer: XML. */
  | 'AUTOYAST'
  /** VMware ESXi's ks.cfg. */
  | 'ESXI'
  /** Of Flatcar and Fedora CoreOS: JSON. */
  | 'IGNITION'
  /** Of Anaconda: Fedora, AlmaLinux, Rocky, CentOS Stream. */
  | 'KICKSTART'
  /** What fetches no answers: a rescue system, a memory test, a live system. */
  | 'NONE'
  /** Of the Debian installer. */
  | 'PRESEED'
  /** A piece of other templates, which include it: {% include "name" %}. */
  | 'SNIPPET';

/** All that are given have to be true. */
export type ConfigFormatFilter = {
  eq?: ConfigFormat | null | undefined;
  in?: Array<ConfigFormat> | null | undefined;
  /** Also what has no value. */
  ne?: ConfigFormat | null | undefined;
  /** Also what has no value. */
  notIn?: Array<ConfigFormat> | null | undefined;
};

/** All that are given have to be true. */
export type ConflictFilter = {
  and?: Array<ConflictFilter> | null | undefined;
  count?: IntFilter | null | undefined;
  firstSeenAt?: DateTimeFilter | null | undefined;
  id?: IdFilter | null | undefined;
  kind?: ConflictKindFilter | null | undefined;
  lastSeenAt?: DateTimeFilter | null | undefined;
  macAddress?: MacAddressFilter | null | undefined;
  /** `{}` matches what has one; `not` around it what has none. */
  machine?: MachineFilter | null | undefined;
  not?: ConflictFilter | null | undefined;
  /** Nothing matches an empty list. */
  or?: Array<ConflictFilter> | null | undefined;
  /** `{}` matches what has one; `not` around it what has none. */
  otherMachine?: MachineFilter | null | undefined;
  resolvedAt?: DateTimeFilter | null | undefined;
  resolvedBy?: StringFilter | null | undefined;
};

/** Why a registration could not be told apart without a person. */
export type ConflictKind =
  /** A machine reported a MAC address that belongs to another known machine. */
  | 'MOVED_CARD'
  /** An approved machine's serial number came from a MAC address it never had. */
  | 'NEW_INTERFACE'
  /** A machine appeared where one of another model or serial number is expected. */
  | 'PLAN_MISMATCH'
  /** A known MAC address came with a serial number that nobody had reported before. */
  | 'SWAPPED_BOARD'
  /** Two machines report one serial number but are not the same machine. */
  | 'TWIN_SERIAL';

/** All that are given have to be true. */
export type ConflictKindFilter = {
  eq?: ConflictKind | null | undefined;
  in?: Array<ConflictKind> | null | undefined;
  /** Also what has no value. */
  ne?: ConflictKind | null | undefined;
  /** Also what has no value. */
  notIn?: Array<ConflictKind> | null | undefined;
};

/** All that are given have to be true. */
export type ConflictListFilter = {
  /** Not one matches. */
  none?: ConflictFilter | null | undefined;
  /** At least one matches. */
  some?: ConflictFilter | null | undefined;
};

/** All that are given have to be true. */
export type DateTimeFilter = {
  eq?: string | null | undefined;
  gt?: string | null | undefined;
  gte?: string | null | undefined;
  isNull?: boolean | null | undefined;
  lt?: string | null | undefined;
  lte?: string | null | undefined;
  /** Also what has no value. */
  ne?: string | null | undefined;
};

/** 2.52 and older, or 2.53 and newer. */
export type DnsmasqDialect =
  | 'V2_52'
  | 'V2_53';

export type EquipmentInput = {
  amperes?: number | null | undefined;
  /** As #rrggbb, for its drawing. */
  color?: string | null | undefined;
  column?: number;
  columns?: number;
  /** When not given FRONT for panels and cable guides, which are no deeper, and else FULL. */
  face?: Face | null | undefined;
  heightU?: number;
  /** When not given, and with null, as the model says. */
  kilograms?: number | null | undefined;
  kind: EquipmentKind;
  manufacturer?: string | null | undefined;
  /** What is written on it. */
  name?: string | null | undefined;
  product?: string | null | undefined;
  rack: string;
  /** Beside the panels instead of between the rails. */
  strip?: Strip | null | undefined;
  /** The lowest unit it takes, counted from 1 at the floor. */
  unit: number;
  /** When not given, and with null, as the model says. */
  watts?: number | null | undefined;
};

/** Equipment that never boots. */
export type EquipmentKind =
  | 'BLANK'
  | 'CABLE_GUIDE'
  | 'OTHER'
  | 'PATCH_PANEL'
  | 'PDU'
  | 'SWITCH'
  | 'TRAY'
  | 'UPS';

/** All that are given have to be true. */
export type EthernetInterfaceFilter = {
  and?: Array<EthernetInterfaceFilter> | null | undefined;
  disputed?: BooleanFilter | null | undefined;
  firstSeenAt?: DateTimeFilter | null | undefined;
  id?: IdFilter | null | undefined;
  macAddress?: MacAddressFilter | null | undefined;
  not?: EthernetInterfaceFilter | null | undefined;
  /** Nothing matches an empty list. */
  or?: Array<EthernetInterfaceFilter> | null | undefined;
};

/** All that are given have to be true. */
export type EthernetInterfaceListFilter = {
  /** Not one matches. */
  none?: EthernetInterfaceFilter | null | undefined;
  /** At least one matches. */
  some?: EthernetInterfaceFilter | null | undefined;
};

/** The side of a rack that a shelf takes; FULL takes both. */
export type Face =
  | 'FRONT'
  | 'FULL'
  | 'REAR';

/** All that are given have to be true. */
export type FaceFilter = {
  eq?: Face | null | undefined;
  in?: Array<Face> | null | undefined;
  /** Also what has no value. */
  ne?: Face | null | undefined;
  /** Also what has no value. */
  notIn?: Array<Face> | null | undefined;
};

/** All that are given have to be true. */
export type FloatFilter = {
  eq?: number | null | undefined;
  gt?: number | null | undefined;
  gte?: number | null | undefined;
  in?: Array<number> | null | undefined;
  isNull?: boolean | null | undefined;
  lt?: number | null | undefined;
  lte?: number | null | undefined;
  /** Also what has no value. */
  ne?: number | null | undefined;
  /** Also what has no value. */
  notIn?: Array<number> | null | undefined;
};

/** How plan and floor differ. */
export type FloorConflictKind =
  /** One MAC address is in two places at once. */
  | 'DOUBLED_MAC'
  /** Switches that listen at its place hear the machine neither there nor elsewhere. */
  | 'MISSING'
  /** A machine stands in another place than planned. */
  | 'MOVED'
  /** The ports of one machine are cabled as if it stood in two places. */
  | 'SPLIT'
  /** Two machines stand in each other's places. */
  | 'SWAPPED'
  /** A machine that nobody knows is where another one is planned. */
  | 'UNKNOWN'
  /** A machine that has no place in the plan stands somewhere. */
  | 'UNPLACED';

/** What an approved machine boots from. */
export type HandOverMode =
  | 'IPXE'
  | 'PXELINUX';

/** All that are given have to be true. */
export type IdFilter = {
  eq?: string | null | undefined;
  in?: Array<string> | null | undefined;
  /** Also what has no value. */
  ne?: string | null | undefined;
  /** Also what has no value. */
  notIn?: Array<string> | null | undefined;
};

/** All that are given have to be true. */
export type InstallationEventFilter = {
  and?: Array<InstallationEventFilter> | null | undefined;
  at?: DateTimeFilter | null | undefined;
  id?: IdFilter | null | undefined;
  kind?: StringFilter | null | undefined;
  not?: InstallationEventFilter | null | undefined;
  /** Nothing matches an empty list. */
  or?: Array<InstallationEventFilter> | null | undefined;
  stage?: StringFilter | null | undefined;
  text?: StringFilter | null | undefined;
};

/** All that are given have to be true. */
export type InstallationEventListFilter = {
  /** Not one matches. */
  none?: InstallationEventFilter | null | undefined;
  /** At least one matches. */
  some?: InstallationEventFilter | null | undefined;
};

/** All that are given have to be true. */
export type InstallationFilter = {
  and?: Array<InstallationFilter> | null | undefined;
  armedAt?: DateTimeFilter | null | undefined;
  armedBy?: StringFilter | null | undefined;
  events?: InstallationEventListFilter | null | undefined;
  expiresAt?: DateTimeFilter | null | undefined;
  finishedAt?: DateTimeFilter | null | undefined;
  id?: IdFilter | null | undefined;
  installerBoots?: IntFilter | null | undefined;
  /** `{}` matches what has one; `not` around it what has none. */
  machine?: MachineFilter | null | undefined;
  not?: InstallationFilter | null | undefined;
  /** Nothing matches an empty list. */
  or?: Array<InstallationFilter> | null | undefined;
  /** `{}` matches what has one; `not` around it what has none. */
  profile?: ProfileFilter | null | undefined;
  startedAt?: DateTimeFilter | null | undefined;
  state?: InstallationStateFilter | null | undefined;
};

/** All that are given have to be true. */
export type InstallationListFilter = {
  /** Not one matches. */
  none?: InstallationFilter | null | undefined;
  /** At least one matches. */
  some?: InstallationFilter | null | undefined;
};

/** ARMED and INSTALLING are open, the others final. */
export type InstallationState =
  | 'ARMED'
  | 'DISARMED'
  | 'DONE'
  | 'EXPIRED'
  | 'FAILED'
  | 'INSTALLING';

/** All that are given have to be true. */
export type InstallationStateFilter = {
  eq?: InstallationState | null | undefined;
  in?: Array<InstallationState> | null | undefined;
  /** Also what has no value. */
  ne?: InstallationState | null | undefined;
  /** Also what has no value. */
  notIn?: Array<InstallationState> | null | undefined;
};

/** All that are given have to be true. */
export type IntFilter = {
  eq?: number | null | undefined;
  gt?: number | null | undefined;
  gte?: number | null | undefined;
  in?: Array<number> | null | undefined;
  isNull?: boolean | null | undefined;
  lt?: number | null | undefined;
  lte?: number | null | undefined;
  /** Also what has no value. */
  ne?: number | null | undefined;
  /** Also what has no value. */
  notIn?: Array<number> | null | undefined;
};

export type LabelInput = {
  /** Letters, digits, dots, slashes, underscores and hyphens, as in example.com/team. */
  key: string;
  value: string;
};

/** What is given has to be so; no site is every site. */
export type LocationInput = {
  room?: string | null | undefined;
  row?: string | null | undefined;
  site?: string | null | undefined;
};

/** All that are given have to be true. */
export type MacAddressFilter = {
  eq?: string | null | undefined;
  in?: Array<string> | null | undefined;
  ne?: string | null | undefined;
  notIn?: Array<string> | null | undefined;
  /** The first octets in any spelling, such as 00:26:2d. */
  startsWith?: string | null | undefined;
};

/** All that are given have to be true. */
export type MachineFilter = {
  and?: Array<MachineFilter> | null | undefined;
  assetTag?: StringFilter | null | undefined;
  boardSerialNumber?: StringFilter | null | undefined;
  bootRequests?: BootRequestListFilter | null | undefined;
  buildArch?: StringFilter | null | undefined;
  conflicts?: ConflictListFilter | null | undefined;
  ethernetInterfaces?: EthernetInterfaceListFilter | null | undefined;
  firstSeenAt?: DateTimeFilter | null | undefined;
  hostname?: StringFilter | null | undefined;
  id?: IdFilter | null | undefined;
  /** The newest one. */
  installation?: InstallationFilter | null | undefined;
  installations?: InstallationListFilter | null | undefined;
  ipxeVersion?: StringFilter | null | undefined;
  labels?: MachineLabelListFilter | null | undefined;
  lastSeenAt?: DateTimeFilter | null | undefined;
  locked?: BooleanFilter | null | undefined;
  manufacturer?: StringFilter | null | undefined;
  not?: MachineFilter | null | undefined;
  /** Nothing matches an empty list. */
  or?: Array<MachineFilter> | null | undefined;
  platform?: StringFilter | null | undefined;
  product?: StringFilter | null | undefined;
  /** The one it is meant to have; `not: {profile: {}}` finds what has none. */
  profile?: ProfileFilter | null | undefined;
  serialNumber?: StringFilter | null | undefined;
  /** Where it stands; `not: {shelf: {}}` finds what stands nowhere. */
  shelf?: ShelfFilter | null | undefined;
  sightings?: SightingListFilter | null | undefined;
  state?: MachineStateFilter | null | undefined;
  uuid?: StringFilter | null | undefined;
};

/** All that are given have to be true. */
export type MachineLabelFilter = {
  and?: Array<MachineLabelFilter> | null | undefined;
  key?: StringFilter | null | undefined;
  not?: MachineLabelFilter | null | undefined;
  /** Nothing matches an empty list. */
  or?: Array<MachineLabelFilter> | null | undefined;
  value?: StringFilter | null | undefined;
};

/** All that are given have to be true. */
export type MachineLabelListFilter = {
  /** Not one matches. */
  none?: MachineLabelFilter | null | undefined;
  /** At least one matches. */
  some?: MachineLabelFilter | null | undefined;
};

/** Text by its bytes; what has no value comes before what has one. */
export type MachineOrderBy =
  | 'ASSET_TAG_ASC'
  | 'ASSET_TAG_DESC'
  | 'BOARD_SERIAL_NUMBER_ASC'
  | 'BOARD_SERIAL_NUMBER_DESC'
  | 'HOSTNAME_ASC'
  | 'HOSTNAME_DESC'
  | 'ID_ASC'
  | 'ID_DESC'
  | 'SERIAL_NUMBER_ASC'
  | 'SERIAL_NUMBER_DESC'
  | 'STATE_ASC'
  | 'STATE_DESC'
  | 'UUID_ASC'
  | 'UUID_DESC';

/** What a machine would say of itself when it boots; see GET /inventory. */
export type MachineReport = {
  assetTag?: string | null | undefined;
  boardSerialNumber?: string | null | undefined;
  /** Every port, the one that boots first. */
  macAddresses: Array<string>;
  manufacturer?: string | null | undefined;
  product?: string | null | undefined;
  serialNumber?: string | null | undefined;
  uuid?: string | null | undefined;
};

/** The life of a machine, from its first request to its retirement. */
export type MachineState =
  | 'ARMED'
  | 'DISCOVERED'
  | 'FAILED'
  | 'INSTALLED'
  | 'INSTALLING'
  | 'READY'
  | 'RETIRED';

/** All that are given have to be true. */
export type MachineStateFilter = {
  eq?: MachineState | null | undefined;
  in?: Array<MachineState> | null | undefined;
  /** Also what has no value. */
  ne?: MachineState | null | undefined;
  /** Also what has no value. */
  notIn?: Array<MachineState> | null | undefined;
};

/** Who says what a parameter is; the first one of these that says anything wins. */
export type ParameterSource =
  | 'DEFAULT'
  | 'MACHINE'
  | 'PARENT'
  | 'PROFILE'
  | 'RACK';

export type PlacementInput = {
  amperes?: number | null | undefined;
  /** As #rrggbb, for its drawing. */
  color?: string | null | undefined;
  column?: number;
  columns?: number;
  /** By the model's depth when not given. */
  face?: Face | null | undefined;
  /** The model's when not given. */
  heightU?: number | null | undefined;
  /** When not given, and with null, as the model says. */
  kilograms?: number | null | undefined;
  /** an id, a MAC address, a host name or a serial number */
  machine: string;
  rack: string;
  /** A reservation that it is to stand in: the units that it takes are no longer reserved then. */
  reservation?: string | null | undefined;
  /** Beside the panels instead of between the rails. */
  strip?: Strip | null | undefined;
  /** The lowest unit it takes, counted from 1 at the floor. */
  unit: number;
  /** When not given, and with null, as the model says. */
  watts?: number | null | undefined;
};

/** What a person says hangs on a port. */
export type PortRole =
  /** Nobody has said: many MAC addresses, or LLDP to another switch, make it an uplink. */
  | 'AUTO'
  /** A machine, whatever is heard there. */
  | 'EDGE'
  /** Another switch: no machine is placed by what is heard there. */
  | 'UPLINK';

/** All that are given have to be true. */
export type PortRoleFilter = {
  eq?: PortRole | null | undefined;
  in?: Array<PortRole> | null | undefined;
  /** Also what has no value. */
  ne?: PortRole | null | undefined;
  /** Also what has no value. */
  notIn?: Array<PortRole> | null | undefined;
};

/** What a machine with this profile starts. */
export type ProfileBoots =
  /** Another boot program, or a boot loader's script: `kernel` is what is chained to. */
  | 'CHAIN'
  /** A Linux kernel with its initrds and arguments. */
  | 'KERNEL'
  /** Nothing from here: the local disk. */
  | 'LOCAL_DISK';

/** All that are given have to be true. */
export type ProfileBootsFilter = {
  eq?: ProfileBoots | null | undefined;
  in?: Array<ProfileBoots> | null | undefined;
  /** Also what has no value. */
  ne?: ProfileBoots | null | undefined;
  /** Also what has no value. */
  notIn?: Array<ProfileBoots> | null | undefined;
};

/** All that are given have to be true. */
export type ProfileFilter = {
  and?: Array<ProfileFilter> | null | undefined;
  arguments?: StringFilter | null | undefined;
  boots?: ProfileBootsFilter | null | undefined;
  id?: IdFilter | null | undefined;
  kernel?: StringFilter | null | undefined;
  name?: StringFilter | null | undefined;
  not?: ProfileFilter | null | undefined;
  /** Nothing matches an empty list. */
  or?: Array<ProfileFilter> | null | undefined;
  /** `{}` matches what has one; `not` around it what has none. */
  parent?: ProfileFilter | null | undefined;
  /** `{}` matches what has one; `not` around it what has none. */
  template?: TemplateFilter | null | undefined;
  title?: StringFilter | null | undefined;
};

/** All that are given have to be true. */
export type RackFilter = {
  and?: Array<RackFilter> | null | undefined;
  capacityKilograms?: FloatFilter | null | undefined;
  capacityWatts?: FloatFilter | null | undefined;
  description?: StringFilter | null | undefined;
  firstUnit?: IntFilter | null | undefined;
  heightU?: FloatFilter | null | undefined;
  id?: IdFilter | null | undefined;
  name?: StringFilter | null | undefined;
  not?: RackFilter | null | undefined;
  numbering?: UnitNumberingFilter | null | undefined;
  /** Nothing matches an empty list. */
  or?: Array<RackFilter> | null | undefined;
  position?: IntFilter | null | undefined;
  room?: StringFilter | null | undefined;
  row?: StringFilter | null | undefined;
  shelves?: ShelfListFilter | null | undefined;
  site?: StringFilter | null | undefined;
};

export type RackWarningKind =
  | 'COLLISION'
  | 'OUTSIDE'
  | 'OVERLOAD_KILOGRAMS'
  | 'OVERLOAD_WATTS'
  | 'RESERVATION_ENDED';

/** How a text in rackdiag's language is read. */
export type RackdiagMode =
  /** As rackdiag 2.0 reads it. */
  | 'EXACT'
  /** Mends what surprises people, and says so; also reads what Kickrack keeps in comments. */
  | 'HELPFUL';

/** What a token may do; each role may do what the ones before it may. */
export type Role =
  /** Makes and revokes tokens. */
  | 'ADMINISTRATOR'
  /** Approves, names, places and locks machines; makes racks; decides conflicts. */
  | 'OPERATOR'
  /** Writes templates and profiles, arms and disarms machines. */
  | 'PROVISIONER'
  /** Reads. */
  | 'VIEWER';

/** What a token may touch. A token without scopes may touch everything that its role may. */
export type Scope =
  /** Tokens. */
  | 'ACCESS'
  /** Who changed what, and taking it back. */
  | 'CHANGES'
  /** What dnsmasq reads: its hostsfile and its configuration. */
  | 'DHCP'
  /** Profiles, templates, arming, installations; why a machine boots what it boots. */
  | 'INSTALLATIONS'
  /** Machines, their ports and sightings, their approval and locking; conflicts. */
  | 'MACHINES'
  /** Racks, shelves, models, diagrams; placing machines. */
  | 'RACKS'
  /** What may hold a password or a live token: profiles' parameters, rendered configurations, boot menus. */
  | 'SECRETS';

/** All that are given have to be true. */
export type ShelfFilter = {
  and?: Array<ShelfFilter> | null | undefined;
  color?: StringFilter | null | undefined;
  column?: IntFilter | null | undefined;
  columns?: IntFilter | null | undefined;
  /** Of a reservation. */
  endsAt?: DateTimeFilter | null | undefined;
  face?: FaceFilter | null | undefined;
  heightU?: FloatFilter | null | undefined;
  id?: IdFilter | null | undefined;
  kind?: ShelfKindFilter | null | undefined;
  /** Of equipment. */
  manufacturer?: StringFilter | null | undefined;
  /** What is written on equipment; a machine has its own. */
  name?: StringFilter | null | undefined;
  not?: ShelfFilter | null | undefined;
  /** `{}` matches what has one; `not` around it what has none. */
  occupant?: MachineFilter | null | undefined;
  /** Nothing matches an empty list. */
  or?: Array<ShelfFilter> | null | undefined;
  /** Of a reservation. */
  owner?: StringFilter | null | undefined;
  /** Of equipment. */
  product?: StringFilter | null | undefined;
  /** `{}` matches what has one; `not` around it what has none. */
  rack?: RackFilter | null | undefined;
  /** Of a reservation. */
  reason?: StringFilter | null | undefined;
  strip?: StripFilter | null | undefined;
  unit?: FloatFilter | null | undefined;
};

/** What takes a place: a machine, equipment that never boots, a promise, or nothing that may be used (N/A). */
export type ShelfKind =
  | 'BLANK'
  | 'CABLE_GUIDE'
  | 'MACHINE'
  | 'NOT_AVAILABLE'
  | 'OTHER'
  | 'PATCH_PANEL'
  | 'PDU'
  | 'RESERVED'
  | 'SWITCH'
  | 'TRAY'
  | 'UPS';

/** All that are given have to be true. */
export type ShelfKindFilter = {
  eq?: ShelfKind | null | undefined;
  in?: Array<ShelfKind> | null | undefined;
  /** Also what has no value. */
  ne?: ShelfKind | null | undefined;
  /** Also what has no value. */
  notIn?: Array<ShelfKind> | null | undefined;
};

/** All that are given have to be true. */
export type ShelfListFilter = {
  /** Not one matches. */
  none?: ShelfFilter | null | undefined;
  /** At least one matches. */
  some?: ShelfFilter | null | undefined;
};

/** All that are given have to be true. */
export type SightingFilter = {
  and?: Array<SightingFilter> | null | undefined;
  chassisId?: StringFilter | null | undefined;
  id?: IdFilter | null | undefined;
  macAddress?: MacAddressFilter | null | undefined;
  /** `{}` matches what has one; `not` around it what has none. */
  machine?: MachineFilter | null | undefined;
  not?: SightingFilter | null | undefined;
  /** Nothing matches an empty list. */
  or?: Array<SightingFilter> | null | undefined;
  port?: StringFilter | null | undefined;
  portDescription?: StringFilter | null | undefined;
  portId?: StringFilter | null | undefined;
  seenAt?: DateTimeFilter | null | undefined;
  source?: StringFilter | null | undefined;
  /** `{}` matches what has one; `not` around it what has none. */
  switch?: SwitchFilter | null | undefined;
  systemName?: StringFilter | null | undefined;
  vlan?: IntFilter | null | undefined;
};

/** All that are given have to be true. */
export type SightingListFilter = {
  /** Not one matches. */
  none?: SightingFilter | null | undefined;
  /** At least one matches. */
  some?: SightingFilter | null | undefined;
};

/** How a switch is asked for its tables. */
export type SnmpVersion =
  | 'V2C'
  | 'V3';

/** All that are given have to be true. */
export type SnmpVersionFilter = {
  eq?: SnmpVersion | null | undefined;
  in?: Array<SnmpVersion> | null | undefined;
  /** Also what has no value. */
  ne?: SnmpVersion | null | undefined;
  /** Also what has no value. */
  notIn?: Array<SnmpVersion> | null | undefined;
};

/** How a part of an installation goes. */
export type StageOutcome =
  | 'FAILED'
  | 'FINISHED'
  | 'RUNNING'
  | 'WARNED';

/** All that are given have to be true. */
export type StringFilter = {
  /** A to Z match a to z; every other character is itself. */
  contains?: string | null | undefined;
  /** A to Z match a to z; every other character is itself. */
  endsWith?: string | null | undefined;
  eq?: string | null | undefined;
  in?: Array<string> | null | undefined;
  isNull?: boolean | null | undefined;
  /** Also what has no value. */
  ne?: string | null | undefined;
  /** Also what has no value. */
  notIn?: Array<string> | null | undefined;
  /** A to Z match a to z; every other character is itself. */
  startsWith?: string | null | undefined;
};

/** The 0U room beside the panels, where PDUs hang, as seen from the front. */
export type Strip =
  | 'LEFT'
  | 'RIGHT';

/** All that are given have to be true. */
export type StripFilter = {
  eq?: Strip | null | undefined;
  in?: Array<Strip> | null | undefined;
  /** Also what has no value. */
  ne?: Strip | null | undefined;
  /** Also what has no value. */
  notIn?: Array<Strip> | null | undefined;
};

/** All that are given have to be true. */
export type SwitchFilter = {
  and?: Array<SwitchFilter> | null | undefined;
  chassisId?: StringFilter | null | undefined;
  id?: IdFilter | null | undefined;
  managementAddress?: StringFilter | null | undefined;
  name?: StringFilter | null | undefined;
  not?: SwitchFilter | null | undefined;
  /** Nothing matches an empty list. */
  or?: Array<SwitchFilter> | null | undefined;
  ports?: SwitchPortListFilter | null | undefined;
  scanError?: StringFilter | null | undefined;
  scannedAt?: DateTimeFilter | null | undefined;
  snmpVersion?: SnmpVersionFilter | null | undefined;
  systemName?: StringFilter | null | undefined;
};

/** All that are given have to be true. */
export type SwitchPortFilter = {
  aggregate?: StringFilter | null | undefined;
  alias?: StringFilter | null | undefined;
  and?: Array<SwitchPortFilter> | null | undefined;
  id?: IdFilter | null | undefined;
  macCount?: IntFilter | null | undefined;
  name?: StringFilter | null | undefined;
  neighbour?: StringFilter | null | undefined;
  not?: SwitchPortFilter | null | undefined;
  /** Nothing matches an empty list. */
  or?: Array<SwitchPortFilter> | null | undefined;
  role?: PortRoleFilter | null | undefined;
  /** `{}` matches what has one; `not` around it what has none. */
  switch?: SwitchFilter | null | undefined;
};

/** All that are given have to be true. */
export type SwitchPortListFilter = {
  /** Not one matches. */
  none?: SwitchPortFilter | null | undefined;
  /** At least one matches. */
  some?: SwitchPortFilter | null | undefined;
};

/** All that are given have to be true. */
export type TemplateFilter = {
  and?: Array<TemplateFilter> | null | undefined;
  format?: ConfigFormatFilter | null | undefined;
  id?: IdFilter | null | undefined;
  name?: StringFilter | null | undefined;
  not?: TemplateFilter | null | undefined;
  /** Nothing matches an empty list. */
  or?: Array<TemplateFilter> | null | undefined;
  text?: StringFilter | null | undefined;
};

/** Where unit 1 is printed on the rack. */
export type UnitNumbering =
  | 'FROM_BOTTOM'
  | 'FROM_TOP';

/** All that are given have to be true. */
export type UnitNumberingFilter = {
  eq?: UnitNumbering | null | undefined;
  in?: Array<UnitNumbering> | null | undefined;
  /** Also what has no value. */
  ne?: UnitNumbering | null | undefined;
  /** Also what has no value. */
  notIn?: Array<UnitNumbering> | null | undefined;
};

/** The way by which a write came in. */
export type Way =
  /** A machine or its installer, on the boot plane. */
  | 'BOOT'
  /** A time limit that was over. */
  | 'CLOCK'
  /** The kickrack command, on the server itself. */
  | 'COMMAND'
  /** A mutation. */
  | 'GRAPHQL'
  /** Kickrack's own start. */
  | 'START';

export type AcceptObservedPlacesMutationVariables = Exact<{
  machines: Array<string> | string;
  dryRun?: boolean | null | undefined;
}>;


export type AcceptObservedPlacesMutation = { acceptObservedPlaces: { machines: Array<{ id: string, shelf: { unit: number, rack: { name: string } } | null }> | null, userErrors: Array<{ code: string, field: Array<string>, message: string }>, change: { id: string } | null } };

export type ApproveMachinesMutationVariables = Exact<{
  machines: Array<string> | string;
  dryRun?: boolean | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type ApproveMachinesMutation = { approveMachines: { machines: Array<{ hostname: string | null, state: MachineState }> | null, userErrors: Array<{ code: string, field: Array<string>, message: string }> } };

export type ArmMachinesMutationVariables = Exact<{
  machines: Array<string> | string;
  count: number;
  minutes?: number;
  dryRun?: boolean | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type ArmMachinesMutation = { armMachines: { machines: Array<{ hostname: string | null, state: MachineState, installation: { expiresAt: string } | null }> | null, userErrors: Array<{ code: string, field: Array<string>, message: string }> } };

export type AssignProfileMutationVariables = Exact<{
  machines: Array<string> | string;
  profile: string;
  dryRun?: boolean | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type AssignProfileMutation = { assignProfile: { machines: Array<{ hostname: string | null, profile: { name: string } | null }> | null, userErrors: Array<{ code: string, field: Array<string>, message: string }> } };

export type BootMenuQueryVariables = Exact<{
  macAddress: string;
  format?: BootFormat;
}>;


export type BootMenuQuery = { bootMenu: string };

export type BootRequestsQueryVariables = Exact<{
  macAddress: string;
}>;


export type BootRequestsQuery = { bootRequests: { nodes: Array<{ at: string, url: string, userAgent: string | null, remoteAddress: string, status: number, answer: string, rule: string | null, machine: { hostname: string | null } | null }> } };

export type CorrectModelMutationVariables = Exact<{
  model: string;
  heightU?: number | null | undefined;
  weightKg?: number | null | undefined;
  watts?: number | null | undefined;
  dryRun?: boolean | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type CorrectModelMutation = { updateModel: { userErrors: Array<{ code: string, field: Array<string>, message: string }>, mismatches: Array<{ message: string }> | null } };

export type CreateProfileMutationVariables = Exact<{
  name: string;
  template: string;
  kernel: string;
  initrds?: Array<string> | string;
  arguments?: string;
  parameters?: Record<string, unknown> | null | undefined;
  dryRun?: boolean | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type CreateProfileMutation = { createProfile: { profile: { name: string, parameters: Record<string, unknown> } | null, userErrors: Array<{ code: string, field: Array<string>, message: string }> } };

export type CreateRackMutationVariables = Exact<{
  name: string;
  heightU?: number;
  site?: string | null | undefined;
  room?: string | null | undefined;
  row?: string | null | undefined;
  dryRun?: boolean | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type CreateRackMutation = { createRack: { rack: { id: string, name: string, freeU: number } | null, userErrors: Array<{ code: string, field: Array<string>, message: string }> } };

export type CreateTokenMutationVariables = Exact<{
  name: string;
  role: Role;
  scopes?: Array<Scope> | Scope | null | undefined;
  days?: number | null | undefined;
  dryRun?: boolean | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type CreateTokenMutation = { createToken: { secret: string | null, token: { id: string, expiresAt: string | null } | null, userErrors: Array<{ code: string, field: Array<string>, message: string }> } };

export type DisarmMachinesMutationVariables = Exact<{
  machines: Array<string> | string;
  dryRun?: boolean | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type DisarmMachinesMutation = { disarmMachines: { machines: Array<{ hostname: string | null, state: MachineState }> | null, userErrors: Array<{ code: string, field: Array<string>, message: string }> } };

export type DnsmasqConfQueryVariables = Exact<{
  dialect?: DnsmasqDialect | null | undefined;
  mode?: HandOverMode | null | undefined;
}>;


export type DnsmasqConfQuery = { dnsmasqConf: string };

export type DrawRacksQueryVariables = Exact<{
  filter?: RackFilter | null | undefined;
}>;


export type DrawRacksQuery = { racks: { nodes: Array<{ name: string, diagram: string, table: string }> } };

export type ExplainBootQueryVariables = Exact<{
  macAddress: string;
  platform?: BootPlatform | null | undefined;
}>;


export type ExplainBootQuery = { explainBoot: { action: string, rule: string, reason: string, answers: Array<{ format: BootFormat, text: string, fault: string | null }> } };

export type ExplainConfigQueryVariables = Exact<{
  machine: string;
  profile?: string | null | undefined;
}>;


export type ExplainConfigQuery = { explainConfig: { text: string, arguments: string, parameters: Array<{ name: string, value: unknown, source: ParameterSource, from: string, isSecret: boolean }> } };

export type FailedInstallationsQueryVariables = Exact<{
  since: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type FailedInstallationsQuery = { installations: { nodes: Array<{ armedBy: string, finishedAt: string | null, machine: { hostname: string | null, serialNumber: string | null }, profile: { name: string }, events: { nodes: Array<{ at: string, kind: string, text: string }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type FindAddressQueryVariables = Exact<{
  macAddress: string;
}>;


export type FindAddressQuery = { heardAddresses: Array<{ port: string, vlan: number | null, source: string, seenAt: string, gone: boolean, switch: { name: string } | null, place: { unit: number, rack: { name: string } } | null, machine: { id: string, hostname: string | null } | null }> };

export type FindMachineQueryVariables = Exact<{
  macAddress?: string | null | undefined;
  serialNumber?: string | null | undefined;
  hostname?: string | null | undefined;
}>;


export type FindMachineQuery = { machine: { id: string, hostname: string | null, serialNumber: string | null, manufacturer: string | null, product: string | null, state: MachineState, locked: boolean, lastSeenAt: string, ethernetInterfaces: Array<{ macAddress: string, disputed: boolean }>, shelf: { unit: number, heightU: number, face: Face, rack: { name: string, site: string | null } } | null, profile: { name: string } | null } | null };

export type FindModelQueryVariables = Exact<{
  manufacturer: string;
  product: string;
}>;


export type FindModelQuery = { model: { id: string, manufacturerPattern: string, productPattern: string, heightU: number, fullDepth: boolean, weightKg: number | null, watts: number | null, mismatches: Array<{ message: string }> } | null };

export type FindSpaceQueryVariables = Exact<{
  heightU: number;
  depth?: Face;
  watts?: number | null | undefined;
  kilograms?: number | null | undefined;
  location?: LocationInput | null | undefined;
}>;


export type FindSpaceQuery = { findSpace: Array<{ unit: number, gapU: number, wattsLeft: number | null, kilogramsLeft: number | null, reasons: Array<string>, rack: { name: string } }> };

export type FloorConflictsQueryVariables = Exact<{
  rack?: string | null | undefined;
}>;


export type FloorConflictsQuery = { floorConflicts: Array<{ kind: FloorConflictKind, detail: string, machine: { id: string, hostname: string | null, serialNumber: string | null } | null, otherMachine: { id: string, hostname: string | null, serialNumber: string | null } | null, planned: { unit: number, rack: { name: string } } | null, observed: { unit: number, rack: { name: string } } | null }> };

export type HistoryQueryVariables = Exact<{
  object: string;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type HistoryQuery = { changes: { nodes: Array<{ id: string, at: string, actor: string, through: Way, operation: string, undoes: string | null, entries: Array<{ object: string, before: Record<string, unknown> | null, after: Record<string, unknown> | null }> }>, pageInfo: { hasPreviousPage: boolean, startCursor: string | null } } };

export type HostsfileQueryVariables = Exact<{ [key: string]: never; }>;


export type HostsfileQuery = { hostsfile: string };

export type ImportRackdiagMutationVariables = Exact<{
  text: string;
  mode?: RackdiagMode | null | undefined;
  rack?: string | null | undefined;
  dryRun?: boolean | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type ImportRackdiagMutation = { importRackdiag: { racks: Array<{ id: string, name: string, heightU: number, usedU: number }> | null, warnings: Array<{ line: number, column: number, message: string }> | null, userErrors: Array<{ code: string, message: string, line: number | null, column: number | null }> } };

export type LabelMachinesMutationVariables = Exact<{
  machines: Array<string> | string;
  set?: Array<LabelInput> | LabelInput;
  remove?: Array<string> | string;
  dryRun?: boolean | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type LabelMachinesMutation = { labelMachines: { userErrors: Array<{ code: string, field: Array<string>, message: string }>, machines: Array<{ hostname: string | null, labels: Array<{ key: string, value: string }> }> | null } };

export type LockMachinesMutationVariables = Exact<{
  machines: Array<string> | string;
  dryRun?: boolean | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type LockMachinesMutation = { lockMachines: { machines: Array<{ hostname: string | null, locked: boolean }> | null, userErrors: Array<{ code: string, field: Array<string>, message: string }> } };

export type MachinesWithoutPlaceQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type MachinesWithoutPlaceQuery = { machines: { nodes: Array<{ id: string, hostname: string | null, serialNumber: string | null, product: string | null, state: MachineState, sightings: { nodes: Array<{ systemName: string | null, portId: string | null, seenAt: string }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type NameMachineMutationVariables = Exact<{
  machine: string;
  hostname: string;
  dryRun?: boolean | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type NameMachineMutation = { updateMachine: { machine: { id: string, hostname: string | null } | null, userErrors: Array<{ code: string, field: Array<string>, message: string }> } };

export type OpenConflictsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type OpenConflictsQuery = { conflicts: { nodes: Array<{ id: string, kind: ConflictKind, detail: string, macAddress: string, machine: { id: string, hostname: string | null, serialNumber: string | null }, otherMachine: { id: string, hostname: string | null, serialNumber: string | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type PlaceEquipmentMutationVariables = Exact<{
  equipments: Array<EquipmentInput> | EquipmentInput;
  dryRun?: boolean | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type PlaceEquipmentMutation = { placeEquipments: { userErrors: Array<{ code: string, field: Array<string>, message: string }>, shelves: Array<{ id: string, unit: number, heightU: number, strip: Strip | null, equipment: { kind: EquipmentKind, name: string | null } | null }> | null } };

export type PlaceMachinesMutationVariables = Exact<{
  placements: Array<PlacementInput> | PlacementInput;
  dryRun?: boolean | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type PlaceMachinesMutation = { placeMachines: { shelves: Array<{ unit: number, heightU: number, face: Face, rack: { name: string } }> | null, changed: Array<{ kind: string, object: string, before: Record<string, unknown> | null, after: Record<string, unknown> | null }>, userErrors: Array<{ code: string, field: Array<string>, message: string }> } };

export type PreviewConfigQueryVariables = Exact<{
  machine: string;
  profile?: string | null | undefined;
}>;


export type PreviewConfigQuery = { renderConfig: string };

export type RackContentsQueryVariables = Exact<{
  name: string;
}>;


export type RackContentsQuery = { rack: { heightU: number, freeU: number, shelves: Array<{ id: string, kind: ShelfKind, name: string | null, unit: number, heightU: number, face: Face, occupant: { hostname: string | null, serialNumber: string | null, state: MachineState } | null }> } | null };

export type RackWarningsQueryVariables = Exact<{
  filter?: RackFilter | null | undefined;
}>;


export type RackWarningsQuery = { racks: { nodes: Array<{ name: string, warnings: Array<{ kind: RackWarningKind, message: string }> }> } };

export type RacksWithFreeUnitsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type RacksWithFreeUnitsQuery = { racks: { nodes: Array<{ name: string, site: string | null, heightU: number, usedU: number, freeU: number }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type RegisterMachinesMutationVariables = Exact<{
  machines: Array<MachineReport> | MachineReport;
  dryRun?: boolean | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type RegisterMachinesMutation = { registerMachines: { machines: Array<{ id: string, serialNumber: string | null, state: MachineState }> | null, userErrors: Array<{ code: string, field: Array<string>, message: string }> } };

export type ReleaseShelfMutationVariables = Exact<{
  shelf: string;
  dryRun?: boolean | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type ReleaseShelfMutation = { releaseShelf: { userErrors: Array<{ code: string, field: Array<string>, message: string }>, shelf: { id: string } | null } };

export type ReserveShelfMutationVariables = Exact<{
  rack: string;
  unit: number;
  heightU?: number;
  owner: string;
  reason?: string | null | undefined;
  endsAt?: string | null | undefined;
  dryRun?: boolean | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type ReserveShelfMutation = { reserveShelf: { userErrors: Array<{ code: string, field: Array<string>, message: string }>, shelf: { id: string, unit: number, reservation: { owner: string, endsAt: string | null } | null } | null } };

export type ResolveConflictMutationVariables = Exact<{
  conflict: string;
  machine: string;
  dryRun?: boolean | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type ResolveConflictMutation = { resolveConflict: { conflict: { resolvedAt: string | null, resolvedBy: string | null } | null, userErrors: Array<{ code: string, field: Array<string>, message: string }> } };

export type RetireMachinesMutationVariables = Exact<{
  machines: Array<string> | string;
  dryRun?: boolean | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type RetireMachinesMutation = { retireMachines: { machines: Array<{ hostname: string | null, state: MachineState }> | null, userErrors: Array<{ code: string, field: Array<string>, message: string }> } };

export type RevokeTokenMutationVariables = Exact<{
  token: string;
  dryRun?: boolean | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type RevokeTokenMutation = { revokeToken: { token: { name: string, revokedAt: string | null } | null, userErrors: Array<{ code: string, field: Array<string>, message: string }> } };

export type SaveTemplateMutationVariables = Exact<{
  name: string;
  format: ConfigFormat;
  text: string;
  dryRun?: boolean | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type SaveTemplateMutation = { saveTemplate: { template: { name: string, format: ConfigFormat } | null, userErrors: Array<{ code: string, field: Array<string>, message: string }> } };

export type SearchMachinesQueryVariables = Exact<{
  filter: MachineFilter;
  orderBy?: MachineOrderBy;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type SearchMachinesQuery = { machines: { nodes: Array<{ id: string, hostname: string | null, serialNumber: string | null, state: MachineState, shelf: { unit: number, rack: { name: string } } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type TokensQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type TokensQuery = { tokens: { nodes: Array<{ id: string, name: string, role: Role, scopes: Array<Scope>, expiresAt: string | null, revokedAt: string | null, lastUsedAt: string | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type UndoChangeMutationVariables = Exact<{
  change: string;
  dryRun?: boolean | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type UndoChangeMutation = { undoChange: { changed: Array<{ object: string, before: Record<string, unknown> | null, after: Record<string, unknown> | null }>, userErrors: Array<{ code: string, field: Array<string>, message: string }> } };

export type UnlockMachinesMutationVariables = Exact<{
  machines: Array<string> | string;
  dryRun?: boolean | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type UnlockMachinesMutation = { unlockMachines: { machines: Array<{ hostname: string | null, locked: boolean }> | null, userErrors: Array<{ code: string, field: Array<string>, message: string }> } };

export type UnplaceMachineMutationVariables = Exact<{
  machine: string;
  dryRun?: boolean | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type UnplaceMachineMutation = { unplaceMachine: { machine: { hostname: string | null, shelf: { id: string } | null } | null, userErrors: Array<{ code: string, field: Array<string>, message: string }> } };

export type WaitingForApprovalQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type WaitingForApprovalQuery = { machines: { nodes: Array<{ id: string, serialNumber: string | null, manufacturer: string | null, product: string | null, lastSeenAt: string, ethernetInterfaces: Array<{ macAddress: string }>, sightings: { nodes: Array<{ systemName: string | null, portId: string | null }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type WalkMachinesQueryVariables = Exact<{
  first?: number;
  after?: string | null | undefined;
}>;


export type WalkMachinesQuery = { machines: { nodes: Array<{ id: string, hostname: string | null, serialNumber: string | null, state: MachineState }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type WatchInstallationQueryVariables = Exact<{
  hostname: string;
}>;


export type WatchInstallationQuery = { machine: { state: MachineState, installation: { state: InstallationState, startedAt: string | null, finishedAt: string | null, installerBoots: number, lastLines: string | null, timeline: Array<{ name: string, startedAt: string, finishedAt: string | null, outcome: StageOutcome }>, events: { nodes: Array<{ at: string, kind: string, text: string }> } } | null } | null };

export type WatchInstallationsSubscriptionVariables = Exact<{
  machines?: Array<string> | string | null | undefined;
  after?: string | null | undefined;
}>;


export type WatchInstallationsSubscription = { installationProgressed: { eventId: string, at: string, kind: string, to: InstallationState, machine: { hostname: string | null } | null, event: { text: string } | null } };

export type WatchStatesSubscriptionVariables = Exact<{
  machines?: Array<string> | string | null | undefined;
  after?: string | null | undefined;
}>;


export type WatchStatesSubscription = { machineStateChanged: { eventId: string, at: string, from: MachineState, to: MachineState, machine: { hostname: string | null, serialNumber: string | null } | null } };

export type WhoAmIQueryVariables = Exact<{ [key: string]: never; }>;


export type WhoAmIQuery = { me: { name: string, role: Role, scopes: Array<Scope>, expiresAt: string | null } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const AcceptObservedPlacesDocument = new TypedDocumentString(`
    mutation AcceptObservedPlaces($machines: [String!]!, $dryRun: Boolean = false) {
  acceptObservedPlaces(machines: $machines, dryRun: $dryRun) {
    machines {
      id
      shelf {
        rack {
          name
        }
        unit
      }
    }
    userErrors {
      code
      field
      message
    }
    change {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<AcceptObservedPlacesMutation, AcceptObservedPlacesMutationVariables>;
export const ApproveMachinesDocument = new TypedDocumentString(`
    mutation ApproveMachines($machines: [String!]!, $dryRun: Boolean = false, $idempotencyKey: String) {
  approveMachines(
    machines: $machines
    dryRun: $dryRun
    idempotencyKey: $idempotencyKey
  ) {
    machines {
      hostname
      state
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ApproveMachinesMutation, ApproveMachinesMutationVariables>;
export const ArmMachinesDocument = new TypedDocumentString(`
    mutation ArmMachines($machines: [String!]!, $count: Int!, $minutes: Int! = 60, $dryRun: Boolean = false, $idempotencyKey: String) {
  armMachines(
    machines: $machines
    count: $count
    minutes: $minutes
    dryRun: $dryRun
    idempotencyKey: $idempotencyKey
  ) {
    machines {
      hostname
      state
      installation {
        expiresAt
      }
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ArmMachinesMutation, ArmMachinesMutationVariables>;
export const AssignProfileDocument = new TypedDocumentString(`
    mutation AssignProfile($machines: [String!]!, $profile: String!, $dryRun: Boolean = false, $idempotencyKey: String) {
  assignProfile(
    machines: $machines
    profile: $profile
    dryRun: $dryRun
    idempotencyKey: $idempotencyKey
  ) {
    machines {
      hostname
      profile {
        name
      }
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<AssignProfileMutation, AssignProfileMutationVariables>;
export const BootMenuDocument = new TypedDocumentString(`
    query BootMenu($macAddress: MacAddress!, $format: BootFormat! = IPXE) {
  bootMenu(macAddress: $macAddress, format: $format)
}
    `) as unknown as TypedDocumentString<BootMenuQuery, BootMenuQueryVariables>;
export const BootRequestsDocument = new TypedDocumentString(`
    query BootRequests($macAddress: MacAddress!) {
  bootRequests(last: 20, filter: {macAddress: {eq: $macAddress}}) {
    nodes {
      at
      url
      userAgent
      remoteAddress
      status
      answer
      rule
      machine {
        hostname
      }
    }
  }
}
    `) as unknown as TypedDocumentString<BootRequestsQuery, BootRequestsQueryVariables>;
export const CorrectModelDocument = new TypedDocumentString(`
    mutation CorrectModel($model: ID!, $heightU: Float, $weightKg: Float, $watts: Float, $dryRun: Boolean = false, $idempotencyKey: String) {
  updateModel(
    model: $model
    heightU: $heightU
    weightKg: $weightKg
    watts: $watts
    dryRun: $dryRun
    idempotencyKey: $idempotencyKey
  ) {
    userErrors {
      code
      field
      message
    }
    mismatches {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CorrectModelMutation, CorrectModelMutationVariables>;
export const CreateProfileDocument = new TypedDocumentString(`
    mutation CreateProfile($name: String!, $template: String!, $kernel: String!, $initrds: [String!]! = [], $arguments: String! = "", $parameters: JSONObject, $dryRun: Boolean = false, $idempotencyKey: String) {
  createProfile(
    name: $name
    template: $template
    kernel: $kernel
    initrds: $initrds
    arguments: $arguments
    parameters: $parameters
    dryRun: $dryRun
    idempotencyKey: $idempotencyKey
  ) {
    profile {
      name
      parameters
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CreateProfileMutation, CreateProfileMutationVariables>;
export const CreateRackDocument = new TypedDocumentString(`
    mutation CreateRack($name: String!, $heightU: Float! = 42, $site: String, $room: String, $row: String, $dryRun: Boolean = false, $idempotencyKey: String) {
  createRack(
    name: $name
    heightU: $heightU
    site: $site
    room: $room
    row: $row
    dryRun: $dryRun
    idempotencyKey: $idempotencyKey
  ) {
    rack {
      id
      name
      freeU
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CreateRackMutation, CreateRackMutationVariables>;
export const CreateTokenDocument = new TypedDocumentString(`
    mutation CreateToken($name: String!, $role: Role!, $scopes: [Scope!], $days: Int, $dryRun: Boolean = false, $idempotencyKey: String) {
  createToken(
    name: $name
    role: $role
    scopes: $scopes
    days: $days
    dryRun: $dryRun
    idempotencyKey: $idempotencyKey
  ) {
    secret
    token {
      id
      expiresAt
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CreateTokenMutation, CreateTokenMutationVariables>;
export const DisarmMachinesDocument = new TypedDocumentString(`
    mutation DisarmMachines($machines: [String!]!, $dryRun: Boolean = false, $idempotencyKey: String) {
  disarmMachines(
    machines: $machines
    dryRun: $dryRun
    idempotencyKey: $idempotencyKey
  ) {
    machines {
      hostname
      state
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<DisarmMachinesMutation, DisarmMachinesMutationVariables>;
export const DnsmasqConfDocument = new TypedDocumentString(`
    query DnsmasqConf($dialect: DnsmasqDialect, $mode: HandOverMode) {
  dnsmasqConf(dialect: $dialect, mode: $mode)
}
    `) as unknown as TypedDocumentString<DnsmasqConfQuery, DnsmasqConfQueryVariables>;
export const DrawRacksDocument = new TypedDocumentString(`
    query DrawRacks($filter: RackFilter) {
  racks(filter: $filter) {
    nodes {
      name
      diagram(face: FRONT, theme: PRINT, highlight: {state: {eq: FAILED}})
      table: diagram(format: MARKDOWN, face: BOTH)
    }
  }
}
    `) as unknown as TypedDocumentString<DrawRacksQuery, DrawRacksQueryVariables>;
export const ExplainBootDocument = new TypedDocumentString(`
    query ExplainBoot($macAddress: MacAddress!, $platform: BootPlatform) {
  explainBoot(macAddress: $macAddress, platform: $platform) {
    action
    rule
    reason
    answers {
      format
      text
      fault
    }
  }
}
    `) as unknown as TypedDocumentString<ExplainBootQuery, ExplainBootQueryVariables>;
export const ExplainConfigDocument = new TypedDocumentString(`
    query ExplainConfig($machine: String!, $profile: String) {
  explainConfig(machine: $machine, profile: $profile, secrets: false) {
    text
    arguments
    parameters {
      name
      value
      source
      from
      isSecret
    }
  }
}
    `) as unknown as TypedDocumentString<ExplainConfigQuery, ExplainConfigQueryVariables>;
export const FailedInstallationsDocument = new TypedDocumentString(`
    query FailedInstallations($since: DateTimeISO!, $first: Int = 50, $after: String) {
  installations(
    filter: {state: {eq: FAILED}, finishedAt: {gte: $since}}
    orderBy: FINISHED_AT_DESC
    first: $first
    after: $after
  ) {
    nodes {
      armedBy
      finishedAt
      machine {
        hostname
        serialNumber
      }
      profile {
        name
      }
      events(last: 10) {
        nodes {
          at
          kind
          text
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<FailedInstallationsQuery, FailedInstallationsQueryVariables>;
export const FindAddressDocument = new TypedDocumentString(`
    query FindAddress($macAddress: MacAddress!) {
  heardAddresses(macAddress: $macAddress) {
    switch {
      name
    }
    port
    vlan
    place {
      rack {
        name
      }
      unit
    }
    machine {
      id
      hostname
    }
    source
    seenAt
    gone
  }
}
    `) as unknown as TypedDocumentString<FindAddressQuery, FindAddressQueryVariables>;
export const FindMachineDocument = new TypedDocumentString(`
    query FindMachine($macAddress: MacAddress, $serialNumber: String, $hostname: String) {
  machine(
    macAddress: $macAddress
    serialNumber: $serialNumber
    hostname: $hostname
  ) {
    id
    hostname
    serialNumber
    manufacturer
    product
    state
    locked
    lastSeenAt
    ethernetInterfaces {
      macAddress
      disputed
    }
    shelf {
      unit
      heightU
      face
      rack {
        name
        site
      }
    }
    profile {
      name
    }
  }
}
    `) as unknown as TypedDocumentString<FindMachineQuery, FindMachineQueryVariables>;
export const FindModelDocument = new TypedDocumentString(`
    query FindModel($manufacturer: String!, $product: String!) {
  model(manufacturer: $manufacturer, product: $product) {
    id
    manufacturerPattern
    productPattern
    heightU
    fullDepth
    weightKg
    watts
    mismatches {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<FindModelQuery, FindModelQueryVariables>;
export const FindSpaceDocument = new TypedDocumentString(`
    query FindSpace($heightU: Float!, $depth: Face! = FULL, $watts: Float, $kilograms: Float, $location: LocationInput) {
  findSpace(
    heightU: $heightU
    depth: $depth
    watts: $watts
    kilograms: $kilograms
    location: $location
  ) {
    rack {
      name
    }
    unit
    gapU
    wattsLeft
    kilogramsLeft
    reasons
  }
}
    `) as unknown as TypedDocumentString<FindSpaceQuery, FindSpaceQueryVariables>;
export const FloorConflictsDocument = new TypedDocumentString(`
    query FloorConflicts($rack: String) {
  floorConflicts(rack: $rack) {
    kind
    detail
    machine {
      id
      hostname
      serialNumber
    }
    otherMachine {
      id
      hostname
      serialNumber
    }
    planned {
      rack {
        name
      }
      unit
    }
    observed {
      rack {
        name
      }
      unit
    }
  }
}
    `) as unknown as TypedDocumentString<FloorConflictsQuery, FloorConflictsQueryVariables>;
export const HistoryDocument = new TypedDocumentString(`
    query History($object: ID!, $last: Int = 50, $before: String) {
  changes(filter: {object: {eq: $object}}, last: $last, before: $before) {
    nodes {
      id
      at
      actor
      through
      operation
      undoes
      entries {
        object
        before
        after
      }
    }
    pageInfo {
      hasPreviousPage
      startCursor
    }
  }
}
    `) as unknown as TypedDocumentString<HistoryQuery, HistoryQueryVariables>;
export const HostsfileDocument = new TypedDocumentString(`
    query Hostsfile {
  hostsfile
}
    `) as unknown as TypedDocumentString<HostsfileQuery, HostsfileQueryVariables>;
export const ImportRackdiagDocument = new TypedDocumentString(`
    mutation ImportRackdiag($text: String!, $mode: RackdiagMode = HELPFUL, $rack: String, $dryRun: Boolean = false, $idempotencyKey: String) {
  importRackdiag(
    text: $text
    mode: $mode
    rack: $rack
    dryRun: $dryRun
    idempotencyKey: $idempotencyKey
  ) {
    racks {
      id
      name
      heightU
      usedU
    }
    warnings {
      line
      column
      message
    }
    userErrors {
      code
      message
      line
      column
    }
  }
}
    `) as unknown as TypedDocumentString<ImportRackdiagMutation, ImportRackdiagMutationVariables>;
export const LabelMachinesDocument = new TypedDocumentString(`
    mutation LabelMachines($machines: [String!]!, $set: [LabelInput!]! = [], $remove: [String!]! = [], $dryRun: Boolean = false, $idempotencyKey: String) {
  labelMachines(
    machines: $machines
    set: $set
    remove: $remove
    dryRun: $dryRun
    idempotencyKey: $idempotencyKey
  ) {
    userErrors {
      code
      field
      message
    }
    machines {
      hostname
      labels {
        key
        value
      }
    }
  }
}
    `) as unknown as TypedDocumentString<LabelMachinesMutation, LabelMachinesMutationVariables>;
export const LockMachinesDocument = new TypedDocumentString(`
    mutation LockMachines($machines: [String!]!, $dryRun: Boolean = false, $idempotencyKey: String) {
  lockMachines(
    machines: $machines
    dryRun: $dryRun
    idempotencyKey: $idempotencyKey
  ) {
    machines {
      hostname
      locked
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<LockMachinesMutation, LockMachinesMutationVariables>;
export const MachinesWithoutPlaceDocument = new TypedDocumentString(`
    query MachinesWithoutPlace($first: Int = 50, $after: String) {
  machines(
    filter: {not: {shelf: {}}, state: {ne: RETIRED}}
    first: $first
    after: $after
  ) {
    nodes {
      id
      hostname
      serialNumber
      product
      state
      sightings(last: 1) {
        nodes {
          systemName
          portId
          seenAt
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<MachinesWithoutPlaceQuery, MachinesWithoutPlaceQueryVariables>;
export const NameMachineDocument = new TypedDocumentString(`
    mutation NameMachine($machine: String!, $hostname: String!, $dryRun: Boolean = false, $idempotencyKey: String) {
  updateMachine(
    machine: $machine
    hostname: $hostname
    dryRun: $dryRun
    idempotencyKey: $idempotencyKey
  ) {
    machine {
      id
      hostname
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<NameMachineMutation, NameMachineMutationVariables>;
export const OpenConflictsDocument = new TypedDocumentString(`
    query OpenConflicts($first: Int = 50, $after: String) {
  conflicts(filter: {resolvedAt: {isNull: true}}, first: $first, after: $after) {
    nodes {
      id
      kind
      detail
      macAddress
      machine {
        id
        hostname
        serialNumber
      }
      otherMachine {
        id
        hostname
        serialNumber
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<OpenConflictsQuery, OpenConflictsQueryVariables>;
export const PlaceEquipmentDocument = new TypedDocumentString(`
    mutation PlaceEquipment($equipments: [EquipmentInput!]!, $dryRun: Boolean = false, $idempotencyKey: String) {
  placeEquipments(
    equipments: $equipments
    dryRun: $dryRun
    idempotencyKey: $idempotencyKey
  ) {
    userErrors {
      code
      field
      message
    }
    shelves {
      id
      unit
      heightU
      strip
      equipment {
        kind
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<PlaceEquipmentMutation, PlaceEquipmentMutationVariables>;
export const PlaceMachinesDocument = new TypedDocumentString(`
    mutation PlaceMachines($placements: [PlacementInput!]!, $dryRun: Boolean = false, $idempotencyKey: String) {
  placeMachines(
    placements: $placements
    dryRun: $dryRun
    idempotencyKey: $idempotencyKey
  ) {
    shelves {
      unit
      heightU
      face
      rack {
        name
      }
    }
    changed {
      kind
      object
      before
      after
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<PlaceMachinesMutation, PlaceMachinesMutationVariables>;
export const PreviewConfigDocument = new TypedDocumentString(`
    query PreviewConfig($machine: String!, $profile: String) {
  renderConfig(machine: $machine, profile: $profile)
}
    `) as unknown as TypedDocumentString<PreviewConfigQuery, PreviewConfigQueryVariables>;
export const RackContentsDocument = new TypedDocumentString(`
    query RackContents($name: String!) {
  rack(name: $name) {
    heightU
    freeU
    shelves {
      id
      kind
      name
      unit
      heightU
      face
      occupant {
        hostname
        serialNumber
        state
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RackContentsQuery, RackContentsQueryVariables>;
export const RackWarningsDocument = new TypedDocumentString(`
    query RackWarnings($filter: RackFilter) {
  racks(filter: $filter, first: 100) {
    nodes {
      name
      warnings {
        kind
        message
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RackWarningsQuery, RackWarningsQueryVariables>;
export const RacksWithFreeUnitsDocument = new TypedDocumentString(`
    query RacksWithFreeUnits($first: Int = 50, $after: String) {
  racks(first: $first, after: $after) {
    nodes {
      name
      site
      heightU
      usedU
      freeU
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<RacksWithFreeUnitsQuery, RacksWithFreeUnitsQueryVariables>;
export const RegisterMachinesDocument = new TypedDocumentString(`
    mutation RegisterMachines($machines: [MachineReport!]!, $dryRun: Boolean = false, $idempotencyKey: String) {
  registerMachines(
    machines: $machines
    dryRun: $dryRun
    idempotencyKey: $idempotencyKey
  ) {
    machines {
      id
      serialNumber
      state
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RegisterMachinesMutation, RegisterMachinesMutationVariables>;
export const ReleaseShelfDocument = new TypedDocumentString(`
    mutation ReleaseShelf($shelf: ID!, $dryRun: Boolean = false, $idempotencyKey: String) {
  releaseShelf(shelf: $shelf, dryRun: $dryRun, idempotencyKey: $idempotencyKey) {
    userErrors {
      code
      field
      message
    }
    shelf {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<ReleaseShelfMutation, ReleaseShelfMutationVariables>;
export const ReserveShelfDocument = new TypedDocumentString(`
    mutation ReserveShelf($rack: String!, $unit: Float!, $heightU: Float! = 1, $owner: String!, $reason: String, $endsAt: DateTimeISO, $dryRun: Boolean = false, $idempotencyKey: String) {
  reserveShelf(
    rack: $rack
    unit: $unit
    heightU: $heightU
    owner: $owner
    reason: $reason
    endsAt: $endsAt
    dryRun: $dryRun
    idempotencyKey: $idempotencyKey
  ) {
    userErrors {
      code
      field
      message
    }
    shelf {
      id
      unit
      reservation {
        owner
        endsAt
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ReserveShelfMutation, ReserveShelfMutationVariables>;
export const ResolveConflictDocument = new TypedDocumentString(`
    mutation ResolveConflict($conflict: ID!, $machine: String!, $dryRun: Boolean = false, $idempotencyKey: String) {
  resolveConflict(
    conflict: $conflict
    machine: $machine
    dryRun: $dryRun
    idempotencyKey: $idempotencyKey
  ) {
    conflict {
      resolvedAt
      resolvedBy
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ResolveConflictMutation, ResolveConflictMutationVariables>;
export const RetireMachinesDocument = new TypedDocumentString(`
    mutation RetireMachines($machines: [String!]!, $dryRun: Boolean = false, $idempotencyKey: String) {
  retireMachines(
    machines: $machines
    dryRun: $dryRun
    idempotencyKey: $idempotencyKey
  ) {
    machines {
      hostname
      state
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RetireMachinesMutation, RetireMachinesMutationVariables>;
export const RevokeTokenDocument = new TypedDocumentString(`
    mutation RevokeToken($token: ID!, $dryRun: Boolean = false, $idempotencyKey: String) {
  revokeToken(token: $token, dryRun: $dryRun, idempotencyKey: $idempotencyKey) {
    token {
      name
      revokedAt
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RevokeTokenMutation, RevokeTokenMutationVariables>;
export const SaveTemplateDocument = new TypedDocumentString(`
    mutation SaveTemplate($name: String!, $format: ConfigFormat!, $text: String!, $dryRun: Boolean = false, $idempotencyKey: String) {
  saveTemplate(
    name: $name
    format: $format
    text: $text
    dryRun: $dryRun
    idempotencyKey: $idempotencyKey
  ) {
    template {
      name
      format
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SaveTemplateMutation, SaveTemplateMutationVariables>;
export const SearchMachinesDocument = new TypedDocumentString(`
    query SearchMachines($filter: MachineFilter!, $orderBy: MachineOrderBy! = HOSTNAME_ASC, $first: Int = 50, $after: String) {
  machines(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
    nodes {
      id
      hostname
      serialNumber
      state
      shelf {
        unit
        rack {
          name
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<SearchMachinesQuery, SearchMachinesQueryVariables>;
export const TokensDocument = new TypedDocumentString(`
    query Tokens($first: Int = 50, $after: String) {
  tokens(first: $first, after: $after) {
    nodes {
      id
      name
      role
      scopes
      expiresAt
      revokedAt
      lastUsedAt
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<TokensQuery, TokensQueryVariables>;
export const UndoChangeDocument = new TypedDocumentString(`
    mutation UndoChange($change: ID!, $dryRun: Boolean = false, $idempotencyKey: String) {
  undoChange(change: $change, dryRun: $dryRun, idempotencyKey: $idempotencyKey) {
    changed {
      object
      before
      after
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<UndoChangeMutation, UndoChangeMutationVariables>;
export const UnlockMachinesDocument = new TypedDocumentString(`
    mutation UnlockMachines($machines: [String!]!, $dryRun: Boolean = false, $idempotencyKey: String) {
  unlockMachines(
    machines: $machines
    dryRun: $dryRun
    idempotencyKey: $idempotencyKey
  ) {
    machines {
      hostname
      locked
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<UnlockMachinesMutation, UnlockMachinesMutationVariables>;
export const UnplaceMachineDocument = new TypedDocumentString(`
    mutation UnplaceMachine($machine: String!, $dryRun: Boolean = false, $idempotencyKey: String) {
  unplaceMachine(
    machine: $machine
    dryRun: $dryRun
    idempotencyKey: $idempotencyKey
  ) {
    machine {
      hostname
      shelf {
        id
      }
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<UnplaceMachineMutation, UnplaceMachineMutationVariables>;
export const WaitingForApprovalDocument = new TypedDocumentString(`
    query WaitingForApproval($first: Int = 50, $after: String) {
  machines(filter: {state: {eq: DISCOVERED}}, first: $first, after: $after) {
    nodes {
      id
      serialNumber
      manufacturer
      product
      lastSeenAt
      ethernetInterfaces {
        macAddress
      }
      sightings {
        nodes {
          systemName
          portId
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<WaitingForApprovalQuery, WaitingForApprovalQueryVariables>;
export const WalkMachinesDocument = new TypedDocumentString(`
    query WalkMachines($first: Int! = 200, $after: String) {
  machines(first: $first, after: $after) {
    nodes {
      id
      hostname
      serialNumber
      state
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<WalkMachinesQuery, WalkMachinesQueryVariables>;
export const WatchInstallationDocument = new TypedDocumentString(`
    query WatchInstallation($hostname: String!) {
  machine(hostname: $hostname) {
    state
    installation {
      state
      startedAt
      finishedAt
      installerBoots
      timeline {
        name
        startedAt
        finishedAt
        outcome
      }
      lastLines
      events(last: 50) {
        nodes {
          at
          kind
          text
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<WatchInstallationQuery, WatchInstallationQueryVariables>;
export const WatchInstallationsDocument = new TypedDocumentString(`
    subscription WatchInstallations($machines: [String!], $after: ID) {
  installationProgressed(machines: $machines, after: $after) {
    eventId
    at
    kind
    to
    machine {
      hostname
    }
    event {
      text
    }
  }
}
    `) as unknown as TypedDocumentString<WatchInstallationsSubscription, WatchInstallationsSubscriptionVariables>;
export const WatchStatesDocument = new TypedDocumentString(`
    subscription WatchStates($machines: [String!], $after: ID) {
  machineStateChanged(machines: $machines, after: $after) {
    eventId
    at
    from
    to
    machine {
      hostname
      serialNumber
    }
  }
}
    `) as unknown as TypedDocumentString<WatchStatesSubscription, WatchStatesSubscriptionVariables>;
export const WhoAmIDocument = new TypedDocumentString(`
    query WhoAmI {
  me {
    name
    role
    scopes
    expiresAt
  }
}
    `) as unknown as TypedDocumentString<WhoAmIQuery, WhoAmIQueryVariables>;
