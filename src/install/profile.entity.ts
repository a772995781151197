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
import { CONFIG_FORMATS, type ConfigFormat } from "./render.js";

/** What language an installer's answers are written in. */
export const ConfigFormatEnum = Object.fromEntries(CONFIG_FORMATS.map((format) => [format, format])) as {
  [format in ConfigFormat]: format;
};
registerEnumType(ConfigFormatEnum, {
  name: "ConfigFormat",
  description: "The language of an installer's answers: Anaconda's Kickstart or the Debian installer's Preseed.",
});

@ObjectType({ implements: Node, description: "LiquidJS text that becomes an installer's configuration." })
@Entity()
export class Template {
  @PrimaryGeneratedColumn()
  readonly id: number;

  @Field(() => ID, { name: "id" })
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
}

@ObjectType({
  implements: Node,
  description: "How to install an operating system: kernel, initrds, arguments, configuration.",
})
@Entity()
export class Profile {
  @PrimaryGeneratedColumn()
  readonly id: number;

  @Field(() => ID, { name: "id" })
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

  @Field(() => String, { description: "A path under /images, or an absolute http URL." })
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

  /** Named values for the template; the operator's change of a default. */
  @Column({ type: "simple-json" })
  parameters: Record<string, unknown>;
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
