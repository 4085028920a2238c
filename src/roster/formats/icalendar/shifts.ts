import { HOUR } from "#src/domain/time.ts";
import { takenBack, unclearAway, unclearDay } from "../../text/duties/away.ts";
import { quoted, type RosterProblem } from "../../text/problem.ts";
import { LONGEST_SHIFT_HOURS, type RosterText } from "../../text/reader.ts";
import { otherHours } from "../../text/duties/spoken-hours.ts";
import type { CalendarEvent } from "./event.ts";
import type { Occurrence } from "./occurrence.ts";
import type { Happening } from "./series.ts";
import type { Summary } from "./summaries.ts";

/** The times of one event without what is no shift; why it is none is a problem, told once. */
export function shiftsOf(
  event: CalendarEvent,
  times: readonly Happening[],
  summary: Summary,
  { file, tentative, person }: Pick<RosterText, "file" | "tentative" | "person">,
  problems: RosterProblem[],
): readonly Occurrence[] {
  const shifts: Occurrence[] = [];
  let wrong: RosterProblem | undefined;
  for (const { occurrence } of times) {
    const isDoubt = event.isTentative && tentative !== "duty";
    const problem = isDoubt
      ? onlyTentative(event, file, summary)
      : notAShift(event, occurrence, file, summary);
    wrong ??= problem;
    const isNothing = isRest(event, summary) || (person !== undefined && isAvailable(summary));
    if (problem === undefined && !isNothing) shifts.push(occurrence);
  }
  if (wrong !== undefined) problems.push(wrong);
  return shifts;
}

/** Leave, and not duty. */
export const isAway = (event: CalendarEvent, summary: Summary): boolean => awayOf(event, summary) === "yes";

const awayOf = ({ start }: CalendarEvent, { away }: Summary) => (start.allDay ? away.wholeDay : away.timed);

/** The morning after a night shift, drawn as a day: the rest after nights is policy. */
const isRest = (event: CalendarEvent, summary: Summary): boolean => awayOf(event, summary) === "rest";

/** What Outlook calls a time in a calendar that it publishes without details. */
const isAvailable = ({ text }: Summary): boolean => FREE_OR_AWAY.test(text.normalize("NFKC").trim());

const FREE_OR_AWAY = /^(?:free|available|away|空き時間|空き|空いています|外出中|退席中)$/iu;

/** "Working elsewhere" is neither duty here nor leave for sure. */
const ELSEWHERE = /^(?:working elsewhere|他の場所で(?:勤務|作業)中?)$/iu;

const elsewhere = (text: string): Pick<RosterProblem, "message" | "todo" | "why"> => ({
  message: `Outlook shows ${quoted(text)} as out of office or somewhere else, and it may be duty or time off`,
  todo: "show it as busy if it is duty, or list its words under `duty` in program.yaml; write the word for leave if it is time off",
  why: { code: "two-readings", text },
});

const onlyTentative = (event: CalendarEvent, file: string, { text }: Summary): RosterProblem => ({
  file,
  line: event.line,
  field: "STATUS",
  message: `the calendar calls ${quoted(text)} tentative`,
  todo: "confirm it in the calendar; where it calls everything tentative, add `tentative: duty` (or `skip`) in program.yaml",
  why: { code: "tentative", text },
});

function notAShift(
  event: CalendarEvent,
  occurrence: Occurrence,
  file: string,
  summary: Summary,
): RosterProblem | undefined {
  const { text } = summary;
  const away = awayOf(event, summary);
  const atStart = { file, line: event.lines.DTSTART, field: "DTSTART" };
  const atSummary = { file, line: event.lines.SUMMARY, field: "SUMMARY" };
  if (summary.isTakenBack) return { ...atSummary, ...takenBack(text) };
  if (event.start.allDay && (away === "no" || away === "unclear")) {
    return { ...atStart, ...unclearDay(text) };
  }
  if (away === "unclear") return { ...atSummary, ...unclearAway(text) };
  const isOut = (event.isElsewhere && !isAvailable(summary)) || ELSEWHERE.test(text.normalize("NFKC").trim());
  if (away === "no" && isOut && !summary.isStatedDuty) return { ...atSummary, ...elsewhere(text) };
  if (away === "no" && summary.saysOtherHours(occurrence)) return { ...atSummary, ...otherHours(text) };
  const length = occurrence.end - occurrence.start;
  const place = { file, line: event.lines.DTEND, field: "DTEND" };
  if (length <= 0) {
    const message = "the event does not end after its start";
    return { ...place, message, todo: "give it a DTEND or DURATION", why: { code: "order" } };
  }
  if (away === "no" && !event.start.allDay && length > LONGEST_SHIFT_HOURS * HOUR) {
    const message = `${Math.round(length / HOUR)} h is no shift (at most ${LONGEST_SHIFT_HOURS} h)`;
    return { ...place, message, todo: "write one event for each shift", why: { code: "too-long" } };
  }
  return undefined;
}
