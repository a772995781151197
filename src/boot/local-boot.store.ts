import { In } from "typeorm";
import { byBootPlane } from "../changes/origin.js";
import type { Database, Transaction } from "../db/database.js";
import { Machine } from "../machine/machine.entity.js";
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

/** A machine that came back from its local disk, and what its next method depends on. */
export interface CameBack {
  readonly id: number;
  readonly platform: BootPlatform;
  readonly ipxeVersion: string | null;
}

/** For each the next method is its own from now on, unless a person has chosen one. */
export function tryNextLocalBoots(database: Database, machines: readonly CameBack[]): Promise<void> {
  return database.write(byBootPlane("localBoot"), async ({ manager, changes, touch }) => {
    const ids = machines.map(({ id }) => id);
    await database.dialect.lockMachines(manager, ids);
    const there = new Set(
      (await manager.find(Machine, { where: { id: In(ids) }, select: { id: true } })).map(({ id }) => id),
    );
    const choices = new Map(
      (await manager.findBy(LocalBootChoice, { machineId: In(ids) })).map((each) => [keyOf(each), each]),
    );
    const next = machines.flatMap(({ id: machineId, platform, ipxeVersion }) => {
      const choice = choices.get(keyOf({ machineId, platform }));
      if (!there.has(machineId) || choice?.chosen) return [];
      const method = nextLocalBoot(platform, ipxeVersion, choice?.method ?? DEFAULT_LOCAL_BOOT[platform]);
      return [
        {
          old: choice,
          made: manager.create(LocalBootChoice, { ...choice, machineId, platform, method, chosen: false }),
        },
      ];
    });
    await changes.watch(
      localBootKind,
      next.flatMap(({ old }) => (old === undefined ? [] : [old.id])),
    );
    await manager.save(
      next.map(({ made }) => made),
      { chunk: 50 },
    );
    changes.created(
      localBootKind,
      next.flatMap(({ old, made }) => (old === undefined ? [made.id] : [])),
    );
    touch(next.map(({ made }) => made.machineId));
  });
}

const keyOf = ({ machineId, platform }: Pick<LocalBootChoice, "machineId" | "platform">) => `${machineId} ${platform}`;
