import { Extensions, Field, GraphQLISODateTime, ID, Int, ObjectType } from "type-graphql";
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from "typeorm";
import { instant } from "../db/columns.js";
import { Node } from "../graphql/node.js";
import { Switch } from "../placement/switch/switch.entity.js";
import type { MacAddress } from "./mac-address.js";
import { MacAddressScalar } from "./mac-address.scalar.js";
import { Machine } from "./machine.entity.js";

/** The source of what a DHCP relay said of the port that it heard a machine at: RFC 3046. */
export const DHCP_OPTION82 = "dhcp-option82";

@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: "Evidence of where a machine is: a switch port that hears it, or that it hears.",
})
@Entity()
@Index("sighting_machine_source", ["machineId", "source"])
@Index("sighting_mac_source", ["macAddress", "source", "switchId"], { unique: true })
@Index("sighting_switch_port", ["switchId", "portKey"])
export class Sighting {
  @PrimaryGeneratedColumn()
  readonly id: number;

  @Field(() => ID, { name: "id", simple: false })
  get globalId(): string {
    return `Sighting:${this.id}`;
  }

  /** Null while no machine has shown this address. */
  @Column({ type: "integer", nullable: true })
  machineId: number | null;

  @ManyToOne(() => Machine, { onDelete: "CASCADE" })
  @JoinColumn({ name: "machine_id", foreignKeyConstraintName: "sighting_machine" })
  machine: Relation<Machine> | null;

  @Field(() => String, {
    description:
      "How it was seen: `ipxe-lldp` is LLDP heard by iPXE while registering, `dhcp-option82` what the DHCP relay or switch " +
      "added to the machine's own DHCP, `snmp` and `text` are a switch's forwarding table.",
  })
  @Column({ type: "varchar", length: 32 })
  source: string;

  @Field(() => String, {
    nullable: true,
    description: "LLDP TLV 5, system name of the switch; of option 82 the relay's address.",
  })
  @Column({ type: "varchar", length: 256, nullable: true })
  systemName: string | null;

  @Field(() => String, {
    nullable: true,
    description: "LLDP TLV 1, chassis id, usually the switch's MAC address; of option 82 the remote id.",
  })
  @Column({ type: "varchar", length: 256, nullable: true })
  chassisId: string | null;

  @Field(() => String, {
    nullable: true,
    description: "LLDP TLV 2, port id, any subtype; of option 82 the circuit id, in hex where it is no text.",
  })
  @Column({ type: "varchar", length: 256, nullable: true })
  portId: string | null;

  @Field(() => String, {
    nullable: true,
    description: "LLDP TLV 4, port description; of option 82 the subscriber id.",
  })
  @Column({ type: "varchar", length: 256, nullable: true })
  portDescription: string | null;

  @Field(() => MacAddressScalar, { nullable: true, description: "The address that was seen; null: the machine spoke." })
  @Column({ type: "varchar", length: 17, nullable: true })
  macAddress: MacAddress | null;

  /** One that is known by name. What a machine has heard tells the switch in the words of LLDP. */
  @Column({ type: "integer", nullable: true })
  switchId: number | null;

  @ManyToOne(() => Switch, { onDelete: "CASCADE" })
  @JoinColumn({ name: "switch_id", foreignKeyConstraintName: "sighting_switch" })
  switch: Relation<Switch> | null;

  @Field(() => String, { name: "port", simple: false, nullable: true, description: "As the switch calls it." })
  @Column({ type: "varchar", length: 256, nullable: true })
  portName: string | null;

  /** How the port compares: placement/port-name.ts. */
  @Column({ type: "varchar", length: 256, nullable: true })
  portKey: string | null;

  @Field(() => Int, { nullable: true, description: "IEEE 802.1Q." })
  @Column({ type: "integer", nullable: true })
  vlan: number | null;

  @Field(() => Boolean, {
    description: "The machine or its own switch said it; a forwarding table lets one only conclude it.",
  })
  @Extensions({ reads: ["source"] })
  get direct(): boolean {
    return this.source === "ipxe-lldp" || this.source === DHCP_OPTION82;
  }

  @Field(() => GraphQLISODateTime)
  @Column(instant())
  seenAt: Date;
}
