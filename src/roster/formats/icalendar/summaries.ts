import type { PersonId } from "#src/domain/person.ts";
import { awayReader, saysTakenBack, type AwayWords } from "../../text/duties/away.ts";
import { sayer } from "../../text/dialect.ts";
import { labelWithout } from "../../text/duties/label.ts";
import type { RosterText, ReadingContext } from "../../text/reader.ts";
import { remembered } from "../../text/remembered.ts";
import { sureOf } from "../../text/tentative.ts";
import { hoursReader } from "../../text/duties/spoken-hours.ts";
import type { WhoIsWho } from "../../text/people/who.ts";
import type { Occurrence } from "./occurrence.ts";

/** What the summary of an event says. */
export interface Summary {
  readonly text: string;
  readonly away: AwayWords;
  /** Neither duty nor leave. */
  readonly isSkipped: boolean;
  /** "Canceled: ED Day", as Outlook writes it, also where the event's status is another. */
  readonly isTakenBack: boolean;
  /** "Night 19:00-07:00" at another time of the day. */
  saysOtherHours(shift: Occurrence): boolean;
  /** It has a word of `duty`. */
  readonly isStatedDuty: boolean;
  /** Everybody whom it names. */
  named(): ReturnType<WhoIsWho["listed"]>;
  /** The shift's name: what is left of the text once this person's is taken out. */
  labelFor(id: PersonId): string;
}

/** Reads each summary once: a feed has a few of them, thousands of times. */
export function summaryReader(
  source: RosterText,
  context: ReadingContext,
  who: WhoIsWho,
): (text: string) => Summary {
  const labels = new Map(
    context.people.map((one) => [one.id, remembered((text) => labelWithout(one, text))] as const),
  );
  const awayOf = awayReader(source, who);
  const [saysSkip, saysDuty] = [sayer(source.skip), sayer(source.duty)];
  const saysOtherHours = hoursReader(source, context.zone);
  return remembered((text): Summary => {
    let named: ReturnType<WhoIsWho["listed"]> | undefined;
    return {
      text,
      away: awayOf(text),
      isSkipped: saysSkip(text),
      isStatedDuty: saysDuty(text),
      isTakenBack: saysTakenBack(text),
      saysOtherHours: (shift) => saysOtherHours(text, shift),
      // Where such a shift is said to be duty, whom it names is on duty for sure.
      named: () => (named ??= who.listed(saysDuty(text) ? sureOf(text) : text)),
      labelFor: (id) => labels.get(id)?.(text) ?? text,
    };
  });
}
