import { Arg, Args, Ctx, ID, Mutation, Resolver } from "type-graphql";
import type { WriteContext } from "../context.js";
import { forEachInput } from "../errors.js";
import { idOf } from "../graphql/global-id.js";
import type { Fresh } from "../graphql/user-errors.js";
import type { Shelf } from "./shelf.entity.js";
import { EquipmentInput, EquipmentUpdate, givenShelf, shelfOf, ShelfPayload, ShelvesPayload } from "./shelf.inputs.js";
import { lockRacks } from "./taken-places.store.js";
import { addShelf, checkEquipment, removeShelf, updateShelf } from "./shelf.store.js";

/** What stands in racks and never boots. */
@Resolver()
export class EquipmentResolver {
  @Mutation(() => ShelfPayload, {
    description: "Puts equipment that never boots into a rack: a switch, a PDU, a blank.",
  })
  async placeEquipment(
    @Ctx() context: WriteContext,
    @Args(() => EquipmentInput) input: EquipmentInput,
  ): Promise<Fresh<ShelfPayload>> {
    return { shelf: await add(context, input) };
  }

  @Mutation(() => ShelvesPayload, { description: "As placeEquipment, one after the other, all or none." })
  async placeEquipments(
    @Ctx() context: WriteContext,
    @Arg("equipments", () => [EquipmentInput]) inputs: EquipmentInput[],
  ): Promise<Fresh<ShelvesPayload>> {
    const place = (input: EquipmentInput) => add(context, input);
    await lockRacks(context.transaction.manager, context.app.database, inputs);
    return { shelves: await forEachInput("equipments", inputs, place) };
  }

  @Mutation(() => ShelfPayload, { description: "Changes what is given; another rack or unit moves it there." })
  async updateEquipment(
    @Ctx() context: WriteContext,
    @Args(() => EquipmentUpdate) update: EquipmentUpdate,
  ): Promise<Fresh<ShelfPayload>> {
    return { shelf: await change(context, update) };
  }

  @Mutation(() => ShelvesPayload, { description: "As updateEquipment, one after the other, all or none." })
  async updateEquipments(
    @Ctx() context: WriteContext,
    @Arg("updates", () => [EquipmentUpdate]) updates: EquipmentUpdate[],
  ): Promise<Fresh<ShelvesPayload>> {
    return { shelves: await forEachInput("updates", updates, (update) => change(context, update)) };
  }

  @Mutation(() => ShelfPayload, { description: "Takes equipment out of its rack." })
  async removeEquipment(
    @Ctx() context: WriteContext,
    @Arg("shelf", () => ID) shelf: string,
  ): Promise<Fresh<ShelfPayload>> {
    return { shelf: await remove(context, shelf) };
  }

  @Mutation(() => ShelvesPayload, { description: "As removeEquipment, all or none." })
  async removeEquipments(
    @Ctx() context: WriteContext,
    @Arg("shelves", () => [ID]) shelves: string[],
  ): Promise<Fresh<ShelvesPayload>> {
    return { shelves: await forEachInput("shelves", shelves, (shelf) => remove(context, shelf)) };
  }
}

function add({ app, transaction }: WriteContext, input: EquipmentInput): Promise<Shelf> {
  return addShelf(app.database, transaction, ...shelfOf(input.kind, input), app.now());
}

function change({ app, transaction }: WriteContext, update: EquipmentUpdate): Promise<Shelf> {
  const id = idOf("Shelf", update.shelf);
  return updateShelf(app.database, transaction, id, givenShelf(update), checkEquipment, app.now());
}

function remove({ transaction }: WriteContext, shelf: string): Promise<Shelf> {
  return removeShelf(transaction, idOf("Shelf", shelf), checkEquipment);
}
