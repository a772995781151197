import { Field, GraphQLISODateTime, ID, ObjectType, registerEnumType } from "type-graphql";
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
import { instant } from "../db/columns.js";
import { Node } from "../graphql/node.js";
import type { MacAddress } from "./mac-address.js";
import { MacAddressScalar } from "./mac-address.scalar.js";
import { MACHINE_STATES, type MachineState } from "./machine-state.js";

export const MachineStateEnum = Object.fromEntries(MACHINE_STATES.map((state) => [state, state])) as {
  [state in MachineState]: state;
};
registerEnumType(MachineStateEnum, {
  name: "MachineState",
  description: "The life of a machine, from its first request to its retirement.",
});

@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: "A physical server, as SMBIOS (DSP0134) names it.",
})
@Entity()
@Index("machine_serial_number_id", ["serialNumber", "id"])
@Index("machine_uuid_id", ["uuid", "id"])
@Index("machine_asset_tag_id", ["assetTag", "id"])
@Index("machine_board_serial_number_id", ["boardSerialNumber", "id"])
@Index("machine_hostname_id", ["hostname", "id"])
@Index("machine_state_id", ["state", "id"])
export class Machine {
  @PrimaryGeneratedColumn()
  readonly id: number;

  @Field(() => ID, { name: "id", simple: false })
  get globalId(): string {
    return `Machine:${this.id}`;
  }

  @Field(() => String, { nullable: true, description: "SMBIOS type 1 serial number, padding trimmed." })
  @Column({ type: "varchar", length: 256, nullable: true })
  serialNumber: string | null;

  @Field(() => String, { nullable: true, description: "SMBIOS type 1 manufacturer." })
  @Column({ type: "varchar", length: 256, nullable: true })
  manufacturer: string | null;

  @Field(() => String, { nullable: true, description: "SMBIOS type 1 product name." })
  @Column({ type: "varchar", length: 256, nullable: true })
  product: string | null;

  @Field(() => String, { nullable: true, description: "SMBIOS type 1 UUID, lower case." })
  @Column({ type: "varchar", length: 36, nullable: true })
  uuid: string | null;

  @Field(() => String, { nullable: true, description: "SMBIOS type 3 (enclosure) asset tag." })
  @Column({ type: "varchar", length: 256, nullable: true })
  assetTag: string | null;

  @Field(() => String, { nullable: true, description: "SMBIOS type 2 (baseboard) serial number." })
  @Column({ type: "varchar", length: 256, nullable: true })
  boardSerialNumber: string | null;

  @Field(() => String, { nullable: true, description: "One DNS label; given at approval when nobody chose one." })
  @Index("machine_hostname", { unique: true })
  @Column({ type: "varchar", length: 63, nullable: true })
  hostname: string | null;

  @Field(() => MachineStateEnum)
  @Column({ type: "varchar", length: 16 })
  state: MachineState;

  @Field(() => Boolean, { description: "A locked machine gets no address from dnsmasq and boots its local disk." })
  @Column({ type: "boolean" })
  locked: boolean;

  @Field(() => String, { nullable: true, description: "Firmware platform as iPXE names it: pcbios or efi." })
  @Column({ type: "varchar", length: 16, nullable: true })
  platform: string | null;

  @Field(() => String, { nullable: true, description: "Architecture of the iPXE binary, not of the processor." })
  @Column({ type: "varchar", length: 16, nullable: true })
  buildArch: string | null;

  @Field(() => String, { nullable: true, description: "Version of the iPXE that spoke last." })
  @Column({ type: "varchar", length: 64, nullable: true })
  ipxeVersion: string | null;

  @Field(() => GraphQLISODateTime)
  @Column(instant())
  firstSeenAt: Date;

  @Field(() => GraphQLISODateTime, { description: "Time of the last registration." })
  @Column(instant())
  lastSeenAt: Date;

  @OneToMany(() => EthernetInterface, (ethernetInterface) => ethernetInterface.machine)
  ethernetInterfaces: Relation<EthernetInterface>[];
}

@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: "One Ethernet port of a machine; a MAC address belongs to exactly one.",
})
@Entity()
export class EthernetInterface {
  @PrimaryGeneratedColumn()
  readonly id: number;

  @Field(() => ID, { name: "id", simple: false })
  get globalId(): string {
    return `EthernetInterface:${this.id}`;
  }

  @Index("ethernet_interface_machine_id")
  @Column({ type: "integer" })
  machineId: number;

  @ManyToOne(() => Machine, (machine) => machine.ethernetInterfaces, { onDelete: "CASCADE" })
  @JoinColumn({ name: "machine_id", foreignKeyConstraintName: "ethernet_interface_machine" })
  machine: Relation<Machine>;

  @Field(() => MacAddressScalar)
  @Index("ethernet_interface_mac_address", { unique: true })
  @Column({ type: "varchar", length: 17 })
  macAddress: MacAddress;

  @Field(() => Boolean, {
    description:
      "True while a person has to decide whose port this is (see conflicts): it is offered no installer and " +
      "does not stand in the hostsfile.",
  })
  @Column({ type: "boolean" })
  disputed: boolean;

  @Field(() => GraphQLISODateTime)
  @Column(instant())
  firstSeenAt: Date;
}
