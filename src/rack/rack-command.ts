import { InvalidInput } from "../errors.js";

/** Where a client command asks. */
export interface ControlPlane {
  readonly url: string;
  readonly token: string | undefined;
}

/** @throws InvalidInput with the server's own words when it refuses */
export async function fetchDiagram(
  { url, token }: ControlPlane,
  format: string,
  names: readonly string[],
  options: Readonly<Record<string, string>>,
): Promise<Uint8Array> {
  if (token === undefined) throw new InvalidInput("give a token with --token or KICKRACK_TOKEN");
  const query = new URLSearchParams(options);
  for (const name of names) query.append("rack", name);
  const target = `${url.replace(/\/+$/, "")}/racks.${format}?${query.toString()}`;
  const answer = await fetch(target, { headers: { Authorization: `Bearer ${token}` } }).catch((error: unknown) => {
    const { cause } = error as { cause?: { message?: string } };
    throw new InvalidInput(`no answer from ${url}: ${cause?.message ?? String(error)}`);
  });
  if (!answer.ok) throw new InvalidInput((await answer.text()).trim());
  return new Uint8Array(await answer.arrayBuffer());
}
