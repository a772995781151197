import { Arg, Ctx, Field, FieldResolver, GraphQLISODateTime, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { Context } from "../context.js";
import { Statement } from "../db/statement.js";
import { InvalidInput } from "../errors.js";
import { batched, groupBy } from "../graphql/batched.js";
import { entityBy } from "../graphql/entity-by.js";
import { Installation, InstallationEvent, StageOutcomeEnum } from "./installation.entity.js";
import { lastLines, type StageOutcome } from "./progress-report.js";
import { timelineOf, type Stage, type TimelineEvent } from "./timeline.js";

const MOST_LINES = 500;

@ObjectType({ description: "A part of an installation: armed, configuration, what the installer names, and its end." })
class InstallationStage implements Stage {
  @Field(() => String)
  name: string;

  @Field(() => GraphQLISODateTime)
  startedAt: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: "Null while it lasts." })
  finishedAt: Date | null;

  @Field(() => StageOutcomeEnum)
  outcome: StageOutcome;
}

@Resolver(() => Installation)
export class TimelineResolver {
  @FieldResolver(() => [InstallationStage], { description: "Where it is, and how long each part took." })
  async timeline(@Root("id") id: Installation["id"], @Ctx() context: Context): Promise<Stage[]> {
    return timelineOf((await batched(context, "timeline", id, (ids) => eventsOf(context, ids))) ?? []);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "The last lines of what was said last: of the log that came with done or failed, or of why it ended.",
  })
  async lastLines(
    @Root("id") id: Installation["id"],
    @Ctx() context: Context,
    @Arg("count", () => Int, { defaultValue: 20 }) count: number,
  ): Promise<string | null> {
    if (count < 1 || count > MOST_LINES) throw new InvalidInput(`count: ${count}; ask for 1 to ${MOST_LINES} lines`);
    const newest = await entityBy(context, InstallationEvent, "installationId", id, { where: isNewest });
    return newest === undefined ? null : lastLines(newest.text, count);
  }
}

function isNewest(alias: string): string {
  const newer = `SELECT 1 FROM installation_event newer WHERE newer.installation_id = ${alias}.installation_id AND newer.id > ${alias}.id`;
  return `NOT EXISTS (${newer})`;
}

/** Without their texts, which may be 64 KiB each. */
async function eventsOf({ app }: Context, ids: readonly number[]): Promise<Map<number, TimelineEvent[]>> {
  const statement = new Statement(app.database.dialect);
  const isWanted = statement.isAmong("installation_id", ids);
  const rows = await statement.rows(
    app.database.manager,
    `SELECT installation_id, at, kind, stage, outcome FROM installation_event WHERE ${isWanted} ORDER BY id`,
  );
  const events = groupBy(rows, (row) => row.installation_id as number);
  return new Map([...events].map(([id, own]) => [id, own.map(eventOf)]));
}

function eventOf({ at, kind, stage, outcome }: Record<string, unknown>): TimelineEvent {
  return { at: new Date(String(at)), kind, stage, outcome } as TimelineEvent;
}
