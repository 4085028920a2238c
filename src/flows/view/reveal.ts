import type { Block, Comparison } from "#src/card/card.ts";
import { itemsOf, itemsSideBySide, ITEMS, type ItemId } from "#src/domain/forms.ts";
import { byWeight } from "#src/domain/gap.ts";
import type { Person } from "#src/domain/person.ts";
import type { Reply } from "#src/domain/reply.ts";
import { inForce } from "#src/domain/visibility.ts";
import { answerBeside, itemLabel, answerInWords, gapLabel, settledOn } from "./in-words.ts";
import { gapText } from "#src/words/words.ts";
import { settlingBlocks, settlingInShort, settlingsWith } from "./settling.ts";
import { hasBoth, isOver, type Seen, type View } from "./view.ts";
import type { Mismatch } from "#src/domain/mismatch.ts";
import type { Between, Happened } from "./between.ts";

/* What a card shows of its reader and a partner: the answers of both side by side, and where they begin from last time. */

/** The answers of both side by side, for each partner who has answered. No score, and no judgement who is right. */
export function reveals(view: View): readonly Block[] {
  const settling = view.nudge.kind === "shift-debrief" ? () => [] : settlingAmong(view, view.seen);
  return ofThoseAnswered(view, (seen, partner) => revealWith(view, seen, partner, settling(seen, partner)));
}

function ofThoseAnswered(
  view: View,
  show: (seen: Seen, partner: Person) => readonly Block[],
): readonly Block[] {
  return view.seen.flatMap((seen) =>
    seen.partners.flatMap((partner) => (hasBoth(view, seen, partner.id) ? show(seen, partner) : [])),
  );
}

/**
 * The same while the reader has others to answer for: as soon as both answers are in. What to settle on is asked behind a button, so
 * that the choices of two questions are not mistaken for each other.
 */
export const revealsSoFar = (view: View): readonly Block[] =>
  view.seen.flatMap((seen) =>
    seen.partners
      .filter(({ id }) => hasBoth(view, seen, id))
      .flatMap((partner) => revealWith(view, seen, partner, settlingInShort(view, seen, partner))),
  );

/** The partners who have not answered yet, as a text. `say` gets their names. Of an ask that is over nobody waits for an answer. */
export function waitingFor(view: View, say: (names: string) => string): readonly Block[] {
  if (isOver(view)) return [];
  const silent = view.seen.flatMap((seen) =>
    seen.partners.filter((partner) => !hasBoth(view, seen, partner.id)),
  );
  return silent.length === 0 ? [] : [{ type: "text", text: say(view.words.all(silent)), tone: "quiet" }];
}

/** Of so many partners, each with something to settle, one message of Slack does not hold a question each beside the answers. */
const MANY = 3;

/** What is settled with a partner and what can be: asked behind a button where there are many of them, so that nothing is left out. */
export function settlingAmong(
  view: View,
  among: readonly Seen[],
): (seen: Seen, partner: Person) => readonly Block[] {
  const settled = among.flatMap((one) =>
    one.partners.filter((other) => settlingsWith(view, one, other).length > 0),
  );
  const shown = settled.length < MANY ? settlingBlocks : settlingInShort;
  return (seen, partner) => shown(view, seen, partner);
}

/** What to settle on stands right below what differs: on a phone nobody looks for it below what does not. */
function revealWith(view: View, seen: Seen, partner: Person, settling: readonly Block[]): readonly Block[] {
  const { words } = view;
  const all = besideEachOther(view, seen, partner);
  const [apart, alike] = [all.filter(({ gap }) => gap), all.filter(({ gap }) => gap === undefined)];
  const beside = (rows: readonly Comparison[]): readonly Block[] =>
    rows.length === 0 ? [] : [{ type: "compare", mine: words.say.you, theirs: words.called(partner), rows }];
  const isSame = apart.length === 0 && alike.every((row) => row.mine === row.theirs);
  return [
    ...(settling.length === 0 ? beside(all) : [...beside(apart), ...settling, ...beside(alike)]),
    ...(isSame ? [{ type: "text", text: words.say.reveal.same, tone: "quiet" } as const] : []),
    ...ownWords(view, seen, partner),
  ];
}

/** The answers of the reader and a partner, item by item; what differs first, the weightiest before all else. */
export function besideEachOther(view: View, seen: Seen, partner: Person): readonly Comparison[] {
  const { words, reader, nudge } = view;
  const mine = answersOf(seen.replies, reader, partner);
  const theirs = answersOf(seen.replies, partner, reader);
  const gaps = view.gaps.get(`${seen.circle.occasion} ${partner.id}`);
  // What a goal changed to is told with the answer that it did.
  const items = itemsSideBySide(nudge.kind).filter(({ id }) => id !== "to" && id !== "to-line");
  // "Patient safety first" stands in the first row, in place of all three answers.
  const gapAt = (i: number) => {
    const { id } = items[i]!;
    const found = [...(gaps?.values() ?? [])].find((gap) => gap.item === id);
    return found ?? (id === "help" ? gaps?.get("safety") : undefined);
  };
  const rows = items.map((item, i): Comparison => {
    const inWords = (answers: ReadonlyMap<ItemId, string>): string => {
      const value = answers.get(item.id);
      if (value !== undefined) return answerBeside(words, item, answers, value);
      // "Patient safety first" replaces all three answers.
      return i === 0 && answers.has("safety") ? words.say.reveal.safety : "—";
    };
    const gap = gapAt(i);
    const { directions, starters } = words.say.reveal;
    return {
      label: itemLabel(words, item.id),
      mine: inWords(mine),
      theirs: inWords(theirs),
      ...(gap === undefined
        ? {}
        : { gap: { direction: gapText(directions, gap), starter: gapText(starters, gap) } }),
    };
  });
  return rows
    .map((row, i) => ({ row, gap: gapAt(i) }))
    .toSorted((a, b) => (a.gap && b.gap ? byWeight(a.gap, b.gap) : Number(!a.gap) - Number(!b.gap)))
    .map(({ row }) => row);
}

