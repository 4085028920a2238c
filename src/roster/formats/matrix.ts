import { DAY } from "#src/domain/time.ts";
import { dateReader, LONGEST_TIME, type DateReader } from "../text/dates.ts";
import { dutyCodes, type Duty } from "../text/duty-codes.ts";
import { quoted, type RosterProblem } from "../text/problem.ts";
import { recordsOf, type Line } from "../text/records.ts";
import type { RosterEntry, RosterReader, RosterText } from "../text/reader.ts";
import { timesOfDay } from "../text/row-times.ts";
import { dayOfWall, inZone, parseWall, wall, type Wall } from "../text/wall.ts";
import { namesNobody, whoIsWho } from "../text/who.ts";

/**
 * A duty table: a row for each person, a column for each day, a code in each cell (日 準 深 当直 明 休). The header's
 * days are dates, or numbers of the month that `month` or a title above says. Rows that only name weekdays are
 * passed over; a cell may hold two codes, "日/当直".
 */
export const matrix: RosterReader = (source, context) => {
  const problems: RosterProblem[] = [];
  const lines = recordsOf(source.file, source.text, problems);
  const table = tableOf(lines, source);
  if ("message" in table) {
    problems.push({ file: source.file, ...table });
    return { entries: [], notUnderstood: problems, unreadable: true };
  }
  const who = whoIsWho(context.people, source.aliases);
  const codes = dutyCodes(source.codes);
  const local = inZone(context.zone);
  const entries: RosterEntry[] = [];

  for (const { line, cells } of table.rows) {
    const own = table.days.flatMap(({ column, day }) => {
      const text = cells[column] ?? "";
      return text === "" ? [] : [{ day, text }];
    });
    const name = cells.slice(0, table.days[0]?.column).filter((cell) => cell !== "");
    if (own.length < 1 || isWeekdays(name, own)) continue;
    const found = source.person === undefined ? namedIn(name, who) : { id: source.person };
    if ("message" in found) {
      problems.push({
        file: source.file,
        line,
        field: "name",
        message: found.message,
        why: found.why,
        todo: "write an id or a full name of people.csv, or add the name to `aliases`",
      });
      continue;
    }
    const unknown = new Map<string, number[]>();
    for (const { day, text } of own) {
      const duties = dutiesIn(text, codes);
      if (duties === undefined && !unknown.has(text)) unknown.set(text, []);
      if (duties === undefined) unknown.get(text)!.push(new Date(day).getUTCDate());
      for (const duty of duties ?? []) entries.push(...entriesOf(duty, day, text));
    }
    for (const [text, days] of unknown) {
      problems.push({
        file: source.file,
        line,
        field: days.length === 1 ? `day ${days[0]}` : `days ${days.join(", ")}`,
        message: `${quoted(text)} is no duty code that is known here`,
        why: { code: "unknown-code", text },
        todo: 'add it to `codes` in program.yaml, such as `Z: "08:30-17:15"` or `Z: off`',
      });
    }

    function entriesOf(duty: Duty, day: Wall, label: string): readonly RosterEntry[] {
      if (duty.kind === "none" || !("id" in found)) return [];
      const { id: person } = found;
      const times =
        duty.kind === "off"
          ? { start: local(day), end: local(wall(day + DAY)) }
          : timesOfDay(day, duty.start, duty.end, local);
      if (times.end <= context.horizon.from || times.start >= context.horizon.to) return [];
      return [{ kind: duty.kind === "off" ? "absence" : "duty", person, label, ...times }];
    }
  }
  return { entries, notUnderstood: problems };
};

