import { Field, GraphQLISODateTime, ID, Int, ObjectType } from "type-graphql";
import { Column, Entity, Index, PrimaryGeneratedColumn } from "typeorm";
import { instant } from "../db/columns.js";
import { Node } from "../graphql/node.js";
import type { ConfigFormat } from "./config-format.js";
import type { StoredParameters } from "./parameters.js";
import { ConfigFormatEnum, type Inheritable } from "./profile.entity.js";

@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: "A template as it was saved once. Versions stay when their template goes.",
})
@Entity()
@Index("template_version_number", ["templateId", "number"], { unique: true })
export class TemplateVersion {
  @PrimaryGeneratedColumn()
  readonly id: number;

  @Field(() => ID, { name: "id", simple: false })
  get globalId(): string {
    return `TemplateVersion:${this.id}`;
  }

  @Column({ type: "integer" })
  templateId: number;

  @Field(() => Int, { description: "Counted from 1." })
  @Column({ type: "integer" })
  number: number;

  @Column({ type: "integer", nullable: true })
  previousId: number | null;

  @Field(() => String)
  @Column({ type: "varchar", length: 63 })
  name: string;

  @Field(() => ConfigFormatEnum)
  @Column({ type: "varchar", length: 16 })
  format: ConfigFormat;

  @Field(() => String)
  @Column({ type: "text" })
  text: string;

  @Column({ type: "simple-json" })
  parameters: StoredParameters;

  @Field(() => GraphQLISODateTime)
  @Column(instant())
  savedAt: Date;

  @Field(() => String, { description: "The token's name, or what of Kickrack itself did it." })
  @Column({ type: "varchar", length: 64 })
  savedBy: string;
}

/** A profile as its author wrote it: what it inherits is missing, and secrets are sealed. */
export interface ProfileContent {
  readonly name: string;
  readonly title: string;
  readonly parent: string | null;
  readonly own: { readonly [field in Inheritable]?: string | readonly string[] };
  readonly parameters: StoredParameters;
}

@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: "A profile as it was saved once. Versions stay when their profile goes.",
})
@Entity()
@Index("profile_version_number", ["profileId", "number"], { unique: true })
export class ProfileVersion {
  @PrimaryGeneratedColumn()
  readonly id: number;

  @Field(() => ID, { name: "id", simple: false })
  get globalId(): string {
    return `ProfileVersion:${this.id}`;
  }

  @Column({ type: "integer" })
  profileId: number;

  @Field(() => Int, { description: "Counted from 1." })
  @Column({ type: "integer" })
  number: number;

  @Column({ type: "integer", nullable: true })
  previousId: number | null;

  @Column({ type: "simple-json" })
  content: ProfileContent;

  @Field(() => GraphQLISODateTime)
  @Column(instant())
  savedAt: Date;

  @Field(() => String, { description: "The token's name, or what of Kickrack itself did it." })
  @Column({ type: "varchar", length: 64 })
  savedBy: string;
}
