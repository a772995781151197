import { BREAK, visit, type DocumentNode } from "graphql";

/** Whether anything in the document is conditional (`@include`, `@skip`). */
export function hasDirectives(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Directive: () => {
      found = true;
      return BREAK;
    },
  });
  return found;
}
