import { HOUR } from "#src/domain/time.ts";
import { calendarEvent, type CalendarEvent } from "./event.ts";
import { eachEvent } from "./lines.ts";
import { TooMany, type Budget, type Occurrence } from "./occurrences.ts";
import { peopleReader } from "./people.ts";
import { happenings, seriesOf, type Happening, type Series } from "./series.ts";
import { summaryReader, type Summary } from "./summaries.ts";
import { Unreadable, valuesOf } from "./values.ts";
import { zoneNames } from "./zones.ts";
import { saysAfterNight } from "../../text/leave.ts";
import { quoted, type RosterProblem } from "../../text/problem.ts";
import {
  LONGEST_SHIFT_HOURS,
  type RosterEntry,
  type RosterReader,
  type RosterText,
  type ReadingContext,
} from "../../text/reader.ts";
import { whoIsWho } from "../../text/who.ts";

/** How many dates all rules of one file may make ical.js look at, about three seconds of work. */
const FILE_BUDGET = 200_000;

/**
 * iCalendar (RFC 5545), one file for the program or one for a person. Who works is found by ATTENDEE, else by
 * SUMMARY. Timed events are duty; events whose summary says leave are absences; other all-day events are reported.
 */
export const icalendar: RosterReader = (source, context) => {
  const problems: RosterProblem[] = [];
  const { events, isCalendar, isComplete } = readEvents(source, context, problems);
  if (!isCalendar) {
    const message = "this is no calendar: it has no BEGIN:VCALENDAR";
    const todo = "export it as iCalendar (.ics); a sign-in page may have been saved in its place";
    return {
      entries: [],
      notUnderstood: [{ file: source.file, message, todo, why: { code: "not-a-roster" } }],
      unreadable: true,
    };
  }
  const who = whoIsWho(context.people, source.aliases);
  const peopleOf = peopleReader(source, who, problems);
  const summaryOf = summaryReader(source, context, who);
  const budget: Budget = { steps: FILE_BUDGET };
  const entries: RosterEntry[] = [];

  for (const series of seriesOf(events)) {
    const found = happeningsOf(series, source.file, context, budget, problems);
    for (const [event, times] of found.length < 2 ? singly(found) : Map.groupBy(found, eventOf)) {
      const summary = summaryOf(event.summary);
      if (summary.isSkipped) continue;
      const shifts = shiftsOf(event, times, summary, source.file, problems);
      if (shifts.length === 0) continue;
      const kind = summary.isAway ? "absence" : "duty";
      for (const person of peopleOf(event, summary)) {
        const label = summary.labelFor(person);
        for (const { start, end } of shifts) entries.push({ kind, person, start, end, label });
      }
    }
  }
  const incomplete = isComplete ? {} : { incomplete: true as const };
  return { entries, notUnderstood: problems, ...incomplete };
};

const eventOf = (one: Happening): CalendarEvent => one.event;

const singly = (found: readonly Happening[]) => found.map((one) => [one.event, found] as const);

function readEvents(source: RosterText, context: ReadingContext, problems: RosterProblem[]) {
  const values = valuesOf(source.file, zoneNames(source.text), context);
  const events: CalendarEvent[] = [];
  const outline = eachEvent(source.file, source.text, problems, (lines) => {
    try {
      events.push(calendarEvent(source.file, lines, values));
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      problems.push(error.problem);
    }
  });
  if (outline.method !== "CANCEL") return { ...outline, events };
  return { ...outline, events: events.map((event) => ({ ...event, cancelled: true })) };
}

/** When a series takes place; why nobody can tell is a problem. */
function happeningsOf(
  series: Series,
  file: string,
  context: ReadingContext,
  budget: Budget,
  problems: RosterProblem[],
): readonly Happening[] {
  try {
    return happenings(series, context.horizon, budget);
  } catch (error) {
    const [event] = [...series.masters, ...series.exceptions];
    const line = event?.repeats?.rules[0]?.line ?? event?.line;
    const message =
      error instanceof TooMany
        ? "the event repeats more often than any shift does"
        : `the rule cannot be read (${(error as Error).message})`;
    const todo = "mend its RRULE; the event was left out";
    const place = { file, ...(line === undefined ? {} : { line }), field: "RRULE" };
    problems.push({ ...place, message, todo, why: { code: "rule" } });
    return [];
  }
}

/** The times of one event without what is no shift; why it is none is a problem, told once. */
function shiftsOf(
  event: CalendarEvent,
  times: readonly Happening[],
  { isAway }: Summary,
  file: string,
  problems: RosterProblem[],
): readonly Occurrence[] {
  const shifts: Occurrence[] = [];
  let wrong: RosterProblem | undefined;
  for (const { occurrence } of times) {
    const problem = notAShift(event, occurrence, file, isAway);
    wrong ??= problem;
    if (problem === undefined && !isRest(event)) shifts.push(occurrence);
  }
  if (wrong !== undefined) problems.push(wrong);
  return shifts;
}

/** The morning after a night shift, drawn as a day: the rest after nights is policy. */
const isRest = (event: CalendarEvent): boolean => event.start.allDay && saysAfterNight(event.summary);

function notAShift(
  event: CalendarEvent,
  occurrence: Occurrence,
  file: string,
  leave: boolean,
): RosterProblem | undefined {
  const length = occurrence.end - occurrence.start;
  if (event.start.allDay && !leave && !isRest(event)) {
    return {
      file,
      line: event.lines.DTSTART,
      field: "DTSTART",
      message: `${quoted(event.summary)} is a whole day and does not say leave`,
      todo: "give the shift a start and an end time, or leave a word such as Leave or 休暇",
      why: { code: "whole-day", text: event.summary },
    };
  }
  const place = { file, line: event.lines.DTEND, field: "DTEND" };
  if (length <= 0) {
    const message = "the event does not end after its start";
    return { ...place, message, todo: "give it a DTEND or DURATION", why: { code: "order" } };
  }
  if (!leave && !event.start.allDay && length > LONGEST_SHIFT_HOURS * HOUR) {
    const message = `${Math.round(length / HOUR)} h is no shift (at most ${LONGEST_SHIFT_HOURS} h)`;
    return { ...place, message, todo: "write one event for each shift", why: { code: "too-long" } };
  }
  return undefined;
}
