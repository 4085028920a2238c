/** The columns of a list of people, beside one for each platform's accounts. */
export const PEOPLE_REQUIRED = ["id", "name", "role"] as const;
export const PEOPLE_OPTIONAL = ["name_en", "email", "locale", "rotation"] as const;
export type PeopleColumn = (typeof PEOPLE_REQUIRED)[number] | (typeof PEOPLE_OPTIONAL)[number];

/** How offices write the columns. A heading that could mean two things is none of them. */
const HEADINGS: Readonly<Record<PeopleColumn, readonly string[]>> = {
  id: [
    "id",
    "employeeid",
    "employeenumber",
    "staffid",
    "staffnumber",
    "personid",
    "職員id",
    "個人id",
    "職員番号",
    "社員番号",
    "識別番号",
  ],
  name: ["name", "fullname", "employeename", "staffname", "氏名", "名前", "お名前", "姓名", "職員名"],
  role: ["role", "roles", "役割"],
  name_en: [
    "nameen",
    "englishname",
    "英語名",
    "英字氏名",
    "氏名英語",
    "氏名英字",
    "氏名ローマ字",
    "ローマ字",
    "ローマ字氏名",
  ],
  email: [
    "email",
    "mail",
    "emailaddress",
    "mailaddress",
    "メール",
    "メールアドレス",
    "eメール",
    "電子メール",
  ],
  locale: ["locale", "language", "言語", "表示言語", "使用言語"],
  rotation: ["rotation", "rotations", "ローテーション", "ローテ"],
};

const COLUMNS: ReadonlyMap<string, PeopleColumn> = new Map(
  (Object.entries(HEADINGS) as [PeopleColumn, readonly string[]][]).flatMap(([column, all]) =>
    all.map((heading) => [heading, column] as const),
  ),
);

/** The column that a heading means, in either language and however wide its letters are; undefined for any other. */
export const peopleColumnOf = (heading: string): PeopleColumn | undefined =>
  COLUMNS.get(
    heading
      .normalize("NFKC")
      .toLowerCase()
      .replaceAll(/[\s_.・()-]+/gu, ""),
  );

/** A list with one of these says who works when. */
const OF_ROSTERS = /^(?:date|day|start|end|shift|from|to|日付|日にち|開始|終了|勤務|シフト)/iu;

/** Whether a line is the header of a list of people. */
function isPeopleHeader(cells: readonly string[]): boolean {
  const columns = cells.map(peopleColumnOf);
  return PEOPLE_REQUIRED.every((one) => columns.includes(one)) && !cells.some(isOfRosters);
}

/**
 * Whether a line is the header of a list of people that lacks a column, or calls one in a way that is not known: then that is said, and not
 * that it is no roster. Most of it is of people, nothing stands below in a column without a heading, as the days of a month do,
 * and no day and no time in one whose heading is not known.
 */
function isPartOfPeopleHeader(
  cells: readonly string[],
  below: readonly (readonly string[])[],
  isAlone: boolean,
): boolean {
  const columns = cells.map((cell) => (cell.trim() === "" ? "none" : (peopleColumnOf(cell) ?? "other")));
  const others = columns.filter((one) => one === "other").length;
  const known = columns.filter((one) => one !== "none").length - others;
  return (
    columns.includes("name") &&
    known > 1 &&
    others <= (isAlone ? known : 0) &&
    !cells.some((cell, at) => columns[at] === "other" && (isOfRosters(cell) || OF_DAYS.test(plain(cell)))) &&
    below.every((row) => row.every((cell, at) => mayStand(cell, columns[at] ?? "none")))
  );
}

/** A day of the month or of the week: a table of duties. */
const OF_DAYS = /\d|^[日月火水木金土](?:曜日?)?$|^(?:mon|tue|wed|thu|fri|sat|sun)/iu;

/** A time, or a date. */
const MOMENT = /\d:\d\d|\d[-/.年]\d/u;

const mayStand = (cell: string, column: PeopleColumn | "none" | "other"): boolean =>
  column === "none" ? cell.trim() === "" : column !== "other" || !MOMENT.test(plain(cell));

const plain = (cell: string): string => cell.normalize("NFKC").trim();

const isOfRosters = (cell: string): boolean => OF_ROSTERS.test(plain(cell));

/** A header stands in one of so many first lines: offices write a title above. */
const ABOVE = 20;

/**
 * A list of people from its header on, with empty lines in place of what stands above, so that each row keeps its number; undefined
 * for any other text. Its cells are separated by commas, semicolons or tabs.
 *
 * @param isAlone there is nothing beside it that may be meant: a roster's workbook may well have a sheet of telephone numbers
 */
export function peopleLines(text: string, isAlone = false): string | undefined {
  const lines = text.split(/\r\n|\n|\r/u);
  const beginning = lines
    .slice(0, ABOVE)
    .map((line) => line.split(/[,;\t]/u).map((cell) => cell.replaceAll('"', "")));
  const whole = beginning.findIndex(isPeopleHeader);
  const at =
    whole === -1
      ? beginning.findIndex((cells, line) => isPartOfPeopleHeader(cells, beginning.slice(line + 1), isAlone))
      : whole;
  if (at === -1) return undefined;
  return at === 0 ? text : [...lines.slice(0, at).map(() => ""), ...lines.slice(at)].join("\n");
}
