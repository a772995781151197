/** The ways a rack is written, by the ending of its address. */
export const DIAGRAM_FORMATS = {
  svg: { type: "image/svg+xml; charset=utf-8", options: ["theme", "colorBy", "scale"] },
  png: { type: "image/png", options: ["theme", "colorBy", "zoom"] },
  pdf: { type: "application/pdf", options: ["theme", "colorBy", "paper", "scale", "racksPerPage"] },
  csv: { type: "text/csv; charset=utf-8; header=present", options: [] },
  md: { type: "text/markdown; charset=utf-8", options: [] },
  html: { type: "text/html; charset=utf-8", options: [] },
  txt: { type: "text/plain; charset=utf-8", options: ["width", "color", "ascii"] },
  diag: { type: "text/plain; charset=utf-8", options: [] },
} as const satisfies Record<string, { readonly type: string; readonly options: readonly string[] }>;

export type DiagramFormat = keyof typeof DIAGRAM_FORMATS;
export const FORMAT_NAMES = Object.keys(DIAGRAM_FORMATS) as DiagramFormat[];

/** What is written from a drawing; rackdiag's language is written from a plan. */
export type DrawnFormat = Exclude<DiagramFormat, "diag">;
