import type { Transaction } from "../../db/database.js";
import { Profile } from "../profile.entity.js";
import { createProfile } from "../profile.store.js";
import { saveTemplate } from "../template.store.js";
import type { Vault } from "../vault.js";
import { SHIPPED_PROFILES, shippedTemplate } from "./shipped-profiles.js";

/** The profiles that Kickrack brings along, at the first start only: later they are the operator's. */
export async function addShippedProfiles(transaction: Transaction, vault: Vault): Promise<void> {
  if (await transaction.manager.exists(Profile)) return;
  for (const shipped of SHIPPED_PROFILES) {
    const text = shippedTemplate(shipped);
    const template = await saveTemplate(transaction, vault, { name: shipped.name, format: shipped.configFormat, text });
    await createProfile(transaction, vault, { ...shipped, template: template.name });
  }
}
