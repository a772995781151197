import type { Transaction } from "../../db/database.js";
import { Profile } from "../profile.entity.js";
import { createProfile } from "../profile.store.js";
import { saveTemplate } from "../template.store.js";
import type { Vault } from "../vault.js";
import { SHIPPED_PROFILES } from "./shipped-profiles.js";
import { SHIPPED_TEMPLATES, shippedText } from "./shipped-templates.js";

/** The profiles that Kickrack brings along, at the first start only: later they are the operator's. */
export async function addShippedProfiles(transaction: Transaction, vault: Vault): Promise<void> {
  if (await transaction.manager.exists(Profile)) return;
  for (const { name, format, parameters } of SHIPPED_TEMPLATES) {
    const text = shippedText({ name, format, parameters });
    await saveTemplate(transaction, vault, { name, format, text, parameters });
  }
  for (const shipped of SHIPPED_PROFILES) await createProfile(transaction, vault, shipped);
}
