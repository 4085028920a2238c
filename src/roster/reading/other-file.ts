import type { RosterProblem } from "../text/problem.ts";

/** Files of another kind that come by the name of a roster, by how they begin. */
const OTHERS: readonly (readonly [RegExp, string, string])[] = [
  [
    /^\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|meta|body|table)\b/isu,
    "this is a web page, whatever its name says",
    "if the table is in it, open it in Excel and save it as .xlsx, or as CSV; it may be a page for signing in",
  ],
  [
    /^\s*<\?xml\b/iu,
    "this is an XML file, whatever its name says",
    "open it in Excel and save it as .xlsx, or as CSV",
  ],
  [/^%PDF-/u, "this is a PDF file", "ask for the table as .xlsx or CSV, or for the calendar as .ics"],
  [
    /^\{\\rtf/u,
    "this is a text document (.rtf)",
    "copy its table into a workbook and save that as .xlsx, or as CSV",
  ],
];

/** So much of a file shows what it is, in letters. */
const BEGINNING = 2_000;

/** What a text is that is no roster of any format; undefined for what may be one. */
export function otherFile(file: string, text: string): RosterProblem | undefined {
  const beginning = text.slice(0, BEGINNING).replace(/^\uFEFF/u, "");
  const found = OTHERS.find(([begins]) => begins.test(beginning));
  if (found === undefined) return undefined;
  const [, message, todo] = found;
  return { file, message, todo, why: { code: "not-a-roster" } };
}
