import { codegen } from "@graphql-codegen/core";
import * as operations from "@graphql-codegen/typescript-operations";
import * as documents from "@graphql-codegen/typed-document-node";
import { parse } from "graphql";

export interface Example {
  /** Of its file. */
  readonly name: string;
  readonly text: string;
}

/** TypeScript for the examples: each document with the types of its variables and of its answer. */
export async function typedClient(schema: string, examples: readonly Example[]): Promise<string> {
  const printed = await codegen({
    filename: "operations.ts",
    schema: parse(schema),
    documents: examples.map(({ name, text }) => ({ location: name, document: parse(text) })),
    plugins: [{ operations: {} }, { documents: {} }],
    pluginMap: { operations, documents },
    config: {
      // Text needs no GraphQL library where it is used.
      documentMode: "string",
      useTypeImports: true,
      strictScalars: true,
      scalars: {
        ID: "string",
        DateTimeISO: "string",
        JSON: "unknown",
        JSONObject: "Record<string, unknown>",
        MacAddress: "string",
      },
    },
  });
  return `// Written by \`npm run schema\` from schema.graphql and examples/.\n${printed}\n`;
}
