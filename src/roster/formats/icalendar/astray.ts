import { quoted, type RosterProblem } from "../../text/problem.ts";
import type { CalendarEvent } from "./event.ts";
import type { Excluded } from "./repetition.ts";

/** What does not fit the rest of its series. */
export type Astray =
  /** A cancellation, an override or an exclusion that meets no occurrence. */
  | { readonly kind: "cancels-nothing" | "replaces-nothing"; readonly event: CalendarEvent }
  | { readonly kind: "excludes-nothing"; readonly event: CalendarEvent; readonly excluded: Excluded }
  /** Its start is none of its own rule's, and perhaps its other days are others, too. */
  | { readonly kind: "start-astray"; readonly event: CalendarEvent; readonly isAlone: boolean }
  /** It changes an occurrence of a series that was taken back. */
  | { readonly kind: "orphan"; readonly event: CalendarEvent }
  /** An earlier revision at another time, left out; or perhaps another shift, read. */
  | { readonly kind: "older" | "two-shifts"; readonly event: CalendarEvent; readonly than: CalendarEvent };

const TELL = "look at that day in the calendar, and export it again or tell whoever publishes it";

/** What does not fit its series, as a problem with its place. */
export function astrayProblem(file: string, one: Astray): RosterProblem {
  const text = one.event.summary;
  const name = quoted(text === "" ? one.event.uid : text);
  const line = one.kind === "excludes-nothing" ? one.excluded.line : one.event.line;
  const nothing = { code: "meets-nothing", text } as const;
  const twice = { code: "two-readings", text } as const;
  switch (one.kind) {
    case "cancels-nothing": {
      const message = `what takes back ${name} meets no shift at its moment; one of the same day is left out`;
      return { file, line, field: "RECURRENCE-ID", message, todo: TELL, why: nothing };
    }
    case "replaces-nothing": {
      const message = `${name} replaces a shift that its series does not have; where it has one on that day both are left out`;
      return { file, line, field: "RECURRENCE-ID", message, todo: TELL, why: nothing };
    }
    case "excludes-nothing": {
      const message = `a date that is taken out of ${name} is none of its dates for sure; a shift of the same day is left out`;
      return { file, line, field: "EXDATE", message, todo: TELL, why: nothing };
    }
    case "start-astray": {
      const left = one.isAlone
        ? "that day is left out"
        : "the rule's days may be those of another zone, so all of it is left out";
      const message = `the first day of ${name} is none of its own rule; ${left}`;
      return { file, line, field: "RRULE", message, todo: TELL, why: twice };
    }
    case "orphan": {
      const message = `${name} is one day of a series that was taken back; it is left out`;
      return { file, line, field: "RECURRENCE-ID", message, todo: TELL, why: twice };
    }
    case "older": {
      const message = `${name} is at another time than line ${one.than.line}, with the same UID and a lower SEQUENCE; it is left out`;
      return { file, line, field: "SEQUENCE", message, todo: TELL, why: twice };
    }
    case "two-shifts": {
      const message = `${name} is on another day than line ${one.than.line}, with the same UID and a lower SEQUENCE; both are read`;
      return { file, line, field: "SEQUENCE", message, todo: TELL, why: twice };
    }
    default:
      return one satisfies never;
  }
}
