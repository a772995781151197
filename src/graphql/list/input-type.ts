import { Field, InputType, type ClassType } from "type-graphql";

export interface InputField {
  readonly type: () => object;
  readonly description?: string;
}

/** A GraphQL input type that is made from data, as type-graphql's decorators make one from a class. */
export function inputType(name: string, description: string, fields: Readonly<Record<string, InputField>>): ClassType {
  const Input = class {};
  InputType(name, { description })(Input);
  addInputFields(Input, fields);
  return Input;
}

export function addInputFields(Input: ClassType, fields: Readonly<Record<string, InputField>>): void {
  for (const [name, { type, description }] of Object.entries(fields)) {
    Field(type, { nullable: true, ...(description === undefined ? {} : { description }) })(Input.prototype, name);
  }
}
