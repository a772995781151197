import { Arg, Args, Ctx, ID, Mutation, Resolver } from "type-graphql";
import type { WriteContext } from "../context.js";
import { forEachInput } from "../errors.js";
import { idOf } from "../graphql/global-id.js";
import type { Fresh } from "../graphql/user-errors.js";
import type { Shelf } from "./shelf.entity.js";
import {
  BlockInput,
  givenShelf,
  ReservationInput,
  ReservationUpdate,
  shelfOf,
  ShelfPayload,
  ShelvesPayload,
} from "./shelf.inputs.js";
import { lockRacks } from "./taken-places.store.js";
import { addShelf, checkReleasable, checkReservation, removeShelf, updateShelf } from "./shelf.store.js";

/** Places that are kept for somebody, and such as nobody may use. */
@Resolver()
export class ReservationResolver {
  @Mutation(() => ShelfPayload, {
    description: "Keeps a place for somebody. Until its end nothing is put there, unless placeMachine names it.",
  })
  async reserveShelf(
    @Ctx() context: WriteContext,
    @Args(() => ReservationInput) input: ReservationInput,
  ): Promise<Fresh<ShelfPayload>> {
    return { shelf: await add(context, "RESERVED", input) };
  }

  @Mutation(() => ShelvesPayload, { description: "As reserveShelf, one after the other, all or none." })
  async reserveShelves(
    @Ctx() context: WriteContext,
    @Arg("reservations", () => [ReservationInput]) inputs: ReservationInput[],
  ): Promise<Fresh<ShelvesPayload>> {
    const reserve = (input: ReservationInput) => add(context, "RESERVED", input);
    await lockRacks(context.transaction.manager, context.app.database, inputs);
    return { shelves: await forEachInput("reservations", inputs, reserve) };
  }

  @Mutation(() => ShelfPayload, { description: "Changes what is given: the end, the place, whom it is kept for." })
  async updateReservation(
    @Ctx() context: WriteContext,
    @Args(() => ReservationUpdate) update: ReservationUpdate,
  ): Promise<Fresh<ShelfPayload>> {
    return { shelf: await change(context, update) };
  }

  @Mutation(() => ShelvesPayload, { description: "As updateReservation, one after the other, all or none." })
  async updateReservations(
    @Ctx() context: WriteContext,
    @Arg("updates", () => [ReservationUpdate]) updates: ReservationUpdate[],
  ): Promise<Fresh<ShelvesPayload>> {
    return { shelves: await forEachInput("updates", updates, (update) => change(context, update)) };
  }

  @Mutation(() => ShelfPayload, { description: "Nobody may use the place (N/A): a pipe, a missing rail." })
  async blockShelf(
    @Ctx() context: WriteContext,
    @Args(() => BlockInput) input: BlockInput,
  ): Promise<Fresh<ShelfPayload>> {
    return { shelf: await add(context, "NOT_AVAILABLE", input) };
  }

  @Mutation(() => ShelvesPayload, { description: "As blockShelf, one after the other, all or none." })
  async blockShelves(
    @Ctx() context: WriteContext,
    @Arg("blocks", () => [BlockInput]) inputs: BlockInput[],
  ): Promise<Fresh<ShelvesPayload>> {
    const block = (input: BlockInput) => add(context, "NOT_AVAILABLE", input);
    await lockRacks(context.transaction.manager, context.app.database, inputs);
    return { shelves: await forEachInput("blocks", inputs, block) };
  }

  @Mutation(() => ShelfPayload, { description: "Ends a reservation, or makes a place available again." })
  async releaseShelf(
    @Ctx() context: WriteContext,
    @Arg("shelf", () => ID) shelf: string,
  ): Promise<Fresh<ShelfPayload>> {
    return { shelf: await release(context, shelf) };
  }

  @Mutation(() => ShelvesPayload, { description: "As releaseShelf, all or none." })
  async releaseShelves(
    @Ctx() context: WriteContext,
    @Arg("shelves", () => [ID]) shelves: string[],
  ): Promise<Fresh<ShelvesPayload>> {
    return { shelves: await forEachInput("shelves", shelves, (shelf) => release(context, shelf)) };
  }
}

type Kind = "RESERVED" | "NOT_AVAILABLE";

function add({ app, transaction }: WriteContext, kind: Kind, input: ReservationInput | BlockInput): Promise<Shelf> {
  return addShelf(app.database, transaction, ...shelfOf(kind, input), app.now());
}

function change({ app, transaction }: WriteContext, update: ReservationUpdate): Promise<Shelf> {
  const id = idOf("Shelf", update.shelf);
  return updateShelf(app.database, transaction, id, givenShelf(update), checkReservation, app.now());
}

function release({ transaction }: WriteContext, shelf: string): Promise<Shelf> {
  return removeShelf(transaction, idOf("Shelf", shelf), checkReleasable);
}
