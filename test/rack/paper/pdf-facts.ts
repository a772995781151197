import { execFileSync } from "node:child_process";

export interface PdfWord {
  readonly page: number;
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface PdfFacts {
  /** Of each page, in mm. */
  readonly pages: readonly { readonly width: number; readonly height: number }[];
  readonly title: string;
  /** In mm from the upper left corner of its page. */
  readonly words: readonly PdfWord[];
  readonly fonts: string;
}

const mm = (points: string | undefined) => (Number(points) * 25.4) / 72;

/** What poppler reads in a PDF. */
export function pdfFacts(pdf: Buffer): PdfFacts {
  const read = (tool: string, ...args: string[]) => execFileSync(tool, args, { input: pdf, encoding: "utf8" });
  const info = read("pdfinfo", "-l", "1000", "-");
  const boxes = read("pdftotext", "-bbox", "-", "-");
  let page = 0;
  const words = boxes.split("\n").flatMap((line): PdfWord[] => {
    if (line.includes("<page ")) page++;
    const match = /<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)<\/word>/.exec(line);
    if (match === null) return [];
    const [left, top, right, bottom] = match.slice(1, 5).map(mm) as [number, number, number, number];
    return [{ page, text: match[5] ?? "", left, top, right, bottom }];
  });
  return {
    pages: [...info.matchAll(/^Page +\d+ size: +([\d.]+) x ([\d.]+) pts/gm)].map(([, width, height]) => ({
      width: mm(width),
      height: mm(height),
    })),
    title: /^Title: +(.*)$/m.exec(info)?.[1] ?? "",
    words,
    fonts: read("pdffonts", "-"),
  };
}
