import { ArgsType, Field, InputType, ObjectType } from "type-graphql";
import { GraphQLJSONObject } from "../graphql/json-object.js";
import { Payload } from "../graphql/user-errors.js";
import { ConfigFormatEnum, Profile, Template } from "./profile.entity.js";
import type { ProfileValues } from "./profile.store.js";
import type { ConfigFormat } from "./render.js";

@ArgsType()
@InputType()
export class TemplateInput {
  @Field(() => String)
  name: string;

  @Field(() => ConfigFormatEnum)
  format: ConfigFormat;

  @Field(() => String)
  text: string;
}

@ArgsType()
@InputType()
export class ProfileInput {
  @Field(() => String)
  name: string;

  @Field(() => String)
  kernel: string;

  @Field(() => String)
  template: string;

  @Field(() => [String], { defaultValue: [] })
  initrds: string[];

  @Field(() => String, { defaultValue: "" })
  arguments: string;

  @Field(() => String, { nullable: true, description: "The name when not given." })
  title?: string | null;

  @Field(() => GraphQLJSONObject, { nullable: true })
  parameters?: Record<string, unknown> | null;
}

export function profileValues(input: ProfileInput): ProfileValues {
  return { ...input, title: input.title ?? input.name, parameters: input.parameters ?? {} };
}

@ArgsType()
@InputType()
export class ProfileUpdate {
  @Field(() => String)
  profile: string;

  @Field(() => String, { nullable: true })
  title?: string | null;

  @Field(() => String, { nullable: true })
  kernel?: string | null;

  @Field(() => [String], { nullable: true })
  initrds?: string[] | null;

  @Field(() => String, { nullable: true })
  arguments?: string | null;

  @Field(() => String, { nullable: true })
  template?: string | null;

  @Field(() => GraphQLJSONObject, { nullable: true })
  parameters?: Record<string, unknown> | null;
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
