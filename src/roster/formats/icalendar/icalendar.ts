import { astrayProblem } from "./astray.ts";
import { calendarEvent, placeholder, type CalendarEvent } from "./event.ts";
import { fatesOf } from "./fates.ts";
import { eachEvent, type CalendarLines, type EventLines } from "./lines.ts";
import type { Span } from "./occurrence.ts";
import { TooMany, type Budget } from "./occurrences.ts";
import { noRoster } from "./no-roster.ts";
import { peopleReader } from "./people.ts";
import { seriesOf, type Series } from "./revisions.ts";
import { happenings, type Happening } from "./series.ts";
import { isAway, shiftsOf } from "./shifts.ts";
import { summaryReader } from "./summaries.ts";
import { Unreadable, valuesOf, type Values } from "./values.ts";
import { ZonesDiffer, zoneNames } from "./zones.ts";
import { actingReader } from "../../text/duties/acting.ts";
import { quoted, type RosterProblem } from "../../text/problem.ts";
import type { RosterEntry, RosterReader, RosterText, ReadingContext } from "../../text/reader.ts";
import type { Wrong } from "../../text/tables/row-times.ts";
import { inZone } from "../../text/dates/wall.ts";
import { whoIsWho } from "../../text/people/who.ts";

/** How many dates all rules of one file may make ical.js look at, about three seconds of work. */
const FILE_BUDGET = 200_000;

/**
 * iCalendar (RFC 5545), one file for the program or one for a person. Who works is said by ATTENDEE and SUMMARY
 * together. Timed events are duty; events whose summary says leave are absences; other all-day events are reported.
 */
export const icalendar: RosterReader = (source, context) => {
  const problems: RosterProblem[] = [];
  const { events, unread, refused, isCalendar, isNoRoster, begun, isComplete } = readEvents(
    source,
    context,
    problems,
  );
  if (!isCalendar || isNoRoster) {
    const notUnderstood = isNoRoster ? problems : [noCalendar(source.file)];
    const accounts = fatesOf(notUnderstood, context.inFull, refused).accounts(begun);
    return { entries: [], notUnderstood, accounts, unreadable: true };
  }
  const who = whoIsWho(context.people, source.aliases);
  const peopleOf = peopleReader(source, who, problems);
  const summaryOf = summaryReader(source, context, who);
  const actsAs = actingReader(source, context.people);
  const budget: Budget = { steps: FILE_BUDGET };
  const entries: RosterEntry[] = [];

  const fates = fatesOf(problems, context.inFull, refused);
  const span = { ...context.horizon, local: inZone(context.zone) };

  for (const series of seriesOf(events)) {
    const before = problems.length;
    const found = happeningsOf(series, source.file, span, budget, problems);
    const isDoubtful = problems.length > before;
    for (const [event, times] of found.length < 2 ? singly(found) : Map.groupBy(found, eventOf)) {
      const summary = summaryOf(event.summary);
      const known = problems.length;
      const isSkipped = summary.isSkipped || (event.isTentative && source.tentative === "skip");
      if (isSkipped) fates.gone(event, known, "skip");
      if (isSkipped) continue;
      const shifts = shiftsOf(event, times, summary, source, problems);
      const people = shifts.length === 0 ? [] : peopleOf(event, summary);
      if (people.length === 0) fates.gone(event, known, "nothing");
      const kind = isAway(event, summary) ? "absence" : "duty";
      const own = people.flatMap((person) => {
        const label = summary.labelFor(person);
        const stay = actsAs(kind, person, label);
        if (stay !== undefined && "message" in stay) problems.push(roleProblem(source.file, event, stay));
        if (stay === undefined || "message" in stay) return [];
        return shifts.map(({ start, end }): RosterEntry => ({ ...stay, person, start, end, label }));
      });
      for (const entry of own) entries.push(entry);
      if (own.length > 0) fates.read(event, own);
      else if (people.length > 0) fates.gone(event, known, "coordinator");
    }
    const isChanged = series.members.length > 1;
    for (const event of series.members.filter((one) => !unread.has(one)))
      fates.gone(
        event,
        isDoubtful ? before : problems.length,
        isChanged || event.cancelled ? "cancelled" : "outside",
      );
  }
  const incomplete = isComplete ? {} : { incomplete: true as const };
  return { entries, notUnderstood: problems, accounts: fates.accounts(begun), ...incomplete };
};

