import { ArgsType, Field, InputType, ObjectType, registerEnumType } from "type-graphql";
import { Payload } from "../../graphql/user-errors.js";
import {
  AUTH_PROTOCOLS,
  PRIVACY_PROTOCOLS,
  type AuthProtocol,
  type GivenCredentials,
  type PrivacyProtocol,
} from "./switch-credentials.js";
import type { SwitchValues } from "./switch.store.js";
import { PortRoleEnum, SnmpVersionEnum, Switch, SwitchPort, type PortRole, type SnmpVersion } from "./switch.entity.js";

const AuthProtocolEnum = Object.fromEntries(AUTH_PROTOCOLS.map((each) => [each, each]));
registerEnumType(AuthProtocolEnum, { name: "SnmpAuthProtocol" });
const PrivacyProtocolEnum = Object.fromEntries(PRIVACY_PROTOCOLS.map((each) => [each, each]));
registerEnumType(PrivacyProtocolEnum, {
  name: "SnmpPrivacyProtocol",
  description: "AES256B stretches the key as Blumenthal wrote, AES256R as Reeder did, which Cisco takes.",
});

@InputType({ description: "Kept sealed, and never shown again to anybody." })
class SnmpInput implements GivenCredentials {
  @Field(() => SnmpVersionEnum)
  version: SnmpVersion;

  @Field(() => String, { nullable: true, description: "Of version 2c." })
  community?: string | null;

  @Field(() => String, { nullable: true, description: "Of version 3." })
  user?: string | null;

  @Field(() => AuthProtocolEnum, { nullable: true, description: "SHA when not given." })
  authProtocol?: AuthProtocol | null;

  @Field(() => String, { nullable: true, description: "Without one nothing is authenticated." })
  authPassword?: string | null;

  @Field(() => PrivacyProtocolEnum, { nullable: true, description: "AES when not given." })
  privacyProtocol?: PrivacyProtocol | null;

  @Field(() => String, { nullable: true, description: "Without one nothing is encrypted." })
  privacyPassword?: string | null;
}

@ArgsType()
@InputType()
abstract class SwitchTexts {
  @Field(() => String, { nullable: true, description: "Host or address, with a UDP port where that is not 161." })
  managementAddress?: string | null;

  @Field(() => String, { nullable: true, description: "As it calls itself by LLDP, where that is not its name." })
  systemName?: string | null;

  @Field(() => String, { nullable: true, description: "As it tells itself by LLDP, usually its MAC address." })
  chassisId?: string | null;

  @Field(() => SnmpInput, { nullable: true })
  snmp?: SnmpInput | null;
}

@ArgsType()
@InputType()
export class SwitchInput extends SwitchTexts {
  @Field(() => String)
  name: string;
}

@ArgsType()
@InputType()
export class SwitchUpdate extends SwitchTexts {
  @Field(() => String)
  switch: string;

  @Field(() => String, { nullable: true })
  name?: string | null;
}

/** What an update says: null empties what may be empty, and a name it leaves. */
export function givenSwitch({ name, managementAddress, systemName, chassisId }: SwitchUpdate): Partial<SwitchValues> {
  const given = Object.entries({ managementAddress, systemName, chassisId }).filter(([, value]) => value !== undefined);
  return { ...(name == null ? {} : { name }), ...Object.fromEntries(given) };
}

export function switchValues({ name, managementAddress, systemName, chassisId }: SwitchInput): SwitchValues {
  return {
    name,
    managementAddress: managementAddress ?? null,
    systemName: systemName ?? null,
    chassisId: chassisId ?? null,
  };
}

@ArgsType()
@InputType()
export class SwitchPortUpdate {
  @Field(() => String)
  switch: string;

  @Field(() => String, { description: "In any spelling: Gi1/0/7 is GigabitEthernet1/0/7." })
  port: string;

  @Field(() => PortRoleEnum)
  role: PortRole;
}

@ObjectType()
export class SwitchPayload extends Payload {
  @Field(() => Switch, { nullable: true })
  switch?: Switch;
}

@ObjectType()
export class SwitchesPayload extends Payload {
  @Field(() => [Switch], { nullable: true })
  switches?: Switch[];
}

@ObjectType()
export class SwitchPortPayload extends Payload {
  @Field(() => SwitchPort, { nullable: true })
  port?: SwitchPort;
}

@ObjectType()
export class SwitchPortsPayload extends Payload {
  @Field(() => [SwitchPort], { nullable: true })
  ports?: SwitchPort[];
}
