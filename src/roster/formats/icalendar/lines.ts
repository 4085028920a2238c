import { quoted, type RosterProblem } from "../../text/problem.ts";
import { remembered } from "../../change/remembered.ts";
import { ContentLines } from "./content-lines.ts";

/** The properties that say who works when, and which of two events counts. No other is even cut out of the text. */
const USED = [
  "ATTENDEE",
  "DTEND",
  "DTSTAMP",
  "DTSTART",
  "DURATION",
  "EXDATE",
  "LAST-MODIFIED",
  "RDATE",
  "RECURRENCE-ID",
  "RRULE",
  "SEQUENCE",
  "STATUS",
  "SUMMARY",
  "UID",
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
}

/** A calendar without its events. */
export interface Outline {
  readonly method: string;
  readonly isCalendar: boolean;
  /** Its END:VCALENDAR is there: the file was not cut short. */
  readonly isComplete: boolean;
}

interface Begun {
  readonly name: string;
  readonly line: number;
}

/**
 * Hands out a calendar's events one by one, so that none of its text is kept longer than one event needs. ical.js
 * is not asked to parse the file: it forgets line numbers, and one bad line would cost the whole roster.
 */
export function eachEvent(
  file: string,
  text: string,
  problems: RosterProblem[],
  use: (event: EventLines) => void,
): Outline {
  const used = remembered((name) => USED.find((one) => one === name.toUpperCase()));
  const edge = remembered((name) => EDGES.find((one) => one === name.toUpperCase()));
  const component = remembered((rest) => rest.slice(1).trim().toUpperCase());
  const open: Begun[] = [];
  /** How many of each name are open: an END that matches none is passed over without a search. */
  const counts = new Map<string, number>();
  let method = "";
  let isCalendar = false;
  let properties: Property[] = [];
  let isBroken = false;

  const end = (name: string) => {
    const inside = open.at(-1);
    if ((counts.get(name) ?? 0) === 0) return;
    for (let begun = open.pop(); begun !== undefined; begun = open.pop()) {
      counts.set(begun.name, counts.get(begun.name)! - 1);
      if (begun.name === name) break;
      problems.push(notEnded(file, begun));
    }
    if (name === "VEVENT" && inside?.name === name && !isBroken) use({ line: inside.line, properties });
  };

  for (const line = new ContentLines(text); line.next();) {
    const name = line.name();
    const where = open.at(-1)?.name;
    const isEdge = name === undefined ? undefined : edge(name);
    if (isEdge === "BEGIN") {
      const begun = component(line.rest());
      open.push({ name: begun, line: line.number });
      counts.set(begun, (counts.get(begun) ?? 0) + 1);
      isCalendar ||= begun === "VCALENDAR";
      if (begun === "VEVENT") [properties, isBroken] = [[], false];
    } else if (isEdge === "END") {
      end(component(line.rest()));
    } else if (where === "VEVENT" && name === undefined) {
      isBroken = true;
      problems.push(noProperty(file, line));
    } else if (where === "VEVENT") {
      const known = used(name!);
      if (known !== undefined) properties.push({ name: known, text: line.rest(), line: line.number });
    } else if (where === "VCALENDAR" && name?.toUpperCase() === "METHOD") {
      method = component(line.rest());
    }
  }
  for (const lost of open) problems.push(notEnded(file, lost));
  const isComplete = !open.some((one) => one.name === "VCALENDAR");
  return { method, isCalendar, isComplete };
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
    message: `${quoted(text)} cannot be read (it has no name and ":")`,
    todo: "mend the line; its event was left out",
    why: { code: "broken-line" },
  };
}
