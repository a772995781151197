import { ArgsType, Field, InputType, ObjectType } from "type-graphql";
import { GraphQLJSONObject } from "../graphql/json-object.js";
import { Payload } from "../graphql/user-errors.js";
import type { ConfigFormat } from "./config-format.js";
import type { ProfileChanges } from "./profile.store.js";
import { ConfigFormatEnum, Profile, ProfileBootsEnum, Template, type ProfileBoots } from "./profile.entity.js";

const PARAMETERS =
  'Merged into those that are there: null takes one away, {"secret": "…"} marks one as a secret, as passwords, their ' +
  'hashes, tokens and SSH keys are by their names. A secret is shown as {"secret": true}.';

@ArgsType()
@InputType()
export class TemplateInput {
  @Field(() => String)
  name: string;

  @Field(() => ConfigFormatEnum)
  format: ConfigFormat;

  @Field(() => String)
  text: string;

  @Field(() => GraphQLJSONObject, { nullable: true, description: `The defaults. ${PARAMETERS}` })
  parameters?: Record<string, unknown> | null;
}

/** What is not said is the parent's, or for an update what it was; null is the parent's. */
@ArgsType()
@InputType()
abstract class ProfileFields {
  @Field(() => String, { nullable: true, description: "The profile it inherits from; null for none." })
  parent?: string | null;

  @Field(() => String, { nullable: true, description: "The name when not given." })
  title?: string | null;

  @Field(() => ProfileBootsEnum, { nullable: true, description: "KERNEL when nobody says otherwise." })
  boots?: ProfileBoots | null;

  @Field(() => String, { nullable: true })
  kernel?: string | null;

  @Field(() => String, { nullable: true })
  template?: string | null;

  @Field(() => GraphQLJSONObject, { nullable: true, description: PARAMETERS })
  parameters?: Record<string, unknown> | null;
}

@ArgsType()
@InputType()
export class ProfileInput extends ProfileFields {
  @Field(() => String)
  name: string;

  @Field(() => [String], { nullable: true, defaultValue: [], description: "None: the parent's." })
  initrds?: string[] | null;

  @Field(() => String, { nullable: true, defaultValue: "", description: "Empty: the parent's." })
  arguments?: string | null;
}

/** A default cannot be told from what was said, so what is empty is the parent's at first; an update can empty it. */
export function profileInput(input: ProfileInput): ProfileChanges & { readonly name: string } {
  return { ...input, initrds: input.initrds?.length ? input.initrds : null, arguments: input.arguments || null };
}

@ArgsType()
@InputType()
export class ProfileUpdate extends ProfileFields {
  @Field(() => String)
  profile: string;

  @Field(() => [String], { nullable: true })
  initrds?: string[] | null;

  @Field(() => String, { nullable: true })
  arguments?: string | null;
}

@ObjectType()
export class ProfilePayload extends Payload {
  @Field(() => Profile, { nullable: true })
  profile?: Profile;
}

@ObjectType()
export class ProfilesPayload extends Payload {
  @Field(() => [Profile], { nullable: true })
  profiles?: Profile[];
}

@ObjectType()
export class TemplatePayload extends Payload {
  @Field(() => Template, { nullable: true })
  template?: Template;
}

@ObjectType()
export class TemplatesPayload extends Payload {
  @Field(() => [Template], { nullable: true })
  templates?: Template[];
}
