import { In } from "typeorm";
import { byBootPlane } from "../changes/origin.js";
import type { Database, Transaction } from "../db/database.js";
import type { BootPlatform } from "./boot-format.js";
import { LocalBootChoice } from "./local-boot.entity.js";
import { localBootKind } from "./local-boot.kind.js";
import { DEFAULT_LOCAL_BOOT, nextLocalBoot, type LocalBootMethod } from "./local-boot.js";

/** A person's choice for these machines; null takes it back, and the default is tried first again. */
export async function chooseLocalBoot(
  { manager, changes, touch }: Transaction,
  machineIds: readonly number[],
  platform: BootPlatform,
  method: LocalBootMethod | null,
): Promise<void> {
  const old = await manager.findBy(LocalBootChoice, { machineId: In([...machineIds]), platform });
  const oldIds = old.map(({ id }) => id);
  await changes.watch(localBootKind, oldIds);
  await manager.delete(LocalBootChoice, { id: In(oldIds) });
  if (method !== null) {
    const made = machineIds.map((machineId) =>
      manager.create(LocalBootChoice, { machineId, platform, method, chosen: true }),
    );
    await manager.save(made, { chunk: 50 });
    changes.created(
      localBootKind,
      made.map(({ id }) => id),
    );
  }
  touch(machineIds);
}

/** It came back from its local disk: the next method is its own from now on, unless a person has chosen one. */
export function tryNextLocalBoot(
  database: Database,
  machineId: number,
  platform: BootPlatform,
  ipxeVersion: string | null,
): Promise<void> {
  return database.write(byBootPlane("localBoot"), async ({ manager, changes, touch }) => {
    await database.dialect.lockMachines(manager, [machineId]);
    const choice = await manager.findOneBy(LocalBootChoice, { machineId, platform });
    if (choice?.chosen) return;
    if (choice !== null) await changes.watch(localBootKind, [choice.id]);
    const method = nextLocalBoot(platform, ipxeVersion, choice?.method ?? DEFAULT_LOCAL_BOOT[platform]);
    const kept = await manager.save(
      manager.create(LocalBootChoice, { ...choice, machineId, platform, method, chosen: false }),
    );
    if (choice === null) changes.created(localBootKind, [kept.id]);
    touch([machineId]);
  });
}
