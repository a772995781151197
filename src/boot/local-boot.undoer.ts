import type { ChangeEntry } from "../changes/change.entity.js";
import type { WriteContext } from "../context.js";
import { insertWithId } from "../db/insert-with-id.js";
import { Conflict } from "../errors.js";
import { LocalBootChoice } from "./local-boot.entity.js";
import { localBootKind } from "./local-boot.kind.js";

/** As its kind tells it. */
interface Told extends Pick<LocalBootChoice, "platform" | "method" | "chosen"> {
  readonly machine: string;
}

/** A choice is made or taken away; one that takes another's place does both, in two entries. */
export async function undoLocalBoot({ transaction }: WriteContext, entry: ChangeEntry): Promise<void> {
  const { manager, changes, touch } = transaction;
  const { objectId: id, before, after } = entry;
  const { machine, platform, method, chosen } = (before ?? after) as unknown as Told;
  const machineId = Number(machine.split(":")[1]);
  if (before === null) {
    await changes.watch(localBootKind, [id]);
    await manager.delete(LocalBootChoice, { id });
  } else {
    if (await manager.existsBy(LocalBootChoice, { machineId, platform })) {
      throw new Conflict(`${entry.object}: another choice was made since; take that back first`, ["change"]);
    }
    await insertWithId(manager, LocalBootChoice, { id, machineId, platform, method, chosen });
    changes.created(localBootKind, [id]);
  }
  touch([machineId]);
}
