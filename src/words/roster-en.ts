import type { AccountUnit, LeftOutCode, SkipRule } from "#src/domain/roster-report.ts";

/** Why a line was left out. `what` stands in the roster, `more` is whom it could mean; either may be "". */
type Reasons = Readonly<Record<Exclude<LeftOutCode, "doubled">, (what: string, more: string) => string>>;

const reasons: Reasons = {
  nobody: (text) => (text === "" ? "nobody is named" : `“${text}” is nobody in the list of people`),
  ambiguous: (text, people) => `“${text}” could mean ${people}`,
  empty: () => "a time or a date is missing",
  "no-time": (text) => `“${text}” is not a time`,
  "no-date": (text) => `“${text}” cannot be taken as a day here`,
  "another-weekday": (text) => `“${text}” is not a date, or not that day of the week`,
  "missing-day": (days) => `the header goes past ${days}: nothing is read or taken back there`,
  "missing-row": (days) => `the days go past ${days}: nothing is read or taken back there`,
  "ambiguous-date": (text) => `“${text}” does not say which number is the day`,
  order: () => "it does not end after its start",
  "too-long": () => "it is longer than any shift",
  "whole-day": (text) =>
    text === ""
      ? "an all-day entry without times is not a shift"
      : `“${text}” is a whole day and does not say leave`,
  "unknown-code": (text) => `“${text}” is a duty code without known hours`,
  "unknown-duty": (text) => `nothing says the hours of the duty “${text}”`,
  zone: (text) => `the time zone “${text}” is unknown or in doubt`,
  "two-readings": (text) => `“${text}” can be read in two ways`,
  "no-role": (text) => `“${text}” is no role on a shift`,
  "two-roles": (text, person) =>
    text === ""
      ? `two roles are written for one shift of ${person}`
      : `the name “${text}”, of a shift of ${person}, fits two roles`,
  "not-their-role": (role, person) => `${person} is not listed as ${role}`,
  "meets-nothing": (text) => `“${text}” takes back or moves a shift that is not there`,
  tentative: (text) => `the calendar calls “${text}” tentative`,
  "not-sure": (text) => `“${text}” says that it is not sure yet`,
  rule: () => "its repeat rule cannot be read",
  "no-start": () => "it has no start",
  "broken-line": () => "the line is broken",
  "cut-short": () => "this entry has no end; the file may be incomplete",
  column: (text) => `the column “${text}” is there twice or not known`,
  hidden: (text) => `row, column or cell ${text} is hidden or has a line through it`,
  "no-column": (text) => `there is no column ${text.replaceAll(", ", " and no ")}`,
  "not-a-roster": () => "it is not a roster of the expected kind",
  "two-tables": (line) => `a table of its own begins here, beside the one that begins on line ${line}`,
  "no-day": (text) => `“${text}” names somebody and stands beside no day`,
  "noted-day": (text, people) =>
    people === ""
      ? `the note “${text}” may change who works: that day was left out`
      : `the note “${text}” may change who works: all days of ${people} were left out`,
  "made-one": (text) => `“${text}” is one cell over several, and counts for the first alone`,
  "no-heading": () => "there are names here under no duty",
  open: (text) => `“${text}” leaves open who works`,
  "which-sheet": (sheets) => `any of these sheets could be the roster: ${sheets.replaceAll("/", ", ")}`,
  "hidden-sheet": (sheet) => `the sheet “${sheet}” is hidden, and was not read`,
  "empty-sheet": (sheet) => `the sheet “${sheet}” has no shifts, and says nothing`,
  "old-sheet": (sheet) =>
    `the sheet “${sheet}” is called an old one, a draft or a template, and was not read`,
  "days-twice": (days) => `two sheets say different things about ${days}: left out in both`,
  "no-month": () => "nothing says which month the days belong to",
  letters: () => "some characters are garbled",
  "not-fetched": () => "it has not been fetched yet",
  "not-there": () => "it cannot be read just now",
  "too-much": () => "it is larger, or asks for more work, than any roster needs",
  more: (count) => `and ${count} more that are not understood`,
};

const ADMINISTRATOR = "Your Attune administrator";
const WHOLE_DAYS = "Please write each day once and in order, such as 2026-12-05.";
const WEEKDAYS = "Please look whether the table is of that month, and each weekday is its day’s.";
const FORMS =
  "These are read: a list with a row for each shift, a table with people down and days across, a table of days with names under each duty, and a calendar (.ics).";
const ONE_ROLE = "Please write one role for each shift: resident or attending.";
const ENDS = "Please correct the start or the end.";
const WRITTEN_OUT = "Please write it so that it has one meaning.";
const HEADINGS = `Please mend the headings. ${ADMINISTRATOR} can state other ones.`;
const BY_ITSELF = "It is tried again by itself.";

