import type { Block, Comparison } from "#src/card/card.ts";
import { itemsOf, itemsSideBySide, type ItemId } from "#src/domain/forms.ts";
import { byWeight } from "#src/domain/gap.ts";
import type { Person } from "#src/domain/person.ts";
import type { Reply } from "#src/domain/reply.ts";
import { inForce } from "#src/domain/visibility.ts";
import { answerBeside, itemLabel } from "./in-words.ts";
import { gapText } from "#src/words/words.ts";
import { settlingBlocks, settlingInShort } from "./settling-blocks.ts";
import { hasBoth, type Seen, type View } from "./view.ts";

/** The answers of both side by side, for each partner who has answered. No score, and no judgement who is right. */
export const reveals = (view: View): readonly Block[] =>
  ofThoseAnswered(view, (seen, partner) => revealOf(view, seen, partner));

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
      .flatMap((partner) => [
        ...besideBlocks(view, seen, partner),
        ...settlingInShort(view, seen, partner),
        ...ownWords(view, seen, partner),
      ]),
  );

/** The partners who have not answered yet, as a text. `say` gets their names. */
export function waitingFor(view: View, say: (names: string) => string): readonly Block[] {
  const silent = view.seen.flatMap((seen) =>
    seen.partners.filter((partner) => !hasBoth(view, seen, partner.id)),
  );
  return silent.length === 0 ? [] : [{ type: "text", text: say(view.words.all(silent)), tone: "quiet" }];
}

const revealOf = (view: View, seen: Seen, partner: Person): readonly Block[] => [
  ...besideBlocks(view, seen, partner),
  ...(view.nudge.kind === "shift-debrief" ? [] : settlingBlocks(view, seen, partner)),
  ...ownWords(view, seen, partner),
];

function besideBlocks(view: View, seen: Seen, partner: Person): readonly Block[] {
  const { words } = view;
  const rows = besideEachOther(view, seen, partner);
  return [
    { type: "compare", mine: words.say.you, theirs: words.called(partner), rows },
    ...(rows.every((row) => row.mine === row.theirs && row.gap === undefined)
      ? [{ type: "text", text: words.say.reveal.same, tone: "quiet" } as const]
      : []),
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
