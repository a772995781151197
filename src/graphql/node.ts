import { Field, ID, InterfaceType } from "type-graphql";

@InterfaceType({ description: "Whatever has an id of its own, as in Relay's Global Object Identification." })
export abstract class Node {
  @Field(() => ID, { name: "id" })
  abstract readonly globalId: string;
}
