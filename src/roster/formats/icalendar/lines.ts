import { quoted, type RosterProblem } from "../../text/problem.ts";
import { remembered } from "../../text/remembered.ts";
import { ContentLines } from "./content-lines.ts";

/** The properties that say who works when, and which of two events counts. No other is even cut out of the text. */
const USED = [
  "ATTENDEE",
  "DTEND",
  "DTSTAMP",
  "DTSTART",
  "DURATION",
  "EXDATE",
  "EXRULE",
  "LAST-MODIFIED",
  "RDATE",
  "RECURRENCE-ID",
  "RRULE",
  "SEQUENCE",
  "STATUS",
  "SUMMARY",
  "TZID",
  "UID",
  "X-FUNAMBOL-ALLDAY",
  "X-MICROSOFT-CDO-ALLDAYEVENT",
  "X-MICROSOFT-CDO-BUSYSTATUS",
  "X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT",
] as const;
export type PropertyName = (typeof USED)[number];

/** One property of an event, unfolded but not yet read, with the line it began on. */
export interface Property {
  readonly name: PropertyName;
  /** All after the name, from its ":" or ";" on. */
  readonly text: string;
  readonly line: number;
}

/** One VEVENT with its own properties (those of alarms inside it are dropped). */
export interface EventLines {
  readonly line: number;
  readonly properties: readonly Property[];
  readonly calendar: CalendarLines;
}

/** What one VCALENDAR says of all its events; a file may have several. */
export interface CalendarLines {
  readonly line: number;
  method: string;
  version: string;
  /** The zones that it names for times without one. */
  readonly zones: string[];
}

/** A file without its events. */
export interface Outline {
  readonly calendars: readonly CalendarLines[];
  /** Where each VEVENT begins, also those that are broken. */
  readonly begun: readonly number[];
  readonly isCalendar: boolean;
  /** Its END:VCALENDAR is there: the file was not cut short. */
  readonly isComplete: boolean;
  /** What a calendar says of all its events stands below some of them, which were handed out without it. */
  readonly isLate: boolean;
}

interface Begun {
  readonly name: string;
  readonly line: number;
}

/**
 * Hands out a calendar's events one by one, so that none of its text is kept longer than one event needs. ical.js
 * is not asked to parse the file: it forgets line numbers, and one bad line would cost the whole roster.
 * @param heads what each calendar says of all its events, where that is known already
 */
export function eachEvent(
  file: string,
  text: string,
  problems: RosterProblem[],
  use: (event: EventLines) => void,
  heads?: readonly CalendarLines[],
): Outline {
  const [used, edge] = [oneOf(USED), oneOf(EDGES)];
  const component = remembered((rest) => rest.slice(1).trim().toUpperCase());
  const open = new OpenComponents((lost) => problems.push(notEnded(file, lost)));
  const calendars: CalendarLines[] = [];
  const all: number[] = [];
  let calendar = newCalendar(0);
  let [isCalendar, isLate] = [false, false];
  let properties: Property[] = [];
  let isBroken = false;
  /** The line before says who works when: what stands below it belongs to it. */
  let isOfUse = false;

  const end = (name: string) => {
    const inside = open.innermost();
    open.end(name);
    if (name === "VEVENT" && inside?.name === name && !isBroken)
      use({ line: inside.line, properties, calendar });
  };

  for (const line = new ContentLines(text); line.next();) {
    const name = line.name();
    const where = open.innermost()?.name;
    const isEdge = name === undefined ? undefined : edge(name);
    if (isEdge === "BEGIN") {
      const begun = component(line.rest());
      open.begin(begun, line.number);
      isCalendar ||= begun === "VCALENDAR";
      if (begun === "VCALENDAR") {
        calendar = heads?.[calendars.length] ?? newCalendar(line.number);
        calendars.push(calendar);
      }
      if (begun === "VEVENT") all.push(line.number);
      if (begun === "VEVENT") [properties, isBroken, isOfUse] = [[], false, true];
    } else if (isEdge === "END") {
      end(component(line.rest()));
    } else if (where === "VEVENT" && name === undefined) {
      // The second line of a LOCATION that was not escaped decides nothing.
      if (!isOfUse) continue;
      isBroken = true;
      problems.push(noProperty(file, line));
    } else if (where === "VEVENT") {
      const known = used(name!);
      isOfUse = known !== undefined;
      if (known !== undefined) properties.push({ name: known, text: line.rest(), line: line.number });
    } else if (where === "VCALENDAR" && name !== undefined && heads === undefined) {
      if (said(calendar, name.toUpperCase(), line)) isLate ||= (all.at(-1) ?? 0) > calendar.line;
    }
  }
  const isComplete = !open.has("VCALENDAR");
  open.endAll();
  return { calendars, begun: all, isCalendar, isComplete, isLate };
}

const oneOf = <Name extends string>(names: readonly Name[]) =>
  remembered((name) => names.find((one) => one === name.toUpperCase()));

/** What has begun and not ended yet, the innermost last. */
class OpenComponents {
  readonly #begun: Begun[] = [];
  /** How many of each name: an END that matches none is passed over without a search. */
  readonly #counts = new Map<string, number>();
  readonly #notEnded: (lost: Begun) => void;

  constructor(notEnded: (lost: Begun) => void) {
    this.#notEnded = notEnded;
  }

  innermost(): Begun | undefined {
    return this.#begun.at(-1);
  }

  has(name: string): boolean {
    return (this.#counts.get(name) ?? 0) > 0;
  }

  begin(name: string, line: number): void {
    this.#begun.push({ name, line });
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  /** Ends the last one of this name; what began inside it has no end. */
  end(name: string): void {
    if (!this.has(name)) return;
    for (let begun = this.#begun.pop(); begun !== undefined; begun = this.#begun.pop()) {
      this.#counts.set(begun.name, this.#counts.get(begun.name)! - 1);
      if (begun.name === name) return;
      this.#notEnded(begun);
    }
  }

  /** The file is over: what is still open has no end. */
  endAll(): void {
    for (const begun of this.#begun) this.#notEnded(begun);
  }
}

const newCalendar = (line: number): CalendarLines => ({ line, method: "", version: "", zones: [] });

const ZONE_NAMES: ReadonlySet<string> = new Set(["X-WR-TIMEZONE", "TZID", "TIMEZONE-ID"]);

/** Keeps what decides how events are read; false for anything else. */
function said(calendar: CalendarLines, name: string, line: ContentLines): boolean {
  const value = () => {
    const rest = line.rest();
    return rest.slice(rest.indexOf(":") + 1).trim();
  };
  if (name === "METHOD") calendar.method = value().toUpperCase();
  else if (name === "VERSION") calendar.version = value();
  else if (!ZONE_NAMES.has(name) || value() === "") return false;
  else calendar.zones.push(value());
  return true;
}

const EDGES = ["BEGIN", "END"] as const;

const notEnded = (file: string, begun: Begun): RosterProblem => ({
  file,
  line: begun.line,
  message: `BEGIN:${begun.name} has no END:${begun.name}`,
  todo: "export the calendar again; what it began was left out",
  why: { code: "cut-short" },
});

function noProperty(file: string, line: ContentLines): RosterProblem {
  const text = line.whole();
  return {
    file,
    line: line.number,
    field: /^[\w-]*/.exec(text)?.[0].toUpperCase() ?? "",
    message: `${quoted(text)} has no name and ":", so it is no line of a calendar`,
    todo: "export the calendar again, or tell whoever publishes it; the event was left out",
    why: { code: "broken-line" },
  };
}
