import { GraphQLScalarType, Kind } from "graphql";
import { InvalidInput } from "../errors.js";
import { parseMacAddress, type MacAddress } from "./mac-address.js";

/** Every spelling is taken, one is given: lower-case octets joined by colons. */
export const MacAddressScalar = new GraphQLScalarType<MacAddress, string>({
  name: "MacAddress",
  description: "An EUI-48. Read in every spelling (00:26:2d…, 00-26-2d…, 0026.2d…, 00262d…), written with colons.",
  parseValue: read,
  parseLiteral: (node) => read(node.kind === Kind.STRING ? node.value : undefined),
  serialize: (value) => value as string,
});

function read(value: unknown): MacAddress {
  if (typeof value !== "string") throw new InvalidInput("write a MAC address as a string");
  return parseMacAddress(value);
}
