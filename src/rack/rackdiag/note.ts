import { z } from "zod";
import type { PlannedItem, RackPlan } from "../rack-plan.js";
import { FACES, STRIPS } from "../rack-space.js";
import { SHELF_KINDS } from "../shelf-kind.js";
import type { Source } from "./source.js";

// What rackdiag's language cannot say stands in comments of one line, so that what was written is read again whole:
//
//   // kickrack rack {"firstUnit":5}              of the rack in whose braces it stands
//   // kickrack next {"kind":"SWITCH"}            of the item after it
//   // kickrack item {"place":{"face":"REAR",…}}  an item that rackdiag cannot draw
//   // kickrack filler                            the item after it is none: it keeps an empty rack in the drawing

const number = z.number().nullable();
const text = z.string().nullable();
const PLACE = z.strictObject({
  unit: z.number(),
  heightU: z.number(),
  face: z.enum(FACES),
  column: z.number(),
  columns: z.number(),
  strip: z.enum(STRIPS).nullable(),
});
const ITEM = z.strictObject({
  place: PLACE,
  kind: z.enum(SHELF_KINDS),
  name: z.string(),
  manufacturer: text,
  product: text,
  amperes: number,
  watts: number,
  kilograms: number,
  color: text,
  reservation: z.strictObject({ owner: z.string(), reason: text, endsAt: text }).nullable(),
});
const NEXT = ITEM.extend({
  place: PLACE.partial(),
  /** The unit and the height that were written: a place is forgotten when somebody has changed them since. */
  written: z.tuple([z.number(), z.number()]),
}).partial();
const RACK = z
  .strictObject({
    name: z.string(),
    heightU: z.number(),
    numbering: z.enum(["FROM_BOTTOM", "FROM_TOP"]),
    firstUnit: z.number(),
    location: z.strictObject({ site: text, room: text, row: text, position: number }),
    description: text,
    capacity: z.strictObject({ watts: number, kilograms: number }),
  })
  .partial();

export type NextNote = z.infer<typeof NEXT>;
export type RackNote = Partial<Omit<RackPlan, "items">>;

export type Note = { readonly start: number } & (
  | { readonly about: "rack"; readonly said: RackNote }
  | { readonly about: "next"; readonly said: NextNote }
  | { readonly about: "item"; readonly said: PlannedItem }
  | { readonly about: "filler" }
);

const NOTE = /^(?:\/\/|#)\s*kickrack (rack|next|item|filler)\b(.*)/s;

/** What a comment says to us; undefined for everybody else's. @throws RefusedDiagram when it is damaged */
export function parseNote(source: Source, { text: comment, start }: { text: string; start: number }): Note | undefined {
  const [, about, json = ""] = NOTE.exec(comment) ?? [];
  switch (about) {
    case "rack":
      return { about, start, said: parsed(RACK, json, source, start) as RackNote };
    case "next":
      return { about, start, said: parsed(NEXT, json, source, start) };
    case "item":
      return { about, start, said: parsed(ITEM, json, source, start) };
    case "filler":
      return { about, start };
    case undefined:
    default:
      return undefined;
  }
}

function parsed<S extends z.ZodType>(schema: S, json: string, source: Source, start: number): z.infer<S> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw source.refuse(
      start,
      "this comment of Kickrack's is damaged: what follows its second word is no JSON; remove the line",
    );
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const what = [issue?.path.join(".") ?? "", issue?.message].filter((each) => each !== "").join(": ");
  throw source.refuse(start, `this comment of Kickrack's is damaged: ${what}; remove the line`);
}

export function printNote(about: Note["about"], said?: object): string {
  return `// kickrack ${about}${said === undefined ? "" : ` ${JSON.stringify(said)}`}`;
}
