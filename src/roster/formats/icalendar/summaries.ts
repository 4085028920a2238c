import type { PersonId } from "#src/domain/person.ts";
import { sayer } from "../../text/dialect.ts";
import { labelWithout } from "../../text/label.ts";
import { saysAfterNight, saysDutyToo, saysLeave, saysOnlyLeave } from "../../text/leave.ts";
import type { RosterText, ReadingContext } from "../../text/reader.ts";
import { remembered } from "../../change/remembered.ts";
import type { WhoIsWho } from "../../text/who.ts";

/** What the summary of an event says. */
export interface Summary {
  readonly text: string;
  /**
   * Is it leave, or another word for time off? Words of leave beside others are a doubt: "Sick Call" with hours is
   * no sick leave, and "Holiday Day Shift" without hours neither. The morning after a night is nothing of its own.
   */
  readonly away: Readonly<Record<"timed" | "wholeDay", Away>>;
  /** Neither duty nor leave. */
  readonly isSkipped: boolean;
  /** "Canceled: ED Day", as Outlook writes it, also where the event's status is another. */
  readonly isTakenBack: boolean;
  /** Everybody whom it names. */
  named(): ReturnType<WhoIsWho["listed"]>;
  /** The shift's name: what is left of the text once this person's is taken out. */
  labelFor(id: PersonId): string;
}

export type Away = "yes" | "no" | "unclear" | "rest";

/** Reads each summary once: a feed has a few of them, thousands of times. */
export function summaryReader(
  source: RosterText,
  context: ReadingContext,
  who: WhoIsWho,
): (text: string) => Summary {
  const labels = new Map(
    context.people.map((one) => [one.id, remembered((text) => labelWithout(one, text))] as const),
  );
  const saysOff = sayer(source.off);
  const saysSkip = sayer(source.skip);
  const saysDuty = sayer(source.duty);
  return remembered((text): Summary => {
    let named: ReturnType<WhoIsWho["listed"]> | undefined;
    return {
      text,
      away: saysDuty(text) ? ON_DUTY : saysOff(text) ? OFF : awayIn(text, who),
      isSkipped: saysSkip(text),
      isTakenBack: TAKEN_BACK.test(text.normalize("NFKC")),
      named: () => (named ??= who.listed(text)),
      labelFor: (id) => labels.get(id)?.(text) ?? text,
    };
  });
}

const ON_DUTY: Summary["away"] = { timed: "no", wholeDay: "no" };
const OFF: Summary["away"] = { timed: "yes", wholeDay: "yes" };

function awayIn(text: string, who: WhoIsWho): Summary["away"] {
  if (saysLeave(text)) {
    return {
      timed: saysOnlyLeave(who.others(text)) ? "yes" : "unclear",
      wholeDay: saysDutyToo(text) ? "unclear" : "yes",
    };
  }
  return saysAfterNight(text) ? { timed: "unclear", wholeDay: "rest" } : ON_DUTY;
}

/** What calendars put before the summary of an event that was taken back, or that its owner declined. */
const TAKEN_BACK =
  /^[\s[(【]*(?:cancel+ed|cancel+ation|declined|abgesagt|storniert|annul[ée]e?|cancelad[oa]|annullat[oa]|geannuleerd|キャンセル(?:済み)?|取り?消し?|中止|辞退)(?:[\s\])】]*[:：\-–]|[\])】]|\s*$)/iu;
