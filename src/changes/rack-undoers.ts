import { deleteModel, recreateModel, updateModel, type ModelValues } from "../rack/model/model-edit.store.js";
import { Rack } from "../rack/rack.entity.js";
import { deleteRack, recreateRack, updateRack, type RackValues } from "../rack/rack.store.js";
import { recreateShelf, removeShelf, updateShelf, type RackPlace, type ShelfValues } from "../rack/shelf.store.js";
import type { Undoer } from "./undoers.js";

export const undoRack: Undoer = async ({ app, transaction }, { objectId, before, after }) => {
  const { database } = app;
  if (before === null) {
    const { name } = after as unknown as RackValues;
    return void (await deleteRack(database, transaction, name, "REFUSE", app.now()));
  }
  if (after === null) return recreateRack(transaction, objectId, before as unknown as RackValues);
  const { name } = await transaction.manager.findOneByOrFail(Rack, { id: objectId });
  await updateRack(database, transaction, name, before, app.now());
};

export const undoShelf: Undoer = async ({ app, transaction }, { objectId, before, after }) => {
  const { database } = app;
  const isFit = () => undefined; // it was there, whatever it is
  if (before === null) return void (await removeShelf(transaction, objectId, isFit));
  if (after === null) {
    return recreateShelf(database, transaction, objectId, before as unknown as RackPlace & ShelfValues, app.now());
  }
  await updateShelf(database, transaction, objectId, before, isFit, app.now());
};

export const undoModel: Undoer = async ({ transaction }, { objectId, before, after }) => {
  if (before === null) return void (await deleteModel(transaction, objectId));
  if (after === null) return recreateModel(transaction, objectId, before as unknown as ModelValues);
  await updateModel(transaction, objectId, before);
};
