import type { RosterProblem } from "../text/problem.ts";
import type { ReadingContext, RosterReader, RosterReading, RosterText } from "../text/reader.ts";
import { quoted } from "../text/problem.ts";
import { titleMonths } from "../text/dates/title-months.ts";
import { joinedSheets } from "./joined-sheets.ts";
import type { SheetReading } from "./torn-days.ts";
import { sheetText, type HiddenPart } from "./sheet-text.ts";
import { sheetsOf, type GridSheet } from "./workbook.ts";

/**
 * Reads a roster from a workbook: from the sheet that `sheet` names, else from the only one that fits, or from all that
 * are of different days. What is hidden or has a line through it is left out and named: nobody who looks at the sheet
 * can see whether it still counts.
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
  const readIn = (sheet: GridSheet): SheetReading => ({
    name: sheet.name,
    reading: readSheet(sheet, { ...source, ...monthOf(sheet, source) }, context, read),
  });
  const readings = chosen.map(readIn);
  const hidden = source.sheet === undefined ? filled.filter((sheet) => !isVisible(sheet)).map(readIn) : [];
  const [only] = readings;
  const isAlone = readings.length === 1 && (hidden.length === 0 || only!.reading.unreadable !== undefined);
  if (isAlone) return only!.reading;
  const joined = joinedSheets(source.file, { shown: readings, hidden }, context);
  if (joined === undefined) return refusal(withoutMonth(readings) ?? noneFits(source, chosen));
  return "rivals" in joined ? refusal(severalSheets(source, joined.rivals)) : joined;
}

/** Where program.yaml or a coordinator says the month, the sheets that are called by other months are of those next to it. */
function monthOf({ name }: GridSheet, { month, sheet }: Omit<RosterText, "text">): Pick<RosterText, "month"> {
  const { months, named } = titleMonths(name);
  const [own] = named;
  if (month === undefined || sheet !== undefined || own === undefined || months.length + named.length > 1)
    return {};
  const [year, stated] = month.split("-").map(Number) as [number, number];
  const near = [year - 1, year, year + 1].find((one) => Math.abs((one - year) * 12 + own - stated) < 6);
  return near === undefined ? {} : { month: `${near}-${String(own).padStart(2, "0")}` };
}

/** What one answer mends in all sheets. */
const withoutMonth = (readings: readonly SheetReading[]): RosterProblem | undefined =>
  readings.flatMap(({ reading }) => reading.notUnderstood).find(({ why }) => why.code === "no-month");

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
  const { text, hidden, across } = sheetText(sheet);
  const reading = read({ ...source, text, isSheet: true, sheetName: sheet.name, across }, context);
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

const listOf = (sheets: readonly Pick<GridSheet, "name">[]): string =>
  sheets.map(({ name }) => quoted(name)).join(", ");

const noSheet = ({ file, sheet }: Omit<RosterText, "text">, there: readonly GridSheet[]): RosterProblem => ({
  file,
  message:
    sheet === undefined
      ? "no sheet that can be seen has anything in it"
      : `there is no sheet ${quoted(sheet)}`,
  todo: there.length === 0 ? "save the workbook again" : `write one of ${listOf(there)} as \`sheet:\``,
  why: { code: "not-a-roster" },
});

const severalSheets = (
  { file }: Omit<RosterText, "text">,
  fitting: readonly Pick<GridSheet, "name">[],
): RosterProblem => ({
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
