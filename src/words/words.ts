import type { Locale } from "#src/domain/locale.ts";
import type { Gap } from "#src/domain/gap.ts";
import { calledIn, type Named, type Person } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import { en, type Catalogue, type GapTexts } from "./en.ts";
import { ja } from "./ja.ts";
import type { Instant } from "#src/domain/time.ts";

/** A language, ready for one program: its sentences, its dates, and how people and goals are called in it. */
export interface Words {
  readonly locale: Locale;
  readonly say: Catalogue;
  readonly format: Format;
  /** "Dr. Okafor", "田中先生" (the rule: src/domain/person.ts) */
  called(person: Person): string;
  /** "Dr. A and Dr. B" */
  all(people: readonly Person[]): string;
  /** The program's name. */
  readonly program: string;
  /** Whom somebody can turn to who finds it hard to ask for help: as program.yaml says, else in words of Attune's own. */
  readonly support: string;
  /** A shift's label; as the roster has it where program.yaml names no other. */
  label(inRoster: string): string;
  /** A goal of the program's list; the id itself when the list has changed since. */
  goal(id: string): string;
}

export const CATALOGUES: Readonly<Record<Locale, Catalogue>> = { en, ja };

export const LOCALES: readonly Locale[] = ["en", "ja"];

/** The text for a stored value; the value itself where an older version had more of them. */
export const textOf = (texts: Readonly<Record<string, string>>, value: string): string =>
  texts[value] ?? value;

/** What is said of a gap. */
export const gapText = (texts: GapTexts, { item, direction }: Gap): string => textOf(texts[item], direction);

export function wordsFor(locale: Locale, program: Program): Words {
  const format = formatOf(locale, program.timeZone);
  const name = callingIn(locale, program.people);
  return {
    locale,
    say: CATALOGUES[locale],
    format,
    called: name,
    all: (people) => format.list([...new Set(people)].map(name)),
    program: program.name[locale],
    support: program.support?.[locale] ?? CATALOGUES[locale].checkIn.anybody,
    label: (inRoster) => program.labels.get(inRoster)?.[locale] ?? inRoster,
    goal: (id) => program.goals.find((goal) => goal.id === id)?.label[locale] ?? id,
  };
}

/** Dates and times as a locale writes them, in the program's zone. */
export interface Format {
  /** "08:00" · "8:00" */
  time(at: Instant): string;
  /** "Mon, Nov 30" · "11月30日（月）" */
  date(at: Instant): string;
  /** "Nov 30" · "11月30日" */
  day(at: Instant): string;
  /** Date and time together. */
  moment(at: Instant): string;
  /** "08:00–17:00" · "8:00〜17:00"; the end is a bare time, also when it is tomorrow's. */
  span(start: Instant, end: Instant): string;
  list(items: readonly string[]): string;
}

const known = new Map<string, Format>();

/** `timeZone` is IANA. Formatters are kept, since making one costs far more than using it. */
export function formatOf(locale: Locale, timeZone: string): Format {
  const key = `${locale} ${timeZone}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const isJapanese = locale === "ja";
  const tag = isJapanese ? "ja-JP" : "en-US";
  const time = new Intl.DateTimeFormat(tag, {
    timeZone,
    hour: isJapanese ? "numeric" : "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const date = new Intl.DateTimeFormat(tag, { timeZone, weekday: "short", month: "short", day: "numeric" });
  const day = new Intl.DateTimeFormat(tag, { timeZone, month: "short", day: "numeric" });
  const list = new Intl.ListFormat(tag, { type: "conjunction" });
  // The weekday stands in brackets as wide as all others in a Japanese sentence.
  const dateOf = (at: Instant) =>
    isJapanese ? date.format(at).replace("(", "（").replace(")", "）") : date.format(at);
  const format: Format = {
    time: (at) => time.format(at),
    date: dateOf,
    day: (at) => day.format(at),
    moment: (at) => `${dateOf(at)} ${time.format(at)}`,
    span: (start, end) => `${time.format(start)}${isJapanese ? "〜" : "–"}${time.format(end)}`,
    list: (items) => list.format(items),
  };
  known.set(key, format);
  return format;
}

type Calling = (person: Named) => string;

/** Kept for each list of people, since every card asks and few lists change. */
const callings = new WeakMap<readonly Person[], Map<Locale, Calling>>();

function callingIn(locale: Locale, everybody: readonly Person[]): Calling {
  const known = callings.get(everybody) ?? new Map<Locale, Calling>();
  callings.set(everybody, known);
  const before = known.get(locale);
  if (before !== undefined) return before;
  const calling = calledIn(locale, everybody);
  known.set(locale, calling);
  return calling;
}
