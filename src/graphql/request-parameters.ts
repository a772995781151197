import { z } from "zod";
import { BadRequest } from "../errors.js";

const object = z.record(z.string(), z.unknown(), "send an object");
const text = z.string("send a text");

/** What GraphQL over HTTP takes in a body. */
const parameters = z.object(
  {
    query: text.optional(),
    operationName: text.nullish(),
    variables: object.nullish(),
    extensions: object.nullish(),
  },
  "send a JSON object with the document as `query`",
);

export type RequestParameters = z.infer<typeof parameters>;

/** @throws BadRequest that says which part is none */
export function requestParameters(body: unknown): RequestParameters {
  const parsed = parameters.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.length ? `${issue.path.join(".")}: ` : "";
    throw new BadRequest(`${where}${issue?.message}`);
  }
  const { query, extensions } = parsed.data;
  if (!query && !extensions?.persistedQuery) throw new BadRequest("send the document as `query`");
  return parsed.data;
}

// Apollo would only find out when the operation has run.
const ANSWERS = /application\/(json|graphql-response\+json|\*)|\*\/\*|text\/event-stream/i;

/** @throws BadRequest when the caller takes none of the media types that there are answers in */
export function checkAccept(accept: string | undefined): void {
  if (accept === undefined || accept === "" || ANSWERS.test(accept)) return;
  throw new BadRequest("there are answers in application/graphql-response+json and application/json", 406);
}