/** The lines of partners whose answers are not shown yet. A line is shown at once, whatever else is still open. */
export const earlyWords = (view: View, among: readonly Seen[]): readonly Block[] =>
  among.flatMap((seen) =>
    seen.partners
      .filter((partner) => !hasBoth(view, seen, partner.id))
      .flatMap((partner) => ownWords(view, seen, partner)),
  );

/** The partner's optional line. */
function ownWords(view: View, seen: Seen, partner: Person): readonly Block[] {
  const { words } = view;
  const items = itemsOf(view.nudge.kind).filter((item) => item.id === "note" || item.id === "next");
  return items.flatMap((item): Block[] => {
    const line = seen.replies.find((reply) => reply.person === partner.id && reply.item === item.id)?.value;
    if (line === undefined || line === null) return [];
    const by = item.id === "next" ? words.say.checkIn.nextFrom : words.say.debrief.noteFrom;
    return [{ type: "quote", by: by(words.called(partner)), text: line }];
  });
}

const answersOf = (replies: readonly Reply[], of: Person, partner: Person): ReadonlyMap<ItemId, string> =>
  new Map(
    inForce(replies)
      .filter((reply) => reply.person === of.id && (reply.about ?? partner.id) === partner.id)
      .flatMap((reply) => (reply.value === null ? [] : [[reply.item, reply.value] as const])),
  );

export type Row = { readonly label: string; readonly value: string };

/**
 * Where the reader and a partner begin: the open difference with its starter, or what they settled on and how it went, and the
 * partner's last wish. Nothing where nothing stands between them.
 */
export function fromLastTime(view: View, partner: Person): readonly Block[] {
  const between = view.between.get(partner.id);
  if (between === undefined) return [];
  const rows = betweenRows(view, between, partner);
  return rows.length === 0 ? [] : [{ type: "facts", rows }];
}

/** Who reads what stands between them and a partner. */
export type BetweenReader = Pick<View, "words" | "context" | "reader" | "role">;

/** The open difference, or what was settled and how it went; then the partner's last wish. */
export const betweenRows = (view: BetweenReader, between: Between, partner: Person): readonly Row[] => [
  ...differenceRows(view, between, partner),
  ...wishRows(view, between, partner),
];

/** The same for each of several partners, under their names. */
export const fromLastTimes = (view: View): readonly Block[] => {
  const partners = view.seen.flatMap((seen) => seen.partners);
  return partners.flatMap((partner) => {
    const blocks = fromLastTime(view, partner);
    if (blocks.length === 0 || partners.length === 1) return blocks;
    return [{ type: "text" as const, text: view.words.called(partner), tone: "strong" as const }, ...blocks];
  });
};

function differenceRows(
  view: BetweenReader,
  { mismatch, happened }: Between,
  partner: Person,
): readonly Row[] {
  if (mismatch === undefined) return [];
  const { lastTime, reveal } = view.words.say;
  const name = gapLabel(view.words, mismatch.item);
  const difference =
    mismatch.state === "open"
      ? {
          label: lastTime.open(name),
          value: `${gapText(reveal.directions, mismatch)}\n${gapText(reveal.starters, mismatch)}`,
        }
      : { label: lastTime.settled(name), value: settledInWords(view, mismatch) };
  const isAboutHelp = ["help", "safety", "happened"].includes(mismatch.item);
  const isToldOf = isAboutHelp && happened !== undefined && happened.at >= mismatch.openedAt;
  return isToldOf ? [difference, happenedRow(view, happened, partner)] : [difference];
}

function settledInWords({ words, context, reader }: BetweenReader, { settlement }: Mismatch): string {
  const { settle } = words.say;
  const said = settlement && settledOn(words, settlement);
  if (settlement === undefined || said === undefined) return settle.talked;
  const { by, at } = settlement;
  const speaker = context.person(by);
  const name = by === reader.id ? words.say.you : speaker === undefined ? by : words.called(speaker);
  return settle.said(said, name, words.format.date(at));
}

function happenedRow({ words, context, role }: BetweenReader, told: Happened, partner: Person): Row {
  const inWords = (step: string) => answerInWords(words, ITEMS.happened, step);
  const { lastTime } = words.say;
  const start = context.roster.assignment(told.occasion)?.start ?? told.at;
  const label = told.isLastTime ? lastTime.happened : lastTime.happenedOn(words.format.date(start));
  if (told.resident === told.attending) return { label, value: inWords(told.resident) };
  const [mine, theirs] =
    role === "resident" ? [told.resident, told.attending] : [told.attending, told.resident];
  const by = (name: string, step: string) => words.say.labelled(name, inWords(step));
  return { label, value: `${by(words.say.you, mine)}\n${by(words.called(partner), theirs)}` };
}

const wishRows = ({ words }: BetweenReader, { wishes }: Between, partner: Person): readonly Row[] =>
  wishes
    .filter(({ by }) => by === partner.id)
    .map(({ text }) => ({ label: words.say.checkIn.nextFrom(words.called(partner)), value: text }));
