import type { TypedDocumentString } from "./operations.js";

/** Where a Kickrack listens (`http://127.0.0.1:9394`), and a token of it (`kr_…`). */
export interface Kickrack {
  readonly url: string;
  readonly token: string;
}

const WAITS_MS = [500, 2_000];

/**
 * Sends a document of operations.ts, again when no answer came: a mutation goes with an idempotency key of its own, so
 * that it happens once. What a mutation refuses stands in its answer's userErrors. @throws Error on any other failure
 */
export async function request<Answer, Variables extends object>(
  kickrack: Kickrack,
  document: TypedDocumentString<Answer, Variables>,
  variables: Variables,
): Promise<Answer> {
  const query = document.toString();
  const key = query.includes("$idempotencyKey") ? { idempotencyKey: crypto.randomUUID() } : {};
  const body = JSON.stringify({ query, variables: { ...key, ...variables } });
  const response = await untilAnswered(() => send(kickrack, body));
  const text = await response.text();
  // A proxy in front of Kickrack may answer in plain text.
  if (!response.headers.get("content-type")?.includes("json")) throw new Error(`${response.status} ${text.trim()}`);
  const { data, errors } = JSON.parse(text) as { data?: Answer; errors?: Array<{ message: string }> };
  if (errors !== undefined || data === undefined)
    throw new Error(errors?.map(({ message }) => message).join("\n") ?? text);
  return data;
}

function send({ url, token }: Kickrack, body: string): Promise<Response> {
  const headers = { "Content-Type": "application/json", Authorization: `Bearer ${token}` };
  return fetch(new URL("/graphql", url), { method: "POST", headers, body });
}

async function untilAnswered(ask: () => Promise<Response>): Promise<Response> {
  for (const wait of WAITS_MS) {
    try {
      return await ask();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  return ask();
}
