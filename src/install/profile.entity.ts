import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  type Relation,
} from "typeorm";
import { Node } from "../graphql/node.js";
import { Machine } from "../machine/machine.entity.js";
import type { StoredParameters } from "./parameters.js";
import { CONFIG_FORMATS, type ConfigFormat } from "./config-format.js";

/** What language an installer's answers are written in. */
export const ConfigFormatEnum = Object.fromEntries(CONFIG_FORMATS.map((format) => [format, format])) as {
  [format in ConfigFormat]: format;
};
registerEnumType(ConfigFormatEnum, {
  name: "ConfigFormat",
  description: "The language of an installer's answers.",
  valuesConfig: {
    PRESEED: { description: "Of the Debian installer." },
    KICKSTART: { description: "Of Anaconda: Fedora, AlmaLinux, Rocky, CentOS Stream." },
    AUTOINSTALL: { description: "Of Ubuntu Server's installer: cloud-init's user-data." },
    IGNITION: { description: "Of Flatcar and Fedora CoreOS: JSON." },
    AUTOYAST: { description: "Of SUSE's installer: XML." },
    ESXI: { description: "VMware ESXi's ks.cfg." },
    NONE: { description: "What fetches no answers: a rescue system, a memory test, a live system." },
    SNIPPET: { description: 'A piece of other templates, which include it: {% include "name" %}.' },
  },
});

export const BOOTS = ["KERNEL", "CHAIN", "LOCAL_DISK"] as const;
export type ProfileBoots = (typeof BOOTS)[number];
export const ProfileBootsEnum = Object.fromEntries(BOOTS.map((each) => [each, each])) as {
  [each in ProfileBoots]: each;
};
registerEnumType(ProfileBootsEnum, {
  name: "ProfileBoots",
  description: "What a machine with this profile starts.",
  valuesConfig: {
    KERNEL: { description: "A Linux kernel with its initrds and arguments." },
    CHAIN: { description: "Another boot program, or a boot loader's script: `kernel` is what is chained to." },
    LOCAL_DISK: { description: "Nothing from here: the local disk." },
  },
});

@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: "LiquidJS text that becomes an installer's configuration.",
})
@Entity()
export class Template {
  @PrimaryGeneratedColumn()
  readonly id: number;

  @Field(() => ID, { name: "id", simple: false })
  get globalId(): string {
    return `Template:${this.id}`;
  }

  @Field(() => String)
  @Index("template_name", { unique: true })
  @Column({ type: "varchar", length: 63 })
  name: string;

  @Field(() => ConfigFormatEnum)
  @Column({ type: "varchar", length: 16 })
  format: ConfigFormat;

  @Field(() => String)
  @Column({ type: "text" })
  text: string;

  /** The lowest level of all: what a parameter is when nobody says otherwise. */
  @Column({ type: "simple-json", default: "{}" })
  parameters: StoredParameters;
}

/** What a profile has of its parent when it does not say otherwise. Parameters are merged instead. */
export const INHERITABLE = ["boots", "kernel", "initrds", "arguments", "template"] as const;
export type Inheritable = (typeof INHERITABLE)[number];

@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description:
    "How to install or boot an operating system: kernel, initrds, arguments, configuration. What it does not say itself " +
    "it has of its parent.",
})
@Entity()
export class Profile {
  @PrimaryGeneratedColumn()
  readonly id: number;

  @Field(() => ID, { name: "id", simple: false })
  get globalId(): string {
    return `Profile:${this.id}`;
  }

  @Field(() => String)
  @Index("profile_name", { unique: true })
  @Column({ type: "varchar", length: 63 })
  name: string;

  @Field(() => String, { description: "What a menu shows." })
  @Column({ type: "varchar", length: 128 })
  title: string;

  @Index("profile_parent_id")
  @Column({ type: "integer", nullable: true })
  parentId: number | null;

  /** Kept in step by every write of the parent, so that a reader needs no look at it. */
  @Field(() => [String], { description: "The fields whose values are the parent's." })
  @Column({ type: "simple-json", default: "[]" })
  inherited: Inheritable[];

  @Field(() => ProfileBootsEnum)
  @Column({ type: "varchar", length: 16, default: "KERNEL" })
  boots: ProfileBoots;

  @Field(() => String, {
    description: "A path under /images, or an absolute http URL; empty where there is nothing to load.",
  })
  @Column({ type: "varchar", length: 512 })
  kernel: string;

  @Field(() => [String], { description: "Initial RAM disks in the order of loading." })
  @Column({ type: "simple-json" })
  initrds: string[];

  @Field(() => String, { description: "Kernel arguments, a LiquidJS text over the same values as the template." })
  @Column({ type: "text" })
  arguments: string;

  @Column({ type: "integer" })
  templateId: number;

  @ManyToOne(() => Template, { eager: true, nullable: false })
  @JoinColumn({ name: "template_id", foreignKeyConstraintName: "profile_template" })
  template: Relation<Template>;

  /** Its own only; those of its parents are behind them. */
  @Column({ type: "simple-json" })
  parameters: StoredParameters;
}

/** Which profile a machine is meant to have. */
@Entity()
export class ProfileAssignment {
  @PrimaryColumn({ type: "integer" })
  machineId: number;

  @ManyToOne(() => Machine, { onDelete: "CASCADE" })
  @JoinColumn({ name: "machine_id", foreignKeyConstraintName: "profile_assignment_machine" })
  machine: Relation<Machine>;

  @Index("profile_assignment_profile_id")
  @Column({ type: "integer" })
  profileId: number;

  @ManyToOne(() => Profile)
  @JoinColumn({ name: "profile_id", foreignKeyConstraintName: "profile_assignment_profile" })
  profile: Relation<Profile>;
}