/** What can be done about each, below what is left out. */
const mends: Readonly<Record<keyof typeof reasons, string>> = {
  nobody: "Please write names as the list of people has them.",
  ambiguous: "Please write the full name or the id.",
  empty: "Please fill in the day, the start and the end.",
  "no-time": "Please write times such as 08:30.",
  "no-date": `${WHOLE_DAYS} ${WEEKDAYS}`,
  "another-weekday": WEEKDAYS,
  "missing-day": "Please put the column back; a day on which nobody works may have an empty one.",
  "missing-row": "Please put the row back; a day on which nobody works may have an empty one.",
  "ambiguous-date": `${WHOLE_DAYS} ${ADMINISTRATOR} can state which number is the day.`,
  order: ENDS,
  "too-long": ENDS,
  "whole-day": "Please write the start and the end, or the word for leave.",
  "unknown-code": `Please write its hours below the table, such as “D 8:00-16:30”. ${ADMINISTRATOR} can state them, too. Hours themselves are read in a list with a row for each shift, and not in the cells of a table.`,
  "unknown-duty": `Please write its hours into the heading or below the table, such as “Night 17:00-8:30”. ${ADMINISTRATOR} can state them, too.`,
  zone: "Please correct the time zone in the roster.",
  "two-readings": WRITTEN_OUT,
  "no-role": ONE_ROLE,
  "two-roles": ONE_ROLE,
  "not-their-role":
    "Please correct the role in the roster; or write “people” and the name to give them that role, too.",
  "meets-nothing": "Please look for the shift that it means in the calendar.",
  tentative: `Please confirm it in the calendar. ${ADMINISTRATOR} can say how tentative entries are read.`,
  "not-sure": `Please take that word out once it is sure. ${ADMINISTRATOR} can state how such shifts are read.`,
  rule: "Please enter these shifts one by one.",
  "no-start": "Please write its start.",
  "broken-line": "Please mend this line: its cells do not fit the headings.",
  "cut-short": "Please save the file anew, and send it whole.",
  column: HEADINGS,
  hidden: "Please show it, or delete it.",
  "no-column": HEADINGS,
  "not-a-roster": `${FORMS} Please put each table into a file of its own.`,
  "two-tables": "Please put each table into a file of its own.",
  "no-day": "Please write the day into its line; a change belongs into the duty’s own cell.",
  "noted-day": "Please write who works into the duty’s own cell, and no names into the note.",
  "made-one": "Please write it into each cell for which it counts.",
  "no-heading": "Please write the duty into each heading.",
  open: "Please write who works, or leave the cell empty.",
  "which-sheet": "Please send a file with that sheet alone.",
  "hidden-sheet": "Please show the sheet if it counts.",
  "empty-sheet": "Please fill it in, if it should have shifts.",
  "old-sheet": "Please give the sheet another name if it counts.",
  "days-twice": "Please leave each day on one sheet, or write the same on both.",
  "no-month": "Please write the year and the month above the table.",
  letters: "Please save the file as UTF-8.",
  "not-fetched": BY_ITSELF,
  "not-there": BY_ITSELF,
  "too-much": "Please send less of it, such as one month.",
  more: "Once the others are mended, these are named.",
};

/** What is passed over and is no mistake. */
const rules: Readonly<Record<SkipRule, string>> = {
  title: "titles",
  header: "headers",
  weekdays: "weekdays",
  name: "names of rows",
  sum: "totals",
  skip: "passed over by a setting",
  cancelled: "taken back in the calendar",
  draft: "not published yet",
  outside: "outside the rotations",
  coordinator: "of coordinators",
  nothing: "no duty",
};

const units: Readonly<Record<AccountUnit, (count: number) => string>> = {
  line: (count) => (count === 1 ? "1 line" : `${count} lines`),
  cell: (count) => (count === 1 ? "1 cell" : `${count} cells`),
  event: (count) => (count === 1 ? "1 event" : `${count} events`),
};

const counted = (shifts: number): string => (shifts === 1 ? "one shift to come" : `${shifts} shifts to come`);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** How the program's rosters were read, for its coordinators. */
export const roster = {
  title: "The roster",
  trouble: (name: string, since: string) =>
    `${name} has been unreadable since ${since}. The last version that could be read is still used.`,
  /** Whether anybody has to do something about it. */
  passes: "Attune keeps trying.",
  mend: "Your Attune administrator needs to fix it; the health page gives the reason.",
  /** Shifts to come that a reading takes away, and that it is not believed of. */
  doubts: {
    names: (people: string, shifts: number) =>
      `Lines of the roster name nobody in the list of people, and ${counted(shifts)} of ${people} would be off it. Their plan stays as it was.`,
    many: (people: string, shifts: number) =>
      `${capital(counted(shifts))} would be off the roster at once: ${people}. The last plan stays in force.`,
    people: (people: string, shifts: number) =>
      `The list of people lacks ${people}, with ${counted(shifts)} on the roster. Their plan stays as it was.`,
  },
  mendDoubt:
    "Mend the name in the roster or in the list of people. If it is right as it is, your Attune administrator can confirm it.",
  read: "Last read",
  shifts: "Shifts",
  people: "People with shifts",
  peopleOf: (matched: number, people: number) => `${matched} of ${people}`,
  account: "Accounted for",
  /** What became of everything in one roster: the numbers add up to the whole. */
  accountOf: (name: string, whole: string, read: number, passed: string, leftOut: number) =>
    `${name}: ${whole}; ${read} read, ${passed} passed over, ${leftOut} left out`,
  passedOf: (count: number, why: string) => (why === "" ? String(count) : `${count} (${why})`),
  ruleOf: (rule: string, count: number) => `${rule}: ${count}`,
  leftOut: "Lines that were not understood",
  doubled: "Two shifts at once",
  withoutShifts: "People with no upcoming shifts",
  withoutAttending: "Resident shifts with no attending",
  shiftOf: (name: string, span: string) => `${name}: ${span}`,
  leftOutOf: (place: string, reason: string) => `${place}: ${reason}`,
  /** A name that nobody knows is told once. */
  hanging: (shifts: number) => `${shifts} shifts hang on it`,
  perhaps: (people: string) => `perhaps ${people}`,
  hinted: (reason: string, hanging: string, perhaps: string) =>
    `${reason} (${[hanging, perhaps].filter((hint) => hint !== "").join("; ")})`,
  more: (count: number) => `and ${count} more`,
  none: "none",
  whole: "See the whole report",
  notYet: "The roster has not been read yet.",
  notYours: "How the roster was read is for coordinators. Your own shifts are in your home view.",
  reasons,
  mends,
  rules,
  units,
};
