/** Who is signed in: the token, and what the API says of it. Forgotten with the tab. */
export interface Session {
  readonly token: string;
  readonly name: string;
  readonly role: string;
}

const KEY = "kickrack-token";

export function keptToken(): string | null {
  return sessionStorage.getItem(KEY);
}

export function signOut(): void {
  sessionStorage.removeItem(KEY);
}

/** @throws Error in the API's words when the token is none */
export async function signIn(token: string): Promise<Session> {
  const response = await fetch("/graphql", {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: "{ me { name role } }" }),
  });
  const { data, errors } = (await response.json()) as {
    data?: { me: { name: string; role: string } };
    errors?: Array<{ message: string }>;
  };
  if (data === undefined) throw new Error(errors?.[0]?.message ?? `the server answered ${response.status}`);
  sessionStorage.setItem(KEY, token);
  return { token, ...data.me };
}
