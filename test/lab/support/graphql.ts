interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string }[];
}

/** One client of the control plane, as an operator's script would be. */
export class GraphqlClient {
  constructor(
    readonly baseUrl: string,
    readonly token: string,
  ) {}

  /** @throws for errors, and for the userErrors of any mutation in the document */
  async ask<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const response = await fetch(`${this.baseUrl}/graphql`, {
      method: "POST",
      headers: { authorization: `Bearer ${this.token}`, "content-type": "application/json" },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as Answer;
    if (!data || errors) throw new Error(`GraphQL answered ${response.status} ${JSON.stringify(errors)} to ${query}`);
    for (const [field, payload] of Object.entries(data)) {
      const userErrors = (payload as { userErrors?: unknown[] } | null)?.userErrors ?? [];
      if (userErrors.length > 0) throw new Error(`${field} was refused: ${JSON.stringify(userErrors)}`);
    }
    return data as Data;
  }

  async download(path: string): Promise<{ status: number; body: string }> {
    const response = await fetch(`${this.baseUrl}${path}`, { headers: { authorization: `Bearer ${this.token}` } });
    return { status: response.status, body: await response.text() };
  }
}
