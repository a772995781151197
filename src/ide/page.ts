import { GraphiQL } from "graphiql";
import { createElement as h, useEffect, useState, type FormEvent, type ReactElement } from "react";
import { fetcherFor } from "./fetcher.js";
import { keptToken, signIn, signOut, type Session } from "./session.js";

const FIRST_QUERY = `# Ctrl-Space completes, Ctrl-Enter runs.
# The book on the left has the whole API.
query Machines {
  machines(first: 20) {
    nodes {
      hostname
      serialNumber
      state
    }
  }
}
`;

export function Page(): ReactElement {
  const [session, setSession] = useState<Session>();
  const [refused, setRefused] = useState("");
  const enter = (token: string) => {
    signIn(token).then(setSession, (error: Error) => setRefused(error.message));
  };
  useEffect(() => {
    const token = keptToken();
    if (token !== null) enter(token);
  }, []);
  if (session === undefined) return h(SignIn, { refused, enter });
  const leave = () => {
    signOut();
    setRefused("");
    setSession(undefined);
  };
  return h("div", { className: "ide" }, h(Bar, { session, leave }), h(Editor, { token: session.token }));
}

function SignIn({ refused, enter }: { refused: string; enter: (token: string) => void }): ReactElement {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const token = new FormData(event.currentTarget).get("token");
    if (typeof token === "string") enter(token.trim());
  };
  const input = { name: "token", type: "password", autoComplete: "off", autoFocus: true, required: true };
  return h(
    "form",
    { className: "sign-in", onSubmit: submit },
    h("h1", {}, "Kickrack API"),
    h("label", {}, "Token", h("input", { ...input, placeholder: "kr_…" })),
    h("button", { type: "submit" }, "Sign in"),
    h("p", { className: "refused", role: "alert" }, refused),
    h("p", {}, "The token stays in this tab and is forgotten when you close it."),
  );
}

function Bar({ session, leave }: { session: Session; leave: () => void }): ReactElement {
  return h(
    "header",
    {},
    h("strong", {}, "Kickrack API"),
    h("span", { className: "who" }, `${session.name}, ${session.role.toLowerCase()}`),
    h("button", { type: "button", onClick: leave }, "Sign out"),
  );
}

function Editor({ token }: { token: string }): ReactElement {
  const [fetcher] = useState(() => fetcherFor(token));
  return h("main", {}, h(GraphiQL, { fetcher, defaultQuery: FIRST_QUERY, isHeadersEditorEnabled: false }));
}
