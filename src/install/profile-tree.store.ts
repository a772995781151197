import { In, type EntityManager } from "typeorm";
import { Conflict } from "../errors.js";
import { Profile } from "./profile.entity.js";

/** How many parents a profile may have above it. */
const DEPTH_LIMIT = 8;

/** The parent, its parent and so on. */
export async function ancestorsOf(manager: EntityManager, { parentId }: Profile): Promise<Profile[]> {
  const ancestors: Profile[] = [];
  let next = parentId;
  while (next !== null && ancestors.length < DEPTH_LIMIT) {
    const parent: Profile = await manager.findOneByOrFail(Profile, { id: next });
    ancestors.push(parent);
    next = parent.parentId;
  }
  return ancestors;
}

/** The children and theirs, each behind its parent. */
export async function descendantsOf(manager: EntityManager, { id }: Profile): Promise<Profile[]> {
  const found: Profile[] = [];
  let parents = [id];
  while (parents.length > 0) {
    const children = await manager.find(Profile, { where: { parentId: In(parents) }, order: { id: "ASC" } });
    found.push(...children);
    parents = children.map((child) => child.id);
  }
  return found;
}

/** @param profile undefined for one that is not there yet @throws Conflict for a circle, or for too deep a tree */
export async function checkParent(
  manager: EntityManager,
  profile: Profile | undefined,
  parent: Profile,
): Promise<void> {
  const line = [parent, ...(await ancestorsOf(manager, parent))];
  if (profile !== undefined && line.some(({ id }) => id === profile.id)) {
    const names = [profile.name, ...line.map(({ name }) => name)];
    const circle = names.slice(0, names.lastIndexOf(profile.name) + 1).join(" inherits from ");
    throw new Conflict(`${circle}: that would be a circle`, ["parent"]);
  }
  const below = profile === undefined ? 0 : await depthBelow(manager, profile);
  if (line.length + below > DEPTH_LIMIT) {
    throw new Conflict(`${parent.name} has too many parents and children to stand between: ${DEPTH_LIMIT} at most`, [
      "parent",
    ]);
  }
}

async function depthBelow(manager: EntityManager, { id }: Profile): Promise<number> {
  let depth = 0;
  let parents = [id];
  for (;;) {
    const children = await manager.find(Profile, { where: { parentId: In(parents) }, select: { id: true } });
    if (children.length === 0) return depth;
    depth += 1;
    parents = children.map((child) => child.id);
  }
}
