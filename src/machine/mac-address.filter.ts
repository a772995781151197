import { InvalidInput } from "../errors.js";
import { inputType } from "../graphql/list/input-type.js";
import type { ValueFilter } from "../graphql/list/value-filters.js";
import { MacAddressScalar } from "./mac-address.scalar.js";

/** MAC addresses in every spelling, and their beginnings: the first three octets are the maker's. */
export const macAddressFilter: ValueFilter = {
  Input: inputType("MacAddressFilter", "All that are given have to be true.", {
    eq: { type: () => MacAddressScalar },
    ne: { type: () => MacAddressScalar },
    in: { type: () => [MacAddressScalar] },
    notIn: { type: () => [MacAddressScalar] },
    startsWith: { type: () => String, description: "The first octets in any spelling, such as 00:26:2d." },
  }),
  encode: (value, path) => (path.at(-1) === "startsWith" ? parsePrefix(String(value), path) : value),
};

function parsePrefix(text: string, path: readonly string[]): string {
  const digits = text.toLowerCase().replace(/[:.-]/g, "");
  if (!/^[0-9a-f]{1,12}$/.test(digits)) {
    throw new InvalidInput(`${path.join(".")}: ${JSON.stringify(text)} begins no MAC address; write as 00:26:2d`, path);
  }
  return digits.replace(/..(?=.)/g, "$&:");
}
