import { Args, ArgsType, Ctx, Field, ObjectType, Query, registerEnumType, Resolver } from "type-graphql";
import type { Context } from "../context.js";
import { NotFound } from "../errors.js";
import { GraphQLJSON } from "../graphql/json-object.js";
import { MACHINE_KEY, machineByKey } from "../machine/machine.store.js";
import { planOf } from "./install-plan.store.js";
import { belongingsOf, parametersOf, valuesOf } from "./install-values.store.js";
import { PARAMETER_SOURCES, type Parameter, type ParameterSource } from "./parameters.js";
import { assignedProfiles, profileNamed } from "./profile.store.js";
import { rendersForPeople } from "./render-thread.js";
import { keepReading, mayReadSecrets } from "./secret-reading.js";

const ParameterSourceEnum = Object.fromEntries(PARAMETER_SOURCES.map((source) => [source, source])) as {
  [source in ParameterSource]: source;
};
registerEnumType(ParameterSourceEnum, {
  name: "ParameterSource",
  description: "Who says what a parameter is; the first one of these that says anything wins.",
});

const SECRETS =
  "Secrets are shown to whom may read them, which is kept in the history; else, or with false, a word stands for each.";

@ArgsType()
class PreviewArgs {
  @Field(() => String, { description: MACHINE_KEY })
  machine: string;

  @Field(() => String, { nullable: true, description: "The assigned one when not given." })
  profile?: string | null;

  @Field(() => Boolean, { defaultValue: true, description: SECRETS })
  secrets: boolean = true;
}

@ObjectType({ description: "A named value, as a machine's templates get it." })
class ConfigParameter {
  @Field(() => String)
  name: string;

  @Field(() => GraphQLJSON, { description: "A text, a number, true or false, or a list of texts." })
  value: unknown;

  @Field(() => ParameterSourceEnum)
  source: ParameterSource;

  @Field(() => String, { description: "The name of that machine, rack, profile or template." })
  from: string;

  @Field(() => Boolean)
  isSecret: boolean;
}

@ObjectType({ description: "What a machine would be installed with, and where each value comes from." })
class ConfigExplanation {
  @Field(() => String, { description: "The configuration that it would fetch, without a valid token." })
  text: string;

  @Field(() => String, { description: "What would stand behind its kernel." })
  arguments: string;

  @Field(() => [ConfigParameter])
  parameters: ConfigParameter[];
}

@Resolver()
export class PreviewResolver {
  @Query(() => String, { description: "The configuration that this machine would fetch, without a valid token." })
  async renderConfig(@Ctx() context: Context, @Args(() => PreviewArgs) args: PreviewArgs): Promise<string> {
    return (await preview(context, "renderConfig", args)).text;
  }

  @Query(() => ConfigExplanation, { description: "As renderConfig, with the value of every parameter and its source." })
  explainConfig(@Ctx() context: Context, @Args(() => PreviewArgs) args: PreviewArgs): Promise<ConfigExplanation> {
    return preview(context, "explainConfig", args);
  }
}

async function preview(
  context: Context,
  operation: string,
  { machine: key, profile: name, secrets }: PreviewArgs,
): Promise<ConfigExplanation> {
  const { vault, bootAddress, database } = context.app;
  const { manager } = database;
  const machine = await machineByKey(manager, key);
  const profile = name
    ? await profileNamed(manager, name)
    : (await assignedProfiles(manager, [machine.id])).get(machine.id);
  if (profile === undefined) throw new NotFound(`Machine:${machine.id} has no profile; name one`);
  const masked = !secrets || !mayReadSecrets(context);
  const rendering = { machine, plan: await planOf(manager, profile), token: "preview", base: bootAddress, masked };
  const belongings = (await belongingsOf(manager, [machine]))(machine);
  const parameters = parametersOf(vault, rendering, belongings);
  const values = valuesOf(vault, rendering, belongings);
  const { plan } = rendering;
  const [text, installer] = await Promise.all([
    rendersForPeople.config(plan, values),
    rendersForPeople.installer(plan, values),
  ]);
  const explained = { text, arguments: installer.arguments, parameters };
  if (!masked) await keepReading(context, operation, machine.id, namesOfSecrets(parameters));
  return explained;
}

function namesOfSecrets(parameters: readonly Parameter[]): string[] {
  return parameters.filter(({ isSecret }) => isSecret).map(({ name }) => name);
}
