import type { PersonId } from "../domain/person.ts";
import { HOUR } from "../domain/time.ts";
import { calendarEvent, Unreadable, type CalendarEvent } from "./icalendar/event.ts";
import { calendarLines, type CalendarLines } from "./icalendar/lines.ts";
import { TooMany, type Budget } from "./icalendar/occurrences.ts";
import { happenings, seriesOf, type Happening, type Series } from "./icalendar/series.ts";
import { zoneNames } from "./icalendar/zones.ts";
import { labelWithout } from "./label.ts";
import { sayer } from "./dialect.ts";
import { saysAfterNight, saysLeave } from "./leave.ts";
import { quoted, type Problem } from "./problem.ts";
import {
  LONGEST_SHIFT_HOURS,
  type RosterEntry,
  type RosterReader,
  type RosterText,
  type Site,
} from "./reader.ts";
import { whoIsWho, type WhoIsWho } from "./who.ts";

/** How many dates all rules of one file may make ical.js look at, about half a minute of work. */
const FILE_BUDGET = 1_000_000;

const NAME_IT = "write the person's id or full name in SUMMARY, or add an ATTENDEE with their e-mail";

/**
 * iCalendar (RFC 5545), one file for the site or one for a person. Who works is found by ATTENDEE, else by
 * SUMMARY. Timed events are duty; events whose summary says leave are absences; other all-day events are reported.
 */
export const icalendar: RosterReader = (source, site) => {
  const lines = calendarLines(source.file, source.text);
  if (!lines.isCalendar) {
    const message = "this is no calendar: it has no BEGIN:VCALENDAR";
    const todo = "export it as iCalendar (.ics); a sign-in page may have been saved in its place";
    return { entries: [], notUnderstood: [{ file: source.file, message, todo }], unreadable: true };
  }
  const problems: Problem[] = [...lines.problems];
  const reading = new Map<CalendarEvent, readonly PersonId[]>();
  const who = whoIsWho(site.people, source.aliases);
  const saysOff = sayer(source.off);
  const isLeaveText = remembered((text) => saysLeave(text) || saysOff(text));
  const isLeave = (event: CalendarEvent) => isLeaveText(event.summary);
  const byId = new Map(site.people.map((person) => [person.id, person]));
  const labelsOf = new Map<PersonId, (summary: string) => string>();
  const labels = (id: PersonId, summary: string): string => {
    const own = labelsOf.get(id) ?? remembered((text) => labelWithout(byId.get(id), text));
    labelsOf.set(id, own);
    return own(summary);
  };
  const budget: Budget = { steps: FILE_BUDGET };
  const entries: RosterEntry[] = [];

  for (const series of seriesOf(readEvents(source, lines, site, problems))) {
    for (const happening of happeningsOf(series, source, site, budget, isLeave, problems)) {
      const { event } = happening;
      let people = reading.get(event);
      if (people === undefined) {
        people = peopleOf(event, source, who, problems);
        reading.set(event, people);
      }
      const kind = isLeave(event) ? "absence" : "duty";
      for (const id of people) entries.push(entryOf(happening, id, labels(id, event.summary), kind));
    }
  }
  const incomplete = lines.isComplete ? {} : { incomplete: true as const };
  return { entries, notUnderstood: problems, ...incomplete };
};

function readEvents(source: RosterText, lines: CalendarLines, site: Site, problems: Problem[]) {
  const zones = zoneNames(lines.zones);
  return lines.events.flatMap((one): readonly CalendarEvent[] => {
    try {
      const event = calendarEvent(source.file, one, zones, site);
      return [lines.method === "CANCEL" ? { ...event, cancelled: true } : event];
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      problems.push(error.problem);
      return [];
    }
  });
}

type IsLeave = (event: CalendarEvent) => boolean;

