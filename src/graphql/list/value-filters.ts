import { Float, GraphQLISODateTime, ID, Int, type ClassType } from "type-graphql";
import { InvalidInput } from "../../errors.js";
import { idOf } from "../global-id.js";
import { inputType, type InputField } from "./input-type.js";
import type { Encode } from "./operators.js";

/** How values of one kind are compared: the operators that make sense for it, and what the column holds for a value. */
export interface ValueFilter {
  readonly Input: ClassType;
  readonly encode: Encode;
  readonly type?: string;
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  ne: "Also what has no value.",
  notIn: "Also what has no value.",
  contains: "A to Z match a to z; every other character is itself.",
  startsWith: "A to Z match a to z; every other character is itself.",
  endsWith: "A to Z match a to z; every other character is itself.",
};

/** The input type of the operators that make sense for a kind of value. */
export function operatorsInput(name: string, operators: string, type: object): ClassType {
  const field = (operator: string): InputField => {
    const description = DESCRIPTIONS[operator];
    const returns = operator === "isNull" ? Boolean : operator === "in" || operator === "notIn" ? [type] : type;
    return { type: () => returns, ...(description === undefined ? {} : { description }) };
  };
  const fields = operators.split(" ").map((operator) => [operator, field(operator)]);
  return inputType(
    name,
    "All that are given have to be true.",
    Object.fromEntries(fields) as Record<string, InputField>,
  );
}

const itself: Encode = (value) => value;

export const textFilter: ValueFilter = {
  Input: operatorsInput("StringFilter", "eq ne in notIn contains startsWith endsWith isNull", String),
  encode: itself,
};

export const booleanFilter: ValueFilter = {
  Input: operatorsInput("BooleanFilter", "eq ne", Boolean),
  encode: itself,
};

export const intFilter: ValueFilter = {
  Input: operatorsInput("IntFilter", "eq ne in notIn gt gte lt lte isNull", Int),
  encode: itself,
};

const FloatFilter = operatorsInput("FloatFilter", "eq ne in notIn gt gte lt lte isNull", Float);
export const floatFilter: ValueFilter = { Input: FloatFilter, encode: itself, type: "double precision" };

/** Rack units, where the column has half ones. */
export const halfUnitsFilter: ValueFilter = {
  Input: FloatFilter,
  encode: (value) => Number(value) * 2,
  type: "double precision",
};

export const instantFilter: ValueFilter = {
  Input: operatorsInput("DateTimeFilter", "eq ne gt gte lt lte isNull", GraphQLISODateTime),
  encode: (value, path) => {
    const text = (value as Date).toISOString();
    // Beyond, the text has a sign before the year and no longer sorts as its moment does.
    if (text.length !== 24) throw new InvalidInput(`${path.join(".")}: a year from 0000 to 9999`, path);
    return text;
  },
};

const IdFilter = operatorsInput("IDFilter", "eq ne in notIn", ID);

/** Global ids of one kind. */
export function idFilter(kind: string): ValueFilter {
  return { Input: IdFilter, encode: (value, path) => idOf(kind, String(value), path.join(".")) };
}

export function enumFilter(name: string, values: object): ValueFilter {
  return { Input: operatorsInput(`${name}Filter`, "eq ne in notIn", values), encode: itself };
}
