import { Kind, type ASTVisitor, type SelectionSetNode, type ValidationContext } from "graphql";
import { LimitExceeded } from "../errors.js";
import { refusedList } from "./limit-request.js";
import { LIMITS } from "./limits.js";
import { requestError } from "./public-error.js";

interface Measures {
  readonly depth: number;
  readonly aliases: number;
  readonly selections: number;
}

const ADVICE = {
  depth: "ask for the inner objects in a request of their own",
  aliases: "ask by a list instead, or split it over several requests",
  selections: "ask for fewer fields, or split it over several requests",
} as const satisfies Record<keyof Measures, string>;

/** Validation rule: no operation is deeper, and none has more aliases or selections, than the limits allow. */
export function limitDocument(context: ValidationContext): ASTVisitor {
  const measured = new Map<string, Measures>();
  const measure = (set: SelectionSetNode | undefined): Measures =>
    sum(
      (set?.selections ?? []).map((selection) => {
        switch (selection.kind) {
          case Kind.FIELD: {
            const inner = measure(selection.selectionSet);
            return { ...inner, depth: inner.depth + 1, aliases: inner.aliases + (selection.alias ? 1 : 0) };
          }
          case Kind.INLINE_FRAGMENT:
            return measure(selection.selectionSet);
          case Kind.FRAGMENT_SPREAD:
            return measureFragment(selection.name.value);
        }
      }),
    );
  // A fragment is measured once, however often it is used: each of a chain may use the next one twice.
  const measureFragment = (name: string): Measures => {
    const known = measured.get(name);
    if (known !== undefined) return known;
    measured.set(name, NOTHING); // a circle ends here; another rule refuses it
    const measures = measure(context.getFragment(name)?.selectionSet);
    measured.set(name, measures);
    return measures;
  };
  const refuse = (fault: LimitExceeded) => context.reportError(requestError(fault));
  return {
    OperationDefinition: ({ selectionSet }) => {
      for (const fault of faultsOf(measure(selectionSet))) refuse(fault);
    },
    ListValue: ({ values }) => {
      const fault = refusedList(values.length);
      if (fault) refuse(fault);
    },
  };
}

const NOTHING: Measures = { depth: 0, aliases: 0, selections: 0 };

function sum(all: readonly Measures[]): Measures {
  return all.reduce(
    (total, { depth, aliases, selections }) => ({
      depth: Math.max(total.depth, depth),
      aliases: total.aliases + aliases,
      selections: total.selections + selections + 1,
    }),
    NOTHING,
  );
}

function faultsOf(measures: Measures): LimitExceeded[] {
  const names = ["depth", "aliases", "selections"] as const;
  return names
    .filter((limit) => measures[limit] > LIMITS[limit])
    .map((limit) => {
      const [allowed, requested] = [LIMITS[limit], measures[limit]];
      const message = `${limit} ${requested}, and ${allowed} is the limit; ${ADVICE[limit]}`;
      return new LimitExceeded(limit, allowed, requested, message);
    });
}
