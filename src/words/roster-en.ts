import type { AccountUnit, LeftOutCode, SkipRule } from "#src/domain/roster-report.ts";

/** Why a line was left out. `what` stands in the roster, `more` is whom it could mean; either may be "". */
type Reasons = Readonly<Record<Exclude<LeftOutCode, "doubled">, (what: string, more: string) => string>>;

const reasons: Reasons = {
  nobody: (text) => (text === "" ? "nobody is named" : `“${text}” is nobody in the list of people`),
  ambiguous: (text, people) => `“${text}” could mean ${people}`,
  empty: () => "a time or a date is missing",
  "no-time": (text) => `“${text}” is not a time`,
  "no-date": (text) => `“${text}” is not a date`,
  "ambiguous-date": (text) => `“${text}” does not say which number is the day`,
  order: () => "it does not end after its start",
  "too-long": () => "it is longer than any shift",
  "whole-day": (text) =>
    text === ""
      ? "an all-day entry without times is not a shift"
      : `“${text}” is a whole day and does not say leave`,
  "unknown-code": (text) => `“${text}” is a duty code without known hours`,
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
  rule: () => "its repeat rule cannot be read",
  "no-start": () => "it has no start",
  "broken-line": () => "the line is broken",
  "cut-short": () => "this entry has no end; the file may be incomplete",
  column: (text) => `the column “${text}” is there twice or not known`,
  hidden: (text) => `row, column or cell ${text} is hidden or has a line through it`,
  "no-column": (text) =>
    `there is no column ${text.replaceAll(", ", " and no ")}; write the headings so, or ask your Attune administrator to state yours`,
  "not-a-roster": () => "it is not a roster of the expected kind",
  "which-sheet": (sheets) => `any of these sheets could be the roster: ${sheets.replaceAll("/", ", ")}`,
  "no-month": () => "nothing says which month the days belong to",
  letters: () => "some characters are garbled",
  "not-fetched": () => "it has not been fetched yet",
  "not-there": () => "it cannot be read just now",
  "too-much": () => "it is larger, or asks for more work, than any roster needs",
  more: (count) => `and ${count} more that are not understood`,
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
  rules,
  units,
};
