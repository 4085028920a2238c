import type { Block } from "#src/card/card.ts";
import { FORMS, type ItemIdOf } from "#src/domain/forms.ts";
import { readPairWeek } from "#src/domain/nudge.ts";
import { mondayOf } from "#src/domain/zone.ts";
import type { Conversation, Question } from "../view/conversation.ts";
import { earlyWords, reveals, waitingFor } from "../view/reveal.ts";
import { choicesOf, itemLabel } from "../view/in-words.ts";
import type { View } from "../view/view.ts";
import { support } from "./support.ts";

type CheckInItemId = ItemIdOf<"pair-check-in">;

/** The weekly check-in, for both partners of a pair with enough time together. The items are our own wording, and the card says so. */
export const checkIn: Conversation<CheckInItemId> = {
  notification: ({ words }) => words.say.checkIn.notification,
  head(view) {
    const { words } = view;
    const note = weekNote(view);
    return [
      {
        type: "title",
        text: words.say.checkIn.title(partnerOf(view)),
        ...(note === undefined ? {} : { note }),
      },
      { type: "text", text: words.say.checkIn.unvalidated, tone: "quiet" },
      ...earlyWords(view, view.seen),
    ];
  },
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
    const resident = view.role === "resident";
    const partner = partnerOf(view);
    const choices = choicesOf(view.words, step.item);
    switch (step.item.id) {
      case "week-goal":
        return { text: say.checkIn.goal, choices, visible: say.visible.pair(partner) };
      case "week-strategy":
        return {
          text: resident ? say.checkIn.strategyResident : say.checkIn.strategyAttending,
          choices,
          visible: say.visible.pair(partner),
        };
      case "week-trust":
        return {
          text: resident ? say.checkIn.trustResident : say.checkIn.trustAttending,
          choices,
          visible: say.visible.trust(aggregate.residents, aggregate.attendings),
        };
      case "next":
        return {
          text: say.checkIn.next(partner),
          choices: [],
          placeholder: say.checkIn.nextPlaceholder,
          above: support(view, step.targets),
          visible: say.visible.shared(partner),
        };
      default:
        return step.item.id satisfies never;
    }
  },
  label: ({ words }, { item }) => itemLabel(words, item.id),
  beside: () => [],
  after(view): readonly Block[] {
    return [
      ...reveals(view),
      ...waitingFor(view, (names) => view.words.say.checkIn.waiting(names)),
      ...support(
        view,
        view.seen.map((seen) => ({ seen })),
      ),
    ];
  },
};

const partnerOf = (view: View): string => view.words.all(view.seen.flatMap((seen) => seen.partners));

function weekNote({ context, nudge, words }: View): string | undefined {
  const pair = readPairWeek(nudge.subject);
  if (pair === undefined) return undefined;
  const at = (day: number) => words.format.date(context.zone.at(mondayOf(pair.week) + day, 12));
  return words.say.checkIn.note(at(0), at(6));
}
