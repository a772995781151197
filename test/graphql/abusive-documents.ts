const repeat = (count: number, make: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => make(i)).join(" ");

/** Documents that cost their sender nothing. Facts of them: the default stack runs the second for 1.7 s and overflows on the third. */
export const ABUSIVE: Readonly<Record<string, string>> = {
  "3,000 levels": `${"{ a ".repeat(3_000)}${"}".repeat(3_000)}`,
  "3,000 aliases": `{ ${repeat(3_000, (i) => `a${i}: me { name }`)} }`,
  "20,000 brackets": `{ me(a: ${"[".repeat(20_000)}`,
  "900 brackets, within the tokens": `{ me(a: ${"[".repeat(900)}${"]".repeat(900)}) { name } }`,
  "fragments in a circle": "{ me { ...a } } fragment a on Me { ...b } fragment b on Me { name ...a }",
  "5,000 directives": `{ me ${"@skip(if: false) ".repeat(5_000)} { name } }`,
  "600 directives, within the tokens": `{ me ${"@x ".repeat(600)} { name } }`,
  "10,000 times the same field": `{ ${"me { name } ".repeat(10_000)} }`,
  "the schema in circles": `{ __schema { types { ${"fields { type { ".repeat(20)} name ${"} }".repeat(20)} } } }`,
  "the schema 100 times": `{ ${repeat(100, (i) => `a${i}: __schema { types { fields { name } } }`)} }`,
  "fragments that double": `{ me { ...f0 } } ${repeat(60, (i) => `fragment f${i} on Me { ...f${i + 1} ...f${i + 1} }`)} fragment f60 on Me { name }`,
  "a list of 100,000": `mutation { approveMachines(machines: [${'"a" '.repeat(100_000)}]) { userErrors { code } } }`,
  "a list of 1,001": `mutation { approveMachines(machines: [${'"a" '.repeat(1_001)}]) { userErrors { code } } }`,
  "400 fields that are not there": `{ ${repeat(400, (i) => `machinez${i}`)} }`,
  "full pages within full pages": `{ ${repeat(30, (i) => `a${i}: racks(first: 200) { nodes { shelves { occupant { ethernetInterfaces { macAddress } } } } }`)} }`,
};
