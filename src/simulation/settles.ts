import { act, tapsOf } from "#src/card/act.ts";
import { isAsk } from "#src/domain/nudge.ts";
import type { PersonId } from "#src/domain/person.ts";
import { settledBy, settledId, type SettleableId } from "#src/domain/exchange.ts";
import { DAY, later } from "#src/domain/time.ts";
import { askCard, stepNamed } from "#src/flows/ask/ask-card.ts";
import { mayStillSettle } from "#src/flows/view/settling.ts";
import type { View } from "#src/flows/view/view.ts";
import { look, refusal, type PlayerDeps } from "./look.ts";
import type { Deed } from "./script.ts";
import type { TranscriptLine } from "./transcript.ts";

type Settles = Extract<Deed, { type: "settles" }>;

/** Says on the newest card that shows the difference what a script's person has settled on with a partner. */
export async function settles(deps: PlayerDeps, deed: Settles): Promise<readonly TranscriptLine[]> {
  const lines: TranscriptLine[] = [];
  for (const [name, value] of Object.entries(deed.settled)) {
    const item = settledId(name as SettleableId);
    const found = await newestWith(deps, deed.person, (view) => {
      const partners = view.seen.flatMap((seen) => seen.partners.map(({ id }) => id));
      return partners
        .filter((id) => deed.partner === undefined || id === deed.partner)
        .find((id) => stepNamed(view, item, id) !== undefined);
    });
    if (found === undefined) {
      const text = `${deed.person} has no difference about "${name}" that can be settled now.`;
      lines.push(...refusal(deps.now(), deed.person, "nothing-open", text));
      continue;
    }
    const { nudge } = found.view;
    const ids = { nudge: nudge.id, item, about: found.at };
    const given =
      typeof value === "string"
        ? deps.hand.press(nudge, act({ verb: "answer", ...ids, value }))
        : deps.hand.submit(nudge, act({ verb: "write", ...ids }), { [item]: value.line });
    lines.push(...(await given));
  }
  return lines;
}

/** How often somebody who looks at the phone says what was settled. */
const SETTLES = 0.5;

/** Taps one of the choices that a card offers to settle on, by chance. */
export async function settleByChance(
  deps: PlayerDeps,
  person: PersonId,
  random: () => number,
): Promise<readonly TranscriptLine[]> {
  const offered = (view: View) => {
    const taps = tapsOf(askCard(view)).filter(
      ({ meaning }) => meaning.verb === "answer" && settledBy(meaning.item) !== undefined,
    );
    return taps.length === 0 ? undefined : taps;
  };
  const found = await newestWith(deps, person, offered);
  if (found === undefined || random() >= SETTLES) return [];
  const { tap } = found.at[Math.floor(random() * found.at.length)]!;
  return deps.hand.press(found.view.nudge, tap.act);
}

/** The newest card that somebody got and that takes settlements, where `find` finds something on it. */
async function newestWith<Found>(
  deps: PlayerDeps,
  person: PersonId,
  find: (view: View) => Found | undefined,
): Promise<{ readonly view: View; readonly at: Found } | undefined> {
  const now = deps.now();
  const recent = await deps.running.context().store.nudgesOf(person, later(now, -7 * DAY), later(now, DAY));
  for (const nudge of recent.toReversed()) {
    if (!isAsk(nudge) || nudge.sentAt === undefined) continue;
    const view = await look(deps, nudge);
    const at = mayStillSettle(view) ? find(view) : undefined;
    if (at !== undefined) return { view, at };
  }
  return undefined;
}