function happeningsOf(
  series: Series,
  source: RosterText,
  site: Site,
  budget: Budget,
  isLeave: IsLeave,
  problems: Problem[],
) {
  const saysSkip = sayer(source.skip);
  const [event] = [...series.masters, ...series.exceptions];
  const line = event?.rules[0]?.line ?? event?.line;
  const at = line === undefined ? { file: source.file } : { file: source.file, line };
  try {
    const wrong = new Map<CalendarEvent, Problem>();
    const right = happenings(series, site.horizon, budget).filter((one) => {
      if (saysSkip(one.event.summary)) return false;
      const problem = notAShift(one, source.file, isLeave(one.event));
      if (problem !== undefined) wrong.set(one.event, problem);
      return problem === undefined && !isRest(one.event);
    });
    problems.push(...wrong.values());
    return right;
  } catch (error) {
    const many = error instanceof TooMany;
    const message = many
      ? "the event repeats more often than any shift does"
      : `the rule cannot be read (${(error as Error).message})`;
    problems.push({ ...at, field: "RRULE", message, todo: "mend its RRULE; the event was left out" });
    return [];
  }
}

/** A feed says the same few things thousands of times. */
function remembered<Result>(of: (text: string) => Result): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const found = of(text);
    known.set(text, found);
    return found;
  };
}

/** The morning after a night shift, drawn as a day: the rest after nights is policy. */
const isRest = (event: CalendarEvent): boolean => event.start.allDay && saysAfterNight(event.summary);

function notAShift({ event, occurrence }: Happening, file: string, leave: boolean): Problem | undefined {
  const place = (field: string) => ({ file, line: event.lineOf(field), field });
  if (event.start.allDay && !leave && !isRest(event)) {
    const message = `${quoted(event.summary)} is a whole day and does not say leave`;
    return {
      ...place("DTSTART"),
      message,
      todo: "give the shift a start and an end time, or leave a word such as Leave or 休暇",
    };
  }
  const length = occurrence.end - occurrence.start;
  if (length <= 0) {
    return {
      ...place("DTEND"),
      message: "the event does not end after its start",
      todo: "give it a DTEND or DURATION",
    };
  }
  if (!leave && !event.start.allDay && length > LONGEST_SHIFT_HOURS * HOUR) {
    const message = `${Math.round(length / HOUR)} h is no shift (at most ${LONGEST_SHIFT_HOURS} h)`;
    return { ...place("DTEND"), message, todo: "write one event for each shift" };
  }
  return undefined;
}

/** Nobody is a problem; so is each guest whom nobody knows. */
function peopleOf(
  event: CalendarEvent,
  source: RosterText,
  who: WhoIsWho,
  problems: Problem[],
): readonly PersonId[] {
  if (source.person !== undefined) return [source.person];
  const place = (field: string) => ({ file: source.file, line: event.lineOf(field), field });

  const invited = event.attendees.map((one) => {
    const person = who.byMail(one.mail);
    return person === undefined ? who.named(one.name === "" ? one.mail : one.name) : { person };
  });
  const people = new Set(invited.flatMap((found) => ("person" in found ? [found.person.id] : [])));
  if (people.size === 0) {
    const found = who.listed(event.summary);
    for (const message of found.unclear) problems.push({ ...place("SUMMARY"), message, todo: NAME_IT });
    if (found.people.length === 0 && found.unclear.length === 0) {
      const message =
        event.summary === ""
          ? "the event names nobody"
          : `${quoted(event.summary)} names nobody of people.csv`;
      problems.push({ ...place("SUMMARY"), message, todo: NAME_IT });
    }
    return found.people.map((person) => person.id);
  }
  for (const found of invited) {
    if ("message" in found) problems.push({ ...place("ATTENDEE"), message: found.message, todo: NAME_IT });
  }
  return [...people];
}

function entryOf(
  { event, occurrence }: Happening,
  id: PersonId,
  label: string,
  kind: RosterEntry["kind"],
): RosterEntry {
  const repeats = event.rules.length + event.added.length > 0 || event.replaces !== undefined;
  const uid = repeats ? `${event.uid}/${new Date(occurrence.original).toISOString()}` : event.uid;
  return {
    kind,
    person: id,
    start: occurrence.start,
    end: occurrence.end,
    label,
    ...(event.uid === "" ? {} : { uid }),
  };
}
