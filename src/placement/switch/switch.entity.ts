import { Field, GraphQLISODateTime, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  OneToMany,
  PrimaryGeneratedColumn,
  type Relation,
} from "typeorm";
import { instant } from "../../db/columns.js";
import { Node } from "../../graphql/node.js";

export const SNMP_VERSIONS = ["V2C", "V3"] as const;
export type SnmpVersion = (typeof SNMP_VERSIONS)[number];
export const SnmpVersionEnum = Object.fromEntries(SNMP_VERSIONS.map((version) => [version, version])) as {
  [version in SnmpVersion]: version;
};
registerEnumType(SnmpVersionEnum, { name: "SnmpVersion", description: "How a switch is asked for its tables." });

export const PORT_ROLES = ["AUTO", "EDGE", "UPLINK"] as const;
export type PortRole = (typeof PORT_ROLES)[number];
export const PortRoleEnum = Object.fromEntries(PORT_ROLES.map((role) => [role, role])) as { [role in PortRole]: role };
registerEnumType(PortRoleEnum, {
  name: "PortRole",
  description: "What a person says hangs on a port.",
  valuesConfig: {
    AUTO: { description: "Nobody has said: many MAC addresses, or LLDP to another switch, make it an uplink." },
    EDGE: { description: "A machine, whatever is heard there." },
    UPLINK: { description: "Another switch: no machine is placed by what is heard there." },
  },
});

@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: "A network switch: its ports tell where machines stand.",
})
@Entity()
export class Switch {
  @PrimaryGeneratedColumn()
  readonly id: number;

  @Field(() => ID, { name: "id", simple: false })
  get globalId(): string {
    return `Switch:${this.id}`;
  }

  @Field(() => String)
  @Index("switch_name", { unique: true })
  @Column({ type: "varchar", length: 63 })
  name: string;

  @Field(() => String, { nullable: true, description: "Host or address, with a UDP port where that is not 161." })
  @Column({ type: "varchar", length: 255, nullable: true })
  managementAddress: string | null;

  @Field(() => String, { nullable: true, description: "As it calls itself: sysName, and LLDP TLV 5." })
  @Column({ type: "varchar", length: 256, nullable: true })
  systemName: string | null;

  @Field(() => String, { nullable: true, description: "LLDP TLV 1, usually its MAC address." })
  @Column({ type: "varchar", length: 256, nullable: true })
  chassisId: string | null;

  @Field(() => SnmpVersionEnum, { nullable: true, description: "Null: it is not asked." })
  @Column({ type: "varchar", length: 4, nullable: true })
  snmpVersion: SnmpVersion | null;

  /** Sealed by the vault, and never told to anybody. */
  @Column({ type: "text", nullable: true })
  credentials: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: "When it last answered." })
  @Column(instant({ nullable: true }))
  scannedAt: Date | null;

  @Field(() => String, { nullable: true, description: "Why it could not be asked the last time." })
  @Column({ type: "varchar", length: 1000, nullable: true })
  scanError: string | null;

  @OneToMany(() => SwitchPort, (port) => port.switch)
  ports: Relation<SwitchPort>[];
}

@ObjectType({ simpleResolvers: true, implements: Node, description: "A port of a switch." })
@Entity()
@Index("switch_port_switch_key", ["switchId", "portKey"], { unique: true })
export class SwitchPort {
  @PrimaryGeneratedColumn()
  readonly id: number;

  @Field(() => ID, { name: "id", simple: false })
  get globalId(): string {
    return `SwitchPort:${this.id}`;
  }

  @Column({ type: "integer" })
  switchId: number;

  @ManyToOne(() => Switch, (each) => each.ports, { onDelete: "CASCADE" })
  @JoinColumn({ name: "switch_id", foreignKeyConstraintName: "switch_port_switch" })
  switch: Relation<Switch>;

  @Field(() => String)
  @Column({ type: "varchar", length: 256 })
  name: string;

  /** How its name compares with other spellings of it: port-name.ts. */
  @Column({ type: "varchar", length: 256 })
  portKey: string;

  @Field(() => String, { nullable: true, description: "What is written on it: ifAlias." })
  @Column({ type: "varchar", length: 256, nullable: true })
  alias: string | null;

  @Field(() => PortRoleEnum)
  @Column({ type: "varchar", length: 8, default: "AUTO" })
  role: PortRole;

  @Field(() => String, { nullable: true, description: "The aggregated link that it is part of." })
  @Column({ type: "varchar", length: 256, nullable: true })
  aggregate: string | null;

  @Field(() => Int, { nullable: true, description: "How many MAC addresses were behind it the last time." })
  @Column({ type: "integer", nullable: true })
  macCount: number | null;

  @Field(() => String, { nullable: true, description: "Who is heard there by LLDP." })
  @Column({ type: "varchar", length: 256, nullable: true })
  neighbour: string | null;
}
