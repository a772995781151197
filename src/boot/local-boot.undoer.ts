import type { ChangeEntry } from "../changes/change.entity.js";
import type { WriteContext } from "../context.js";
import { insertWithId } from "../db/insert-with-id.js";
import { LocalBootChoice } from "./local-boot.entity.js";
import { localBootKind } from "./local-boot.kind.js";

type Choice = Pick<LocalBootChoice, "platform" | "method" | "chosen">;

/** A choice is made or taken away; one that takes another's place does both, in two entries. */
export async function undoLocalBoot({ transaction }: WriteContext, entry: ChangeEntry): Promise<void> {
  const { manager, changes, touch } = transaction;
  const { objectId: id, before, after } = entry;
  const machineId = Number(String((before ?? after)?.["machine"]).split(":")[1]);
  if (before === null) {
    await changes.watch(localBootKind, [id]);
    await manager.delete(LocalBootChoice, { id });
  } else {
    const { platform, method, chosen } = before as unknown as Choice;
    await insertWithId(manager, LocalBootChoice, { id, machineId, platform, method, chosen });
    changes.created(localBootKind, [id]);
  }
  touch([machineId]);
}
