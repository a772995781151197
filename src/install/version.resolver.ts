import { createTwoFilesPatch } from "diff";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { stringify } from "yaml";
import type { Context } from "../context.js";
import { entityBy } from "../graphql/entity-by.js";
import { GraphQLJSONObject } from "../graphql/json-object.js";
import { shownParameters, toldParameters } from "./parameters.js";
import { ProfileVersion, TemplateVersion } from "./version.entity.js";

const DIFF = "What has changed since the version before, as a unified diff; secrets are shown as digests.";

@Resolver(() => TemplateVersion)
export class TemplateVersionResolver {
  @FieldResolver(() => GraphQLJSONObject, { description: 'A secret is shown as {"secret": true}.' })
  parameters(@Root("parameters") parameters: TemplateVersion["parameters"]): Record<string, unknown> {
    return shownParameters(parameters);
  }

  @FieldResolver(() => String, { description: DIFF, complexity: 1 })
  async diff(@Root() version: TemplateVersion, @Ctx() context: Context): Promise<string> {
    const { previousId, name } = version;
    const previous = previousId === null ? undefined : await entityBy(context, TemplateVersion, "id", previousId);
    return [
      patch(name, version, previous, ({ text }) => text),
      patch(`${name} (defaults)`, version, previous, ({ parameters }) => printed(toldParameters(parameters))),
    ].join("");
  }
}

@Resolver(() => ProfileVersion)
export class ProfileVersionResolver {
  @FieldResolver(() => GraphQLJSONObject, { description: "As its author wrote it: what it inherits is missing." })
  content(@Root("content") content: ProfileVersion["content"]): Record<string, unknown> {
    return { ...content, parameters: shownParameters(content.parameters) };
  }

  @FieldResolver(() => String, { description: DIFF, complexity: 1 })
  async diff(@Root() version: ProfileVersion, @Ctx() context: Context): Promise<string> {
    const { previousId, content } = version;
    const previous = previousId === null ? undefined : await entityBy(context, ProfileVersion, "id", previousId);
    return patch(content.name, version, previous, (each) => {
      return printed({ ...each.content, parameters: toldParameters(each.content.parameters) });
    });
  }
}

interface Version {
  readonly number: number;
}

/** Empty where nothing differs. */
function patch<T extends Version>(name: string, now: T, before: T | undefined, textOf: (version: T) => string): string {
  const [old, young] = [before === undefined ? "" : textOf(before), textOf(now)];
  if (old === young) return "";
  const label = (version: Version | undefined) => (version === undefined ? "nothing" : `version ${version.number}`);
  return createTwoFilesPatch(name, name, old, young, label(before), label(now));
}

function printed(value: object): string {
  return Object.keys(value).length === 0 ? "" : stringify(value, { lineWidth: 0 });
}
