import type { Person } from "#src/domain/person.ts";
import { saysTakenBack, type Away, type AwayWords } from "../../text/duties/away.ts";
import { notesChange } from "../../text/duties/noted.ts";
import { sayer } from "../../text/dialect.ts";
import { quoted } from "../../text/problem.ts";
import type { RosterText } from "../../text/reader.ts";
import type { Times, Wrong } from "../../text/tables/row-times.ts";
import type { WhoIsWho } from "../../text/people/who.ts";
import { saysTentative } from "../../text/tentative.ts";

/* Report 625c has a note and a type beside each assignment. */

/** What stands beside an assignment; "" where the report has no such column. */
export interface Beside {
  readonly note: string;
  readonly type: string;
}

/** A type that says leave, and an assignment that is short for it: "VAC", of the type Vacation. */
export function isLeaveByType(label: string, type: string, awayOf: (text: string) => AwayWords): boolean {
  const short = label.normalize("NFKC").trim().toLowerCase();
  return (
    short.length > 1 && awayOf(type).timed === "yes" && type.normalize("NFKC").toLowerCase().startsWith(short)
  );
}

/**
 * Tells why a note or a type makes an assignment doubtful: it names who works instead, a part of the hours, leave, or that it is
 * not sure. What `duty` of program.yaml lists is no doubt.
 */
export function besideReader(
  source: RosterText,
  who: WhoIsWho,
  awayOf: (text: string) => AwayWords,
  saysOtherHours: (text: string, times: Times) => boolean,
): (beside: Beside, away: Away, person: Person | undefined, times: Times | undefined) => readonly Wrong[] {
  const saysDuty = sayer(source.duty);
  const isOpen = (text: string) => saysTakenBack(text) || saysTentative(text);
  return ({ note, type }, away, person, times) => {
    const isDoubtful = (text: string) =>
      text !== "" &&
      !saysDuty(text) &&
      (isOpen(text) || (away === "no" && (awayOf(text).timed === "yes" || awayOf(text).timed === "unclear")));
    const isOther = (text: string) =>
      notesChange(text) ||
      text.includes("変更") ||
      (person !== undefined && who.givenAway(text, person)) ||
      (times !== undefined && saysOtherHours(text, times));
    const noteIs = isDoubtful(note) || (away === "no" && !saysDuty(note) && isOther(note.normalize("NFKC")));
    return [
      ...(noteIs ? [doubtful("note", note)] : []),
      ...(isDoubtful(type) ? [doubtful("type", type)] : []),
    ];
  };
}

const doubtful = (field: keyof Beside, text: string): Wrong => ({
  field,
  message: `${quoted(text)} stands beside the assignment, and may change who works it, when, or whether`,
  todo: "write it into the assignment, its hours or its name in Amion, and take it out there; or list its words under `duty` in program.yaml",
  why: { code: "two-readings", text },
});