const roleProblem = (file: string, { lines }: CalendarEvent, wrong: Wrong): RosterProblem => ({
  file,
  line: lines.SUMMARY,
  ...wrong,
  field: "SUMMARY",
});

const eventOf = (one: Happening): CalendarEvent => one.event;

const singly = (found: readonly Happening[]) => found.map((one) => [one.event, found] as const);

function noCalendar(file: string): RosterProblem {
  const message = "this is no calendar: it has no BEGIN:VCALENDAR";
  const todo = "export it as iCalendar (.ics); a sign-in page may have been saved in its place";
  return { file, message, todo, why: { code: "not-a-roster" } };
}

function readEvents(source: RosterText, context: ReadingContext, problems: RosterProblem[]) {
  const { file } = source;
  const zones = zoneNames(source.text, context);
  /** @param heads all that the calendars say of their events; without it, what stands above each event counts */
  const pass = (heads?: readonly CalendarLines[]) => {
    const known = new Map<CalendarLines, Values>();
    const valuesIn = (head: CalendarLines): Values => {
      let values = known.get(head);
      if (values === undefined) known.set(head, (values = valuesOf(file, zones, context, head.zones)));
      return values;
    };
    const events: CalendarEvent[] = [];
    /** Events of calendars that are no roster, by their lines, with the reason. */
    const refused = new Map<number, string>();
    const unread = new Set<CalendarEvent>();
    const found: RosterProblem[] = [];
    const outline = eachEvent(
      file,
      source.text,
      found,
      (lines) => {
        const reason = noRoster(file, lines.calendar);
        if (reason !== undefined) refused.set(lines.line, reason.message);
        else events.push(...eventsOf(file, lines, valuesIn(lines.calendar), found, unread));
      },
      heads,
    );
    return { outline, events, refused, unread, found };
  };
  const first = pass();
  const whole = first.outline.isLate ? pass(first.outline.calendars) : first;
  const { outline, events, refused, unread, found } = whole;
  const reasons = outline.calendars.flatMap((calendar) => noRoster(file, calendar) ?? []);
  // A thousand answers in one file are one thing to mend.
  const told = Map.groupBy(reasons, ({ message }) => message).values();
  problems.push(...[...told].map(([first]) => first!));
  const isNoRoster = reasons.length > 0 && reasons.length === outline.calendars.length;
  if (!isNoRoster) problems.push(...found);
  return { ...outline, events, unread, refused, isNoRoster };
}

/** The event; when it cannot be read, what takes the place of the occurrence that it replaces. */
function eventsOf(
  file: string,
  lines: EventLines,
  values: Values,
  problems: RosterProblem[],
  unread: Set<CalendarEvent>,
): readonly CalendarEvent[] {
  try {
    return [calendarEvent(file, lines, values)];
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    problems.push(error.problem);
    const instead = placeholder(lines, values);
    if (instead === undefined) return [];
    unread.add(instead);
    return [instead];
  }
}

/** When a series takes place; why nobody can tell, and what does not fit it, are problems. */
function happeningsOf(
  series: Series,
  file: string,
  span: Span,
  budget: Budget,
  problems: RosterProblem[],
): readonly Happening[] {
  try {
    const found = happenings(series, span, budget);
    problems.push(...found.astray.map((one) => astrayProblem(file, one)));
    return found.happenings;
  } catch (error) {
    problems.push(noSeries(series, file, error));
    return [];
  }
}

function noSeries(series: Series, file: string, error: unknown): RosterProblem {
  const [event] = [...series.masters, ...series.exceptions];
  const rule = event?.repeats?.rules[0] ?? event?.repeats?.exceptRules[0];
  const line = rule?.line ?? event?.line;
  const place = { file, ...(line === undefined ? {} : { line }), field: "RRULE" };
  if (error instanceof ZonesDiffer) {
    const why = { code: "zone", text: error.zone } as const;
    return { ...place, message: error.message, todo: error.todo, why };
  }
  const message =
    error instanceof TooMany
      ? "the event repeats more often than any shift does"
      : `${quoted(rule?.text ?? "")} is no rule that days can be counted by`;
  const todo = "export the calendar again, or tell whoever publishes it; the event was left out";
  return { ...place, message, todo, why: { code: "rule" } };
}
