import { InvalidInput } from "../../errors.js";

/** Where in a text something stands. Both count from 1; a column is a character, as editors count. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What was read otherwise than it is written, or left out. */
export interface Warning extends Position {
  readonly message: string;
}

/** A diagram that cannot be read: where, what is wrong, and what to write instead. */
export class RefusedDiagram extends InvalidInput {
  override name = "RefusedDiagram";
  override readonly details: Readonly<Record<string, number>>;

  constructor(
    readonly what: string,
    readonly position: Position,
    field: readonly string[] = [],
  ) {
    super(`line ${position.line}, column ${position.column}: ${what}`, field);
    this.details = { line: position.line, column: position.column };
  }

  override within(path: readonly string[]): RefusedDiagram {
    return new RefusedDiagram(this.what, this.position, [...path, ...this.field]);
  }
}

/** A text whose places can be named. Offsets are UTF-16 code units, as JavaScript's strings count. */
export class Source {
  private lineStarts: number[] | undefined;

  constructor(readonly text: string) {}

  positionAt(offset: number): Position {
    const starts = (this.lineStarts ??= lineStarts(this.text));
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const before = this.text.slice(starts[low], offset);
    // One column for a character outside the basic plane, which JavaScript counts as two.
    const pairs = before.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0;
    return { line: low + 1, column: before.length - pairs + 1 };
  }

  refuse(offset: number, what: string): RefusedDiagram {
    return new RefusedDiagram(what, this.positionAt(offset));
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
