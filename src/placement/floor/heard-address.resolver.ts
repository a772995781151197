import type { GraphQLResolveInfo } from "graphql";
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  GraphQLISODateTime,
  Info,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import type { Context } from "../../context.js";
import { InvalidInput } from "../../errors.js";
import { entityBy } from "../../graphql/entity-by.js";
import { LIMITS } from "../../graphql/limits.js";
import type { MacAddress } from "../../machine/mac-address.js";
import { MacAddressScalar } from "../../machine/mac-address.scalar.js";
import { Machine } from "../../machine/machine.entity.js";
import { Switch } from "../switch/switch.entity.js";
import { switchNamed } from "../switch/switch.store.js";
import { PlaceInRack, placeInRack } from "./floor.types.js";
import { heardMachines } from "./heard.store.js";
import { portMap } from "./port-map.store.js";

@ObjectType({ description: "An address, and the port of a switch that it is heard at." })
export class HeardAddress {
  @Field(() => MacAddressScalar)
  macAddress: MacAddress;

  machineId: number | null;

  switchName: string;

  @Field(() => String, { description: "As its evidence calls it." })
  port: string;

  @Field(() => Int, { nullable: true, description: "IEEE 802.1Q." })
  vlan: number | null;

  @Field(() => PlaceInRack, { nullable: true, description: "Where a rule says that this port's machine stands." })
  place: PlaceInRack | null;

  @Field(() => String)
  source: string;

  @Field(() => GraphQLISODateTime)
  seenAt: Date;

  @Field(() => Boolean, { description: "The switch was read since, and did not have it any more." })
  gone: boolean;
}

@Resolver(() => HeardAddress)
export class HeardAddressResolver {
  @Query(() => [HeardAddress], {
    complexity: 100,
    description:
      "On which port an address is, the newest first; also of addresses that are no known machine's, which `sightings` leaves out.",
  })
  async heardAddresses(
    @Ctx() { app }: Context,
    @Arg("macAddress", () => MacAddressScalar, { nullable: true }) macAddress?: MacAddress | null,
    @Arg("switch", () => String, { nullable: true, description: "Heard by this one's table." }) name?: string | null,
    @Arg("unknown", () => Boolean, { defaultValue: false, description: "Those alone that are no known machine's." })
    unknown: boolean = false,
    @Arg("first", () => Int, { defaultValue: LIMITS.pageSize }) first: number = LIMITS.pageSize,
  ): Promise<HeardAddress[]> {
    if (first < 1 || first > LIMITS.pageSize) {
      throw new InvalidInput(`first: ask for 1 to ${LIMITS.pageSize} addresses`, ["first"]);
    }
    const { manager } = app.database;
    const switchId = name == null ? null : (await switchNamed(manager, name)).id;
    const heard = await heardMachines(manager, await portMap(manager), {
      macAddress: macAddress ?? null,
      switchId,
      unknown,
    });
    return heard
      .sort((a, b) => b.seenAt.getTime() - a.seenAt.getTime() || b.sightingId - a.sightingId)
      .slice(0, first)
      .map(({ spot, ...rest }) => ({ ...rest, place: spot && placeInRack(spot) }));
  }

  @FieldResolver(() => Machine, { nullable: true, description: "Null where nobody knows the address." })
  async machine(
    @Root("machineId") machineId: HeardAddress["machineId"],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Machine | undefined> {
    return machineId === null ? undefined : entityBy(context, Machine, "id", machineId, { info });
  }

  @FieldResolver(() => Switch, { nullable: true, description: "Null where LLDP named one that is not known." })
  switch(
    @Root("switchName") switchName: HeardAddress["switchName"],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Switch | undefined> {
    return entityBy(context, Switch, "name", switchName, { info });
  }
}
