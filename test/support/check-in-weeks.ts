import type { Card } from "#src/card/card.ts";
import type { Locale } from "#src/domain/locale.ts";
import type { Address } from "#src/domain/person.ts";
import { DAY } from "#src/domain/time.ts";
import { en } from "#src/words/en.ts";
import { CATALOGUES } from "#src/words/words.ts";
import { agreed } from "./agreed.ts";
import { flow, type Flow, type FlowWish } from "./attune.ts";
import { programOf, rosterOf } from "./programs.ts";
import { taps } from "./together.ts";

const { checkIn } = en;

export const people = ["r1", "a1", "a2", "a3"];
export const program = programOf({ people, policy: { backOff: { after: 50, pause: 7 * DAY } } });

/** r1 on duty with each of them on these days of December: the earlier in the list, the longer. */
export const duties = (days: readonly string[], attendings = ["a1", "a2", "a3"]): readonly string[] =>
  attendings.flatMap((attending, i) =>
    ["r1", attending].map(
      (id) =>
        `${id} 2026-12-${days[Number(attending.slice(1)) - 1]}T08:00 2026-12-${days[Number(attending.slice(1)) - 1]}T${17 - i}:00`,
    ),
  );
export const WEEK_49 = ["01", "02", "03"];
export const BOTH_WEEKS = rosterOf([...duties(WEEK_49), ...duties(["08", "09", "10"])]);

export const FIRST_MONDAY = "2026-12-07T09:00";
export const SECOND_MONDAY = "2026-12-14T09:00";

/** The weeks of r1 and three attendings, who have all agreed to take part. */
export async function living(until: string, wish: FlowWish = {}): Promise<Flow> {
  const attune = await flow({ program, roster: BOTH_WEEKS, ...wish });
  await agreed(attune.store, program.people, attune.clock.now());
  await attune.until(until);
  return attune;
}

/** A part of every reminder. */
const REMINDS = checkIn.again("").split(" with ")[1]!.trim();
export const [W49, W50] = ["Mon, Nov 30", "Mon, Dec 7"];

/** Who has a check-in of this week in their chat, or a reminder, and with whom, by its title. */
export const asked = (attune: Flow, week: string): readonly string[] =>
  people.flatMap((id) =>
    attune
      .phone(id)
      .chat()
      .filter((text) => text.includes(REMINDS) || (text.includes(checkIn.unvalidated) && text.includes(week)))
      .map((text) => `${id}: ${/Your week with (.*?)(?: \(|$)/mu.exec(text)?.[1] ?? ""}`),
  );

/** A check-in about two partners, as r1 reads it: at first; half-way, when the first partner has answered too; and in the end. */
export async function aboutTwo(locale: Locale): Promise<readonly Card[]> {
  const { agreement, buttons } = CATALOGUES[locale];
  const spoken = { ...programOf({ people, locale }), policy: program.policy };
  await using attune = await flow({ program: spoken, roster: BOTH_WEEKS });
  await agreed(attune.store, spoken.people, attune.clock.now());
  await attune.until(FIRST_MONDAY);
  const cards: Card[] = [];
  const look = () => void cards.push(attune.cloud.chat("r1" as Address).at(-1)!.card);
  look();
  await taps(attune, "a1", [agreement[1], agreement[5], agreement[2], buttons.skip]);
  await taps(attune, "r1", [agreement[5], agreement[5], agreement[4], buttons.skip]);
  look();
  await taps(attune, "r1", [agreement[4], agreement[5], agreement[2], buttons.skip]);
  look();
  return cards;
}
