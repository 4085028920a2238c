import type { RosterProblem } from "../../text/problem.ts";
import type { CalendarLines } from "./lines.ts";

/**
 * What people and programs write to each other about an event (RFC 5546, 1.4): an answer to an invitation, another time
 * that somebody proposes, no to it, a request for the newest copy. Whoever plans has said none of it.
 */
const LETTERS: Readonly<Record<string, string>> = {
  REPLY: "somebody's answer to an invitation",
  COUNTER: "another time that somebody proposes",
  DECLINECOUNTER: "the answer to a proposal",
  REFRESH: "a request for the newest copy",
};

/** Why a calendar is none that says who works when; undefined for a roster. */
export function noRoster(file: string, { line, method, version }: CalendarLines): RosterProblem | undefined {
  const why = { code: "not-a-roster" } as const;
  if (version === "1.0") {
    const message =
      "this is vCalendar 1.0, which is older than iCalendar and writes repeats and texts in other ways";
    return { file, line, field: "VERSION", message, todo: "export it as iCalendar 2.0 (.ics)", why };
  }
  const letter = LETTERS[method];
  if (letter === undefined) return undefined;
  const message = `METHOD:${method} is ${letter}, and no roster`;
  const todo = "export the calendar itself (.ics), or take this part out; its events were left out";
  return { file, line, field: "METHOD", message, todo, why };
}
