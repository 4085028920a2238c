import { dateText, dayNumber, type DayNumber } from "./zone.ts";

/** What somebody said about pausing: until which local day; undefined when they named none that exists. */
export interface PauseSaid {
  readonly until: DayNumber | undefined;
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTH_NAME = String.raw`(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`;

/** Each way to write a day, as year (may be missing), month, day. */
const DATES: readonly {
  readonly pattern: RegExp;
  readonly order: readonly ("year" | "month" | "day")[];
}[] = [
  { pattern: /^(\d{4})[-/.年] ?(\d{1,2})[-/.月] ?(\d{1,2})日?$/, order: ["year", "month", "day"] },
  { pattern: /^(\d{1,2})月 ?(\d{1,2})日$/, order: ["month", "day"] },
  {
    pattern: new RegExp(String.raw`^(?:the )?(\d{1,2})(?:st|nd|rd|th)? (?:of )?(${MONTH_NAME}),? ?(\d{4})?$`),
    order: ["day", "month", "year"],
  },
  {
    pattern: new RegExp(String.raw`^(${MONTH_NAME}) (?:the )?(\d{1,2})(?:st|nd|rd|th)?,? ?(\d{4})?$`),
    order: ["month", "day", "year"],
  },
];

const DAYS_FROM_NOW: Readonly<Record<string, number>> = {
  tomorrow: 1,
  明日: 1,
  "the day after tomorrow": 2,
  明後日: 2,
  "next week": 7,
  来週: 7,
};

const LENGTH = /^(?:for )?(\d{1,3}|an?|one|two|three) ?(days?|weeks?|日間?|週間?)(?:間)?$/;
const COUNTS: Readonly<Record<string, number>> = { a: 1, an: 1, one: 1, two: 2, three: 3 };

/**
 * Reads "pause …" in English or Japanese. A pause whose day is not understood, or names none, still is one,
 * so that Attune asks back for the day. Undefined when it is no pause at all.
 *
 * @param said lower case, with single spaces
 * @param today the program's local day
 */
export function readPause(said: string, today: DayNumber): PauseSaid | undefined {
  const when = whenOf(said);
  if (when === undefined) return undefined;
  return { until: DAYS_FROM_NOW[when] === undefined ? dayOf(when, today) : today + DAYS_FROM_NOW[when] };
}

/** "pause before the incision" is somebody's own words: only what goes on like a time is a command. */
const ENGLISH = new RegExp(
  String.raw`^pause(?: messages)?(?: ((?:until|till|for) \S+(?: \S+){0,4}|(?:\d|${MONTH_NAME} |an? |one |two |three |tomorrow|next ).{0,24}))?$`,
);

/** What stands beside the word for pausing, without "until" and まで. */
function whenOf(said: string): string | undefined {
  const english = ENGLISH.exec(said);
  if (english !== null) return bare(english[1] ?? "");
  const before = /^(?:通知を)?(?:休止|お休み)(?:する|して)?(?: (.{1,16})|([\d明来].*))?$/.exec(said);
  if (before !== null) return bare(before[1] ?? before[2] ?? "");
  const after = /^([\d明来].*?) ?(?:休止|お休み)(?:する|して|します|したい)?$/.exec(said);
  return after === null ? undefined : bare(after[1]!);
}

const bare = (when: string): string =>
  when
    .trim()
    .replace(/^(?:until|till|to) /, "")
    .replace(/ ?まで(?:は|の)?$/, "")
    .trim();

function dayOf(when: string, today: DayNumber): DayNumber | undefined {
  const length = LENGTH.exec(when);
  if (length !== null) {
    const count = COUNTS[length[1]!] ?? Number(length[1]);
    return today + count * (/^(?:week|週)/.test(length[2]!) ? 7 : 1);
  }
  for (const { pattern, order } of DATES) {
    const match = pattern.exec(when);
    if (match === null) continue;
    const part = (name: "year" | "month" | "day") => match[1 + order.indexOf(name)];
    const month = /^\d/.test(part("month")!)
      ? Number(part("month"))
      : MONTHS.indexOf(part("month")!.slice(0, 3)) + 1;
    const day = Number(part("day"));
    const year = order.includes("year") ? part("year") : undefined;
    return year === undefined ? nextSuch(month, day, today) : existing(Number(year), month, day);
  }
  return undefined;
}

/** A day without a year is the next one of that name. */
function nextSuch(month: number, day: number, today: DayNumber): DayNumber | undefined {
  const year = Number(dateText(today).slice(0, 4));
  const found = existing(year, month, day);
  return found !== undefined && found > today ? found : existing(year + 1, month, day);
}

/** A date that does not exist, like 31 April, is not guessed at. */
function existing(year: number, month: number, day: number): DayNumber | undefined {
  const written = [year, String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-");
  const found = dayNumber(written);
  return Number.isNaN(found) || dateText(found) !== written ? undefined : found;
}
