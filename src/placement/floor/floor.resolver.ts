import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, FieldResolver, Info, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Context, WriteContext } from "../../context.js";
import { InvalidInput } from "../../errors.js";
import { batched } from "../../graphql/batched.js";
import { entityBy } from "../../graphql/entity-by.js";
import { LIMITS } from "../../graphql/limits.js";
import type { Fresh } from "../../graphql/user-errors.js";
import { Machine } from "../../machine/machine.entity.js";
import { MACHINE_KEYS, MachinesPayload } from "../../machine/machine.inputs.js";
import { machineList } from "../../machine/machine.list.js";
import { machinesByKey } from "../../machine/machine.store.js";
import { Sighting } from "../../machine/sighting.entity.js";
import { placeOf } from "../../rack/rack-plan.store.js";
import { Rack } from "../../rack/rack.entity.js";
import { Shelf } from "../../rack/shelf.entity.js";
import { acceptPlaces } from "./accept-places.store.js";
import { agreementOf, evidenceOf, type Difference, type DifferenceKind } from "./compare-floor.js";
import { floorDifferences, observedPlaces } from "./floor.store.js";
import { FloorConflict, FloorConflictKindEnum, MachinePlace, PlaceInRack, placeInRack } from "./floor.types.js";
import type { Heard } from "./weigh-sightings.js";

/** Those of a difference that a person can settle by accepting what is seen. */
const ACCEPTABLE: readonly DifferenceKind[] = ["MOVED", "SWAPPED", "UNPLACED"];

@Resolver(() => FloorConflict)
export class FloorConflictResolver {
  @Query(() => [FloorConflict], {
    complexity: 100,
    description:
      "Everything on the floor that is not as it was planned, by rack from the top, as it is now. What registrations dispute is in `conflicts`.",
  })
  async floorConflicts(
    @Ctx() { app }: Context,
    @Arg("rack", () => String, { nullable: true, description: "Planned or seen there." }) rack?: string | null,
    @Arg("kinds", () => [FloorConflictKindEnum], { nullable: true }) kinds?: DifferenceKind[] | null,
    @Arg("first", () => Int, { defaultValue: LIMITS.pageSize }) first: number = LIMITS.pageSize,
  ): Promise<FloorConflict[]> {
    if (first < 1 || first > LIMITS.pageSize) {
      throw new InvalidInput(`first: ask for 1 to ${LIMITS.pageSize} differences`, ["first"]);
    }
    const differences = await floorDifferences(app.database.manager, app.now());
    return differences
      .filter(({ kind }) => kinds?.includes(kind) ?? true)
      .filter(({ planned, observed }) => rack == null || planned?.rack === rack || observed?.rack === rack)
      .slice(0, first)
      .map(floorConflict);
  }

  @Mutation(() => MachinesPayload, {
    description:
      "Writes into the record where machines are seen, all or none; of two that were swapped both have to be among them. " +
      "Locked and installed machines move by this too, and by nothing else than a person's word.",
  })
  async acceptObservedPlaces(
    @Ctx() context: WriteContext,
    @Arg("machines", () => [String], { nullable: true, description: MACHINE_KEYS }) keys?: string[] | null,
    @Arg("filter", () => machineList.filter.Input, {
      nullable: true,
      description: "Instead of `machines`: those of these that are seen in another place than planned.",
    })
    filter?: object | null,
  ): Promise<Fresh<MachinesPayload>> {
    if ((keys == null) === (filter == null)) throw new InvalidInput("give machines or filter", ["machines"]);
    const { manager } = context.transaction;
    const named = keys ?? (await seenElsewhere(context, filter ?? {}));
    return { machines: await acceptPlaces(context, await machinesByKey(manager, named)) };
  }

  @FieldResolver(() => Machine, { nullable: true, description: "Null where the planned one is only expected." })
  async machine(
    @Root("machineId") machineId: FloorConflict["machineId"],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Machine | undefined> {
    return machineId === null ? undefined : entityBy(context, Machine, "id", machineId, { info });
  }

  @FieldResolver(() => Machine, { nullable: true, description: "Of a swapped pair the other one." })
  async otherMachine(
    @Root("otherMachineId") otherMachineId: FloorConflict["otherMachineId"],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Machine | undefined> {
    return otherMachineId === null ? undefined : entityBy(context, Machine, "id", otherMachineId, { info });
  }

  @FieldResolver(() => [Sighting], { description: "What says so." })
  evidence(@Root("heard") heard: FloorConflict["heard"], @Ctx() context: Context): Promise<Sighting[]> {
    return sightingsOf(context, heard);
  }
}

@Resolver(() => Machine)
export class MachineFloorResolver {
  @FieldResolver(() => MachinePlace, { description: "Where it is planned and where it is seen." })
  async place(@Root("id") id: Machine["id"], @Ctx() context: Context): Promise<MachinePlace> {
    const { database, now } = context.app;
    const [planned, weighed = null] = await Promise.all([
      entityBy(context, Shelf, "machineId", id),
      batched(context, "observed places", id, (ids) => observedPlaces(database.manager, ids, now())),
    ]);
    const rack = planned && (await entityBy(context, Rack, "id", planned.rackId));
    const room = planned === undefined || rack === undefined ? null : { ...placeOf(planned), rack: rack.name };
    const observed = weighed?.kind === "OBSERVED" ? placeInRack(weighed.spot) : null;
    const heard = weighed === null ? [] : evidenceOf(weighed);
    return { planned, observed, agreement: agreementOf(room, weighed), heard };
  }
}

@Resolver(() => MachinePlace)
export class MachinePlaceEvidenceResolver {
  @FieldResolver(() => [Sighting], { description: "What says so, the newest first." })
  evidence(@Root("heard") heard: MachinePlace["heard"], @Ctx() context: Context): Promise<Sighting[]> {
    return sightingsOf(context, heard);
  }
}

@Resolver(() => PlaceInRack)
export class PlaceInRackResolver {
  @FieldResolver(() => Rack)
  rack(
    @Root("rackName") rackName: PlaceInRack["rackName"],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Rack | undefined> {
    return entityBy(context, Rack, "name", rackName, { info });
  }
}

async function seenElsewhere(context: WriteContext, filter: object): Promise<string[]> {
  const wanted = await machineList.idsOf(context, filter, ["filter"]);
  const differences = await floorDifferences(context.transaction.manager, context.app.now());
  return differences
    .filter(({ kind }) => ACCEPTABLE.includes(kind))
    .flatMap(({ machineId, otherMachineId }) => [machineId, otherMachineId])
    .filter((id) => id !== null && wanted.has(id))
    .map((id) => `Machine:${id}`);
}

function floorConflict({ planned, observed, sentence, evidence, ...rest }: Difference): FloorConflict {
  return {
    ...rest,
    planned: planned && placeInRack(planned),
    observed: observed && placeInRack(observed),
    detail: sentence,
    heard: evidence,
  };
}

async function sightingsOf(context: Context, heard: readonly Heard[]): Promise<Sighting[]> {
  const found = await Promise.all(heard.map(({ sightingId }) => entityBy(context, Sighting, "id", sightingId)));
  return found.filter((sighting) => sighting !== undefined);
}
