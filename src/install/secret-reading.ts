import { refusal } from "../access/refuse.js";
import { RULES } from "../access/rules.js";
import type { Context } from "../context.js";

/** Whether secrets are shown to who asks, or only that there are some. */
export function mayReadSecrets({ actor }: Context): boolean {
  return refusal(actor, RULES["Machine.parameters"] ?? ["ADMINISTRATOR"]) === undefined;
}

/** Who read a machine's secrets, and which, is part of the history. */
export async function keepReading(
  { app, actor, requestId }: Context,
  operation: string,
  machineId: number,
  secrets: readonly string[],
): Promise<void> {
  if (secrets.length === 0) return;
  const after = { machine: `Machine:${machineId}`, secrets: [...secrets] };
  await app.database.write({ actor: actor.name, through: "GRAPHQL", operation, requestId }, ({ changes }) => {
    changes.add([{ kind: "SecretReading", objectId: machineId, before: null, after }]);
    return Promise.resolve();
  });
}
