import type { RosterProblem } from "../text/problem.ts";
import type { ReadingContext, RosterReader, RosterReading, RosterText } from "../text/reader.ts";
import { quoted } from "../text/problem.ts";
import { sheetText, type HiddenPart } from "./sheet-text.ts";
import { sheetsOf, type GridSheet } from "./workbook.ts";

/**
 * Reads a roster from a workbook: from the sheet that `sheet` names, else from the only one that fits. What is hidden
 * or has a line through it is left out and named: nobody who looks at the sheet can see whether it still counts.
 */
export async function readWorkbook(
  bytes: Uint8Array,
  source: Omit<RosterText, "text">,
  context: ReadingContext,
  read: RosterReader,
): Promise<RosterReading> {
  const sheets = await sheetsOf(bytes);
  if ("message" in sheets) return refusal({ file: source.file, ...sheets, why: { code: "not-a-roster" } });
  const filled = sheets.filter(({ rows }) => rows.some((row) => row.some((value) => value !== null)));
  const chosen =
    source.sheet === undefined ? filled.filter(isVisible) : filled.filter(isCalled(source.sheet));
  if (chosen.length === 0) return refusal(noSheet(source, filled));
  const readings = chosen.map((sheet) => ({ sheet, reading: readSheet(sheet, source, context, read) }));
  const fitting = readings.filter(({ reading }) => reading.unreadable === undefined);
  const [first, second] = fitting;
  if (first !== undefined && second === undefined) return first.reading;
  if (fitting.length > 1)
    return refusal(
      severalSheets(
        source,
        fitting.map(({ sheet }) => sheet),
      ),
    );
  return readings.length === 1 ? readings[0]!.reading : refusal(noneFits(source, chosen));
}

const isVisible = ({ isHidden }: GridSheet): boolean => !isHidden;

const plain = (name: string): string => name.normalize("NFKC").trim().toLowerCase();

const isCalled =
  (name: string) =>
  (sheet: GridSheet): boolean =>
    plain(sheet.name) === plain(name);

function readSheet(
  sheet: GridSheet,
  source: Omit<RosterText, "text">,
  context: ReadingContext,
  read: RosterReader,
): RosterReading {
  const { text, hidden } = sheetText(sheet);
  const reading = read({ ...source, text, isSheet: true, sheetName: sheet.name }, context);
  if (hidden.length === 0) return reading;
  return {
    ...reading,
    notUnderstood: [...hidden.map((part) => hiddenPart(source.file, part)), ...reading.notUnderstood],
    ...(reading.accounts && { accounts: withHidden(reading.accounts, hidden) }),
  };
}

/** What is hidden stands in the file too: a row is a line, and a column has cells. */
function withHidden(accounts: NonNullable<RosterReading["accounts"]>, hidden: readonly HiddenPart[]) {
  const isCell = accounts.counts.unit === "cell";
  const left = hidden.map(({ line, cells }) => (isCell ? cells : line === undefined ? 0 : 1));
  const lost = left.reduce((sum, count) => sum + count, 0);
  return { ...accounts, counts: { ...accounts.counts, leftOut: accounts.counts.leftOut + lost } };
}

const refusal = (problem: RosterProblem): RosterReading => ({
  entries: [],
  notUnderstood: [problem],
  unreadable: true,
});

const hiddenPart = (file: string, { name, place, how, line }: HiddenPart): RosterProblem => ({
  file,
  ...(line === undefined ? {} : { line }),
  message: `${name} is ${how}, and was left out`,
  todo:
    how === "hidden" ? "show it if it counts, or delete it" : "take the line away if it counts, or delete it",
  why: { code: "hidden", text: place },
});

const listOf = (sheets: readonly GridSheet[]): string => sheets.map(({ name }) => quoted(name)).join(", ");

const noSheet = ({ file, sheet }: Omit<RosterText, "text">, there: readonly GridSheet[]): RosterProblem => ({
  file,
  message:
    sheet === undefined
      ? "no sheet that can be seen has anything in it"
      : `there is no sheet ${quoted(sheet)}`,
  todo: there.length === 0 ? "save the workbook again" : `write one of ${listOf(there)} as \`sheet:\``,
  why: { code: "not-a-roster" },
});

const severalSheets = ({ file }: Omit<RosterText, "text">, fitting: readonly GridSheet[]): RosterProblem => ({
  file,
  message: `the sheets ${listOf(fitting)} could each be the roster`,
  todo: "name one in program.yaml, such as `sheet: December`; two sheets are two entries",
  why: { code: "which-sheet", text: fitting.map(({ name }) => name).join("/") },
});

const noneFits = ({ file }: Omit<RosterText, "text">, sheets: readonly GridSheet[]): RosterProblem => ({
  file,
  message: `none of the sheets ${listOf(sheets)} is a roster of the format that is stated`,
  todo: "name the right one in program.yaml, such as `sheet: December`, to be told what is missing in it",
  why: { code: "not-a-roster" },
});
