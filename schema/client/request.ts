import type { TypedDocumentString } from "./operations.js";

/** Where a Kickrack listens (`http://127.0.0.1:9394`), and a token of it (`kr_…`). */
export interface Kickrack {
  readonly url: string;
  readonly token: string;
}

/** Sends a document of operations.ts. A mutation's own refusals are in its answer's userErrors. @throws Error on any other */
export async function request<Answer, Variables>(
  { url, token }: Kickrack,
  document: TypedDocumentString<Answer, Variables>,
  variables: Variables,
): Promise<Answer> {
  const response = await fetch(new URL("/graphql", url), {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: document.toString(), variables }),
  });
  const text = await response.text();
  // 401 and what stands in front of Kickrack answer in plain text.
  if (!response.headers.get("content-type")?.includes("json")) throw new Error(`${response.status} ${text.trim()}`);
  const { data, errors } = JSON.parse(text) as { data?: Answer; errors?: Array<{ message: string }> };
  if (errors !== undefined || data === undefined)
    throw new Error(errors?.map(({ message }) => message).join("\n") ?? text);
  return data;
}
