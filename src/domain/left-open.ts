import { exchangesOf, settlementsOf, type Exchange } from "./exchange.ts";
import { ITEMS } from "./forms.ts";
import { areBothLow, byWeight } from "./gap.ts";
import type { Mismatch } from "./mismatch.ts";
import type { PersonId } from "./person.ts";
import type { Policy } from "./program.ts";
import type { Reply } from "./reply.ts";
import { haveBothAnswered } from "./visibility.ts";

/**
 * How much of what a week left open between two presses: 3 for patient safety first, 2 for less help than wanted (a safety matter
 * too), 1 for any other open difference, an outcome that the two saw differently, or a check-in that both answered low the last
 * time. Undefined where nothing does. Only what both have answered counts, and nothing about trust.
 *
 * @param replies of both about each other
 * @param mismatches of the pair, as they are now
 * @param isInWeek whether an occasion is a shift of that week
 */
export function pressingOf(
  { resident, attending }: { readonly resident: PersonId; readonly attending: PersonId },
  replies: readonly Reply[],
  mismatches: readonly Mismatch[],
  isInWeek: (occasion: string) => boolean,
  policy: Policy["mismatch"],
): number | undefined {
  const exchanges = exchangesOf(resident, attending, replies);
  const settled = settlementsOf(resident, attending, replies);
  const isSafety = ({ occasion, attending: theirs }: Exchange): boolean =>
    isInWeek(occasion) &&
    theirs.has("safety") &&
    !settled.some((one) => one.occasion === occasion && one.item === "safety");
  if (exchanges.some(isSafety)) return SAFETY;
  const [open] = mismatches.filter(({ state }) => state === "open").toSorted(byWeight);
  if (open !== undefined) return PRESSING[open.direction];
  const lastWeek = exchanges.findLast((one) => one.resident.has("week-goal"));
  const isOpen =
    sawOutcomesDifferently(
      resident,
      attending,
      replies.filter(({ occasion }) => isInWeek(occasion)),
    ) ||
    (lastWeek !== undefined && areBothLow(lastWeek, policy));
  return isOpen ? OTHER : undefined;
}

const [OTHER, LESS, SAFETY] = [1, 2, 3];

const PRESSING: Readonly<Record<Mismatch["direction"], number>> = {
  safety: SAFETY,
  less: LESS,
  more: OTHER,
  different: OTHER,
  low: OTHER,
};

function sawOutcomesDifferently(resident: PersonId, attending: PersonId, replies: readonly Reply[]): boolean {
  return [...Map.groupBy(replies, ({ occasion }) => occasion).values()].some((here) => {
    if (!haveBothAnswered(here, resident, attending, ITEMS.outcome)) return false;
    const [mine, theirs] = [
      [resident, attending],
      [attending, resident],
    ].map(
      ([by, about]) =>
        here.findLast((one) => one.person === by && one.item === "outcome" && (one.about ?? about) === about)
          ?.value,
    );
    return mine !== theirs;
  });
}
