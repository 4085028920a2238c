import { act } from "#src/card/act.ts";
import type { Action, Block } from "#src/card/card.ts";
import { byWeight } from "#src/domain/gap.ts";
import type { Mismatch } from "#src/domain/mismatch.ts";
import { isAsk, type Ask } from "#src/domain/nudge.ts";
import type { Person, ShiftRole } from "#src/domain/person.ts";
import { settledId } from "#src/domain/exchange.ts";
import { heading } from "../notice.ts";
import type { Words } from "#src/words/words.ts";
import type { Context } from "../context.ts";
import { mayStillSettle, settlingStep } from "../view/settling.ts";
import { mismatchesBetween } from "../view/between.ts";
import { openIn, settledIn } from "../view/mismatch-lines.ts";
import { viewOf } from "../view/view.ts";
import { subjectsOfWeek } from "../view/week.ts";
import { partnersOf } from "./together.ts";

/** Open mismatches with each partner: by item, never by number. What can still be settled has a way to say so. */
export async function differences(
  context: Context,
  reader: Person,
  words: Words,
  role: ShiftRole,
): Promise<readonly Block[]> {
  const { home } = words.say;
  const lines: string[] = [];
  const ways: Action[] = [];
  for (const partner of partnersOf(context, reader, role)) {
    const [resident, attending] = role === "resident" ? [reader, partner] : [partner, reader];
    const mismatches = await mismatchesBetween(context, resident.id, attending.id);
    const open = openIn(words, mismatches);
    // A resident's page has what is settled beside what both answered alike.
    const settled = role === "resident" ? [] : settledIn(words, mismatches);
    if (open !== "") lines.push(home.differenceWith(words.called(partner), open));
    for (const line of settled) lines.push(`${words.called(partner)} · ${line}`);
    const way = await wayToSettle(context, reader, words, partner, mismatches);
    if (way !== undefined) ways.push(way);
  }
  return [
    heading(home.differences),
    { type: "text", text: lines.length === 0 ? home.noDifferences : lines.join("\n") },
    ...(ways.length === 0 ? [] : [{ type: "actions", actions: ways } as const]),
  ];
}

/** Opens what was not settled yet with a partner, the weightiest first, on the reader's card of that shift or week. */
async function wayToSettle(
  context: Context,
  reader: Person,
  words: Words,
  partner: Person,
  mismatches: readonly Mismatch[],
): Promise<Action | undefined> {
  const open = mismatches.filter(({ state }) => state === "open").toSorted(byWeight);
  for (const { item, occasion } of open) {
    if (item === "happened") continue;
    for (const nudge of await asksAbout(context, reader, occasion)) {
      const view = await viewOf(context, nudge, reader, words.locale);
      const ids = { item: settledId(item), about: partner.id };
      if (settlingStep(view, ids.item, ids.about) === undefined || !mayStillSettle(view)) continue;
      const press = act({ verb: "ask", nudge: nudge.id, ...ids });
      return { label: words.say.settle.with(words.called(partner)), act: press };
    }
  }
  return undefined;
}

/** The reader's goals, plans or check-ins about an occasion: an attending's are about their own shifts beside it. */
async function asksAbout(
  { store, roster }: Context,
  reader: Person,
  occasion: string,
): Promise<readonly Ask[]> {
  const shift = roster.assignment(occasion);
  const beside = shift === undefined ? [] : roster.partnersOf(shift);
  const plans = beside.filter(({ person }) => person === reader.id);
  const found = await Promise.all([
    store.nudgeAbout("shift-goal", reader.id, occasion),
    ...subjectsOfWeek(occasion).map((subject) => store.nudgeAbout("pair-check-in", reader.id, subject)),
    ...plans.map(({ id }) => store.nudgeAbout("shift-plan", reader.id, id)),
  ]);
  return found.filter((one) => one !== undefined).filter(isAsk);
}