const WEEKDAY = /^(?:[月火水木金土日祝]|mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?$/iu;

/** A row of weekdays stands under many headers; 日 alone is also a duty. */
const isWeekdays = (name: readonly string[], own: readonly { readonly text: string }[]): boolean =>
  own.every(({ text }) => WEEKDAY.test(text)) &&
  (name.length === 0 || new Set(own.map(({ text }) => text)).size > 3);

/** A row may have a number and a rank beside the name: exactly one of its cells must name somebody. */
function namedIn(cells: readonly string[], who: ReturnType<typeof whoIsWho>) {
  const found = cells.map((cell) => who.named(cell));
  const people = new Set(found.flatMap((one) => ("person" in one ? [one.person] : [])));
  const [person, ...others] = people;
  if (person !== undefined && others.length === 0) return { id: person.id };
  const unclear = found.find((one) => "candidates" in one && one.candidates !== undefined);
  if (unclear !== undefined && "message" in unclear) return unclear;
  return namesNobody(cells.join(" "));
}

/** Two codes in one cell are two duties; undefined when one of them is unknown. */
function dutiesIn(text: string, codes: ReturnType<typeof dutyCodes>): readonly Duty[] | undefined {
  const whole = codes(text);
  if (whole !== undefined) return [whole];
  const parts = text.split(/[/・+,、／＋\s]+/u).filter((part) => part !== "");
  const duties = parts.flatMap((part) => codes(part) ?? []);
  return duties.length === parts.length && parts.length > 1 ? duties : undefined;
}

interface Days {
  readonly days: readonly { readonly column: number; readonly day: Wall }[];
  readonly rows: readonly Line[];
}

/** The header is the first line with several days in it; a month may stand above it. */
function tableOf(lines: readonly Line[], source: RosterText): Days | Omit<RosterProblem, "file"> {
  const dates = dateReader(source.dates);
  let month = source.month === undefined ? undefined : parseWall(`${source.month}-01`);
  for (const [index, { line, cells }] of lines.entries()) {
    month ??= monthIn(cells.join(" "));
    const days = cells.flatMap((cell, column) => {
      const day = column === 0 ? undefined : dayIn(cell, dates, month);
      return day === undefined ? [] : [{ column, day }];
    });
    if (days.length > 1 && inOrder(days)) return { days, rows: lines.slice(index + 1) };
    if (
      cells.filter((cell) => /^\d{1,2}日?$/u.test(cell.normalize("NFKC"))).length > 6 &&
      month === undefined
    ) {
      return {
        line,
        message: "the header has days but nothing says of which month",
        why: { code: "no-month" },
        todo: "write `month: 2026-12` in program.yaml, or 2026年12月 in a line above",
      };
    }
  }
  return {
    message: "no line has the days of a month, from left to right",
    why: { code: "not-a-roster" },
    todo: "write a header such as name,2026-12-01,2026-12-02 or 氏名,1,2,3 with `month: 2026-12`",
  };
}

const inOrder = (days: Days["days"]): boolean =>
  days.every(({ day }, index) => index === 0 || (days[index - 1]?.day ?? day) < day);

function monthIn(text: string): Wall | undefined {
  const [, year, month] =
    /(\d{4})\s*[年/.-]\s*(\d{1,2})(?:\s*月|(?![\d/.-]))/u.exec(text.normalize("NFKC")) ?? [];
  return year === undefined ? undefined : parseWall(`${year}-${month?.padStart(2, "0")}-01`);
}

/** "2026-12-01", or with a known month "1", "1日", "1(火)", "12/1" and "12/1(火)". */
function dayIn(cell: string, dates: DateReader, month: Wall | undefined): Wall | undefined {
  if (cell.length > LONGEST_TIME) return undefined;
  const text = cell
    .normalize("NFKC")
    .replace(/\s*\(\S{1,3}\)$/u, "")
    .trim();
  const dated = dates(text);
  if (dated !== undefined || month === undefined) return dated;
  const [, own, day] = /^(?:(\d{1,2})[/月])?(\d{1,2})日?$/u.exec(text) ?? [];
  if (day === undefined) return undefined;
  const first = new Date(month);
  const wanted = own === undefined ? first.getUTCMonth() + 1 : Number(own);
  // December's table may end with the first days of January.
  const year = first.getUTCFullYear() + (wanted < first.getUTCMonth() + 1 ? 1 : 0);
  const found = parseWall(`${year}-${String(wanted).padStart(2, "0")}-${day.padStart(2, "0")}`);
  return found === undefined ? undefined : wall(dayOfWall(found) * DAY);
}
