import { ITEMS, type ItemId } from "#src/domain/forms.ts";
import type { Gap } from "#src/domain/gap.ts";
import type { Person } from "#src/domain/person.ts";
import { isCalledOff } from "#src/domain/nudge.ts";
import { debriefSpan } from "#src/domain/quiet.ts";
import {
  settledBy,
  settlementsOf,
  talkAs,
  settledId,
  settlingChoices,
  type SettleableId,
  type Settlement,
} from "#src/domain/exchange.ts";
import { roleWith, type Seen, type Step, type View } from "./view.ts";
import { act } from "#src/card/act.ts";
import type { Block, Choice } from "#src/card/card.ts";
import { inForce } from "#src/domain/visibility.ts";
import { gapText } from "#src/words/words.ts";
import { answerInShort, answerInWords, gapLabel, settledOn } from "./in-words.ts";
import { saidAt } from "./said-at.ts";

/* What two settle on: what there is to settle and until when, and how their cards show and ask it. */

/** A difference with one partner that can be settled, or is. */
export interface Settling {
  readonly seen: Seen;
  readonly partner: Person;
  readonly item: SettleableId;
}

/** What stands between the reader and each partner to be settled, the weightiest first. */
export const settlingsWith = (view: View, seen: Seen, partner: Person): readonly Settling[] =>
  [...(view.gaps.get(`${seen.circle.occasion} ${partner.id}`)?.values() ?? [])]
    .map((gap) => gap.item)
    .filter(isSettleable)
    .map((item) => ({ seen, partner, item }));

/** The same with all partners. */
export const settlingsIn = (view: View): readonly Settling[] =>
  view.seen.flatMap((seen) => seen.partners.flatMap((partner) => settlingsWith(view, seen, partner)));

const isSettleable = (item: Gap["item"]): item is SettleableId => item !== "happened";

/**
 * Whether what the two settle on is still taken: of a shift until the reader's debrief of it closes, of a week until its check-in does;
 * also after the ask itself is over, or of a goal that was set though its ask was held back.
 */
export function mayStillSettle({ context, nudge, reader, shift }: View): boolean {
  if (isCalledOff(nudge)) return false;
  if (shift === undefined) return context.now < nudge.expiresAt;
  const days = context.roster.outlook.daysOf(reader.id);
  return context.now < debriefSpan(days, shift, context.program.policy.debriefWindow).end;
}

/** What stands settled of it. Of older versions, that the two talked is all that is known. */
export function settlementOf({ reader }: View, { seen, partner, item }: Settling): Settlement | undefined {
  const said = settlementsOf(reader.id, partner.id, seen.replies).find((one) => one.item === item);
  const talk = seen.replies.findLast(
    (one) =>
      one.item === "talked" &&
      ((one.person === reader.id && one.about === partner.id) ||
        (one.person === partner.id && one.about === reader.id)),
  );
  return said ?? (talk && talkAs(talk, item));
}

/** The weightiest difference with a partner that can be settled, is not yet, and is asked about here. */
export const nextToSettle = (view: View, seen: Seen, partner: Person): Settling | undefined =>
  settlingsWith(view, seen, partner).find(
    (one) => settlementOf(view, one) === undefined && mayStillSettle(view) && isMeantHere(view, one),
  );

/** The step by which a partner says what was settled; undefined if there is nothing of it to settle. */
export function settlingStep(view: View, item: ItemId, about: string | undefined): Step | undefined {
  const meant = meantBy(view, settledBy(item), about);
  const partner = meant[0]?.partner;
  if (partner === undefined) return undefined;
  const targets = meant.map(({ seen }) => ({ seen: { ...seen, partners: [partner] }, about: partner.id }));
  return { item: ITEMS[item], about: partner.id, targets };
}

/** The difference that such a step is asked at: of several shifts the last. Undefined of any other step. */
export function settlingOf({ item, targets }: Step): Settling | undefined {
  const settled = settledBy(item.id);
  const target = targets.at(-1);
  const partner = target?.seen.partners[0];
  return target === undefined || settled === undefined || partner === undefined
    ? undefined
    : { seen: target.seen, partner, item: settled };
}

/**
 * What a tap is about, which names an item and a partner and no more. Of several shifts of a resident within one of their attending, who
 * are one person to talk to: all that are not settled; where all are, those that the last one's word settled.
 */
function meantBy(view: View, item: ItemId | undefined, about: string | undefined): readonly Settling[] {
  const all = settlingsIn(view)
    .filter((one) => one.item === item && one.partner.id === about)
    .map((one) => ({ one, said: settlementOf(view, one) }));
  const word = all.some(({ said }) => said === undefined) ? undefined : all.at(-1)?.said;
  return all.filter(({ said }) => said?.at === word?.at && said?.by === word?.by).map(({ one }) => one);
}

/** Whether it is here that a tap is asked for, which may be about other shifts, too. */
export const isMeantHere = (view: View, { seen, item, partner }: Settling): boolean =>
  meantBy(view, item, partner.id).at(-1)?.seen.circle === seen.circle;

