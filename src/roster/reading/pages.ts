import { DAY } from "#src/domain/time.ts";
import { spanOf } from "../change/coverage.ts";
import { decode } from "../text/tables/decode.ts";
import { partsTogether } from "../text/ledger.ts";
import type { RosterProblem } from "../text/problem.ts";
import type { ReadingContext, RosterReading } from "../text/reader.ts";
import { readBytes, readText } from "./read-source.ts";
import type { RosterSource } from "./source.ts";

/** Reads the pages of one roster as one. Where one of them cannot be read, nothing of the others counts. */
export async function readPages(
  source: RosterSource,
  pages: readonly Uint8Array[],
  context: ReadingContext,
): Promise<RosterReading> {
  const [only] = pages;
  if (only !== undefined && pages.length === 1) return readBytes(source, only, context);
  if (source.format === "icalendar") return oneCalendar(source, pages, context);
  if (source.month !== undefined) return { entries: [], notUnderstood: [oneMonth(source)], unreadable: true };
  const readings: RosterReading[] = [];
  for (const [index, page] of pages.entries())
    readings.push(await readBytes({ ...source, name: pageName(source, index) }, page, context));
  return joined(source, readings);
}

const pageName = ({ name }: RosterSource, index: number): string => `${name}, page ${index + 1}`;

/** A series may begin on one page and be changed on another, so pages of a calendar are one text, lines counted through. */
function oneCalendar(
  source: RosterSource,
  pages: readonly Uint8Array[],
  context: ReadingContext,
): RosterReading {
  const texts = pages.map((page) => decode(page, source.encoding));
  const strange = texts.findIndex((text) => !BEGINS.test(text));
  if (strange !== -1)
    return { entries: [], notUnderstood: [noCalendar(pageName(source, strange))], unreadable: true };
  const reading = readText(source, texts.join("\r\n"), context);
  return texts.every((text) => ENDS.test(text)) ? reading : { ...reading, incomplete: true };
}

const BEGINS = /^\uFEFF?BEGIN:VCALENDAR/imu;
const ENDS = /^END:VCALENDAR/imu;

const noCalendar = (file: string): RosterProblem => ({
  file,
  message: "this is no calendar: it has no BEGIN:VCALENDAR",
  todo: "look at its address; nothing of the other pages was read either",
  why: { code: "not-a-roster" },
});

const oneMonth = ({ name, month }: RosterSource): RosterProblem => ({
  file: name,
  field: "month",
  message: `program.yaml says ${month} of several pages, and one of them at most can be of that month`,
  todo: "take `month:` out where each page says its own, or make a roster of each page",
  why: { code: "no-month" },
});

function joined(source: RosterSource, pages: readonly RosterReading[]): RosterReading {
  const unreadable = pages.filter((page) => page.unreadable);
  if (unreadable.length > 0)
    return {
      entries: [],
      notUnderstood: unreadable.flatMap(({ notUnderstood }) => notUnderstood),
      unreadable: true,
    };
  const isBroken = leaveOutDays(pages, source.person === undefined ? NOBODY_WORKS : SOMEBODY_IS_AWAY);
  return {
    ...partsTogether(pages),
    notUnderstood: [
      ...pages.flatMap(({ notUnderstood }) => notUnderstood),
      ...(isBroken ? [daysLeftOut(source.name)] : []),
    ],
    ...(isBroken && { incomplete: true as const }),
  };
}

/** For so long nobody of a site works, or one person is away, without a page being missing. */
const NOBODY_WORKS = 7 * DAY;
const SOMEBODY_IS_AWAY = 27 * DAY;

/** Whether pages leave out more days than that between one's last shift and the next one's first. */
function leaveOutDays(pages: readonly RosterReading[], most: number): boolean {
  const spans = pages.flatMap((page) => spanOf(page) ?? []).toSorted((a, b) => a.start - b.start);
  return spans.some(
    ({ start }, at) => at > 0 && start - Math.max(...spans.slice(0, at).map((one) => one.end)) > most,
  );
}

const daysLeftOut = (file: string): RosterProblem => ({
  file,
  message: "its pages leave out days in between, so that nothing is taken back that they lack",
  todo: "look at the dates in its addresses; pages that are far apart are two rosters",
  why: { code: "cut-short" },
});
