import type { Block } from "#src/card/card.ts";
import { FORMS, type ItemIdOf } from "#src/domain/forms.ts";
import { mondayOf } from "#src/domain/time.ts";
import type { Conversation, Question } from "../view/conversation.ts";
import { revealsSoFar, earlyWords, reveals, waitingFor } from "../view/reveal.ts";
import { choicesOf, itemLabel } from "../view/in-words.ts";
import { isOver, roleWith, type Step, type View } from "../view/view.ts";
import { weekAsked } from "../view/week.ts";
import { support } from "./support.ts";

type CheckInItemId = ItemIdOf<"pair-check-in">;

/** The weekly check-in of one person, about one partner after the other. The items are our own wording, and the card says so. */
export const checkIn: Conversation<CheckInItemId> = {
  notification: ({ words }) => words.say.checkIn.notification,
  head(view) {
    const { words } = view;
    const note = weekNote(view);
    return [
      {
        type: "title",
        text: words.say.checkIn.title(words.all(view.seen.flatMap(({ partners }) => partners))),
        ...(note === undefined ? {} : { note }),
      },
      { type: "text", text: words.say.checkIn.unvalidated, tone: "quiet" },
      ...earlyWords(view, view.seen),
    ];
  },
  reminder: ({ words, seen }) => words.say.checkIn.again(words.all(seen.flatMap(({ partners }) => partners))),
  steps: (view) =>
    view.seen.flatMap((seen) =>
      FORMS["pair-check-in"].items.map((item) => {
        const about = seen.partners[0]?.id;
        return { item, about, targets: [{ seen, about }] };
      }),
    ),
  offered: () => [],
  question(view, step): Question {
    const { say } = view.words;
    const { aggregate } = view.context.program.policy;
    const [target] = step.targets;
    const resident = target !== undefined && roleWith(view, target.seen) === "resident";
    const partner = partnerOf(view, step);
    const choices = choicesOf(view.words, step.item);
    const asked = (statement: string) => ({
      text: view.seen.length > 1 ? say.checkIn.about(partner, statement) : statement,
      choices,
    });
    switch (step.item.id) {
      case "week-goal":
        return { ...asked(say.checkIn.goal), visible: say.visible.pair(partner) };
      case "week-strategy":
        return {
          ...asked(resident ? say.checkIn.strategyResident : say.checkIn.strategyAttending),
          visible: say.visible.pair(partner),
        };
      case "week-trust":
        return {
          ...asked(resident ? say.checkIn.trustResident : say.checkIn.trustAttending),
          visible: say.visible.trust(aggregate.residents, aggregate.attendings),
        };
      case "next":
        return {
          text: say.checkIn.next(partner),
          choices: [],
          placeholder: say.checkIn.nextPlaceholder,
          visible: say.visible.shared(partner),
        };
      default:
        return step.item.id satisfies never;
    }
  },
  above: (view, { item, targets }) => [
    ...revealsSoFar(view),
    ...(item.id === "next" ? support(view, targets) : []),
  ],
  label(view, step) {
    const label = itemLabel(view.words, step.item.id);
    return view.seen.length > 1 ? `${label} · ${partnerOf(view, step)}` : label;
  },
  beside: () => [],
  // While a question is left, this stands above it. Of a check-in that closed before it was answered whole, it is what stays.
  meanwhile: (view) => (isOver(view) ? [...revealsSoFar(view), ...supportOfAll(view)] : []),
  after: (view): readonly Block[] => [
    ...reveals(view),
    ...waitingFor(view, (names) => view.words.say.checkIn.waiting(names)),
    ...supportOfAll(view),
  ],
};

const supportOfAll = (view: View): readonly Block[] =>
  support(
    view,
    view.seen.map((seen) => ({ seen })),
  );

const partnerOf = (view: View, step: Step): string =>
  view.words.all(step.targets.flatMap(({ seen }) => seen.partners));

function weekNote({ context, nudge, words }: View): string | undefined {
  const week = weekAsked(nudge.subject);
  if (week === undefined) return undefined;
  const at = (day: number) => words.format.date(context.zone.at(mondayOf(week) + day, 12));
  return words.say.checkIn.note(at(0), at(6));
}