/** What is settled with a partner and by whom; then, while it can be said, the weightiest difference that is not. */
export function settlingBlocks(view: View, seen: Seen, partner: Person): readonly Block[] {
  const { settled, next } = settlingsNow(view, seen, partner);
  return [
    ...settled,
    ...(next === undefined
      ? []
      : [{ type: "text", text: reasonFor(view, next) } as const, ...settlingQuestion(view, next)]),
  ];
}

/** The same with a button in place of the question. */
export function settlingInShort(view: View, seen: Seen, partner: Person): readonly Block[] {
  const { settled, next } = settlingsNow(view, seen, partner);
  if (next === undefined) return settled;
  const label = view.words.say.settle.with(view.words.called(partner));
  const press = act({ verb: "ask", ...idsOf(view, next) });
  return [...settled, { type: "actions", actions: [{ label, act: press }] }];
}

/** What is settled, in words; and the weightiest difference that is not, while that can be said. */
function settlingsNow(view: View, seen: Seen, partner: Person) {
  const rows = settlingsWith(view, seen, partner).flatMap((one) => {
    const settlement = settlementOf(view, one);
    return settlement === undefined ? [] : [settledRow(view, one, settlement)];
  });
  const settled: readonly Block[] = rows.length === 0 ? [] : [{ type: "answers", rows }];
  return { settled, next: nextToSettle(view, seen, partner) };
}

/** Beside both answers a minute is enough said. A debrief no longer shows them: it says with whom, and which way they differed. */
function reasonFor({ words, nudge, gaps }: View, { seen, partner, item }: Settling): string {
  const { minute, directions } = words.say.reveal;
  const gap = gaps.get(`${seen.circle.occasion} ${partner.id}`)?.get(item);
  return nudge.kind === "shift-debrief" && gap !== undefined
    ? words.say.settle.since(words.called(partner), gapText(directions, gap))
    : minute;
}

function settledRow(view: View, settling: Settling, settlement: Settlement) {
  const isOpen = mayStillSettle(view) && isMeantHere(view, settling);
  const press = act({ verb: "ask", ...idsOf(view, settling) });
  return {
    label: settledLabel(view, settling),
    value: settledInWords(view, settling, settlement),
    ...(isOpen
      ? { change: { label: view.words.say.buttons.change, act: press, style: "quiet" as const } }
      : {}),
  };
}

/** "Settled: Help", and with whom where both answers do not stand above it and there are several partners. */
export function settledLabel(
  { words, nudge, seen }: View,
  { item, partner }: Omit<Settling, "seen">,
): string {
  const label = words.say.settle.label(gapLabel(words, item));
  const isOneOfSeveral = new Set(seen.flatMap(({ partners }) => partners.map(({ id }) => id))).size > 1;
  return nudge.kind === "shift-debrief" && isOneOfSeveral ? `${label} · ${words.called(partner)}` : label;
}

/** "Resident leads … (Dr. Sato, 09:20)" */
export function settledInWords(
  view: View,
  { partner }: Pick<Settling, "partner">,
  settlement: Settlement,
): string {
  const { words, reader } = view;
  const { settle } = words.say;
  const { by, at } = settlement;
  const on = settledOn(words, settlement) ?? settle.talked;
  return settle.said(on, by === reader.id ? words.say.you : words.called(partner), saidAt(view, at));
}

/** What an act on it names. */
export const idsOf = (view: View, { item, partner }: Settling) => ({
  nudge: view.nudge.id,
  item: settledId(item),
  about: partner.id,
});

/** "What did you settle on?", answered by one tap of either; and a way to say it in a line. */
function settlingQuestion(view: View, settling: Settling): readonly Block[] {
  const { settle } = view.words.say;
  const line: Choice = { label: settle.ownWords, act: act({ verb: "ask", ...idsOf(view, settling) }) };
  const text = settle.question(gapLabel(view.words, settling.item));
  return [
    { type: "question", text, choices: [...choicesFor(view, settling), line] },
    visibleLine(view, settling),
  ];
}

export const visibleLine = ({ words }: View, { partner }: Settling): Block => ({
  type: "visibility",
  text: words.say.visible.shared(words.called(partner)),
});

/** What the two may settle on: what either has answered, and what lies between. */
export function choicesFor(view: View, settling: Settling): readonly Choice[] {
  const { words, reader } = view;
  const { seen, partner, item } = settling;
  const settled = ITEMS[settledId(item)];
  const [resident, attending] = roleWith(view, seen) === "resident" ? [reader, partner] : [partner, reader];
  const answers = inForce(seen.replies);
  const answered = (by: Person, other: Person, id: ItemId) =>
    answers.find((one) => one.person === by.id && one.item === id && (one.about ?? other.id) === other.id)
      ?.value ?? undefined;
  // "Safety first" stands against the help that the resident wanted.
  const wanted = answered(resident, attending, item === "safety" ? "help" : item);
  const chosen = settlementOf(view, settling);
  return settlingChoices(item, wanted, answered(attending, resident, item)).map((value) => {
    const short = answerInShort(words, settled, value);
    return {
      label: answerInWords(words, settled, value),
      act: act({ verb: "answer", ...idsOf(view, settling), value }),
      ...(short === undefined ? {} : { short }),
      ...(chosen?.value === value && !chosen.text ? { chosen: true } : {}),
    };
  });
}
