import type { PersonId } from "#src/domain/person.ts";
import { sayer } from "../../text/dialect.ts";
import { labelWithout } from "../../text/label.ts";
import { saysLeave } from "../../text/leave.ts";
import type { RosterText, ReadingContext } from "../../text/reader.ts";
import { remembered } from "../../change/remembered.ts";
import type { WhoIsWho } from "../../text/who.ts";

/** What the summary of an event says. */
export interface Summary {
  readonly text: string;
  /** Leave, or another word for time off. */
  readonly isAway: boolean;
  /** Neither duty nor leave. */
  readonly isSkipped: boolean;
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
  const saysOff = sayer(source.off);
  const saysSkip = sayer(source.skip);
  return remembered((text): Summary => {
    let named: ReturnType<WhoIsWho["listed"]> | undefined;
    return {
      text,
      isAway: saysLeave(text) || saysOff(text),
      isSkipped: saysSkip(text),
      named: () => (named ??= who.listed(text)),
      labelFor: (id) => labels.get(id)?.(text) ?? text,
    };
  });
}
