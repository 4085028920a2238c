import type { Block } from "#src/card/card.ts";
import { formOf } from "#src/domain/forms.ts";
import { readPairWeek } from "#src/domain/pair.ts";
import { mondayOf } from "#src/domain/zone.ts";
import type { Conversation, Question } from "./conversation.ts";
import { earlyWords, reveals, waitingFor } from "./reveal.ts";
import { answerInWords, choicesOf, itemLabel } from "./strategy.ts";
import type { Step } from "./steps.ts";
import type { View } from "./view.ts";

const ITEMS = formOf("pair-check-in")!.items;

/** Weekly, both of a pair that worked together long enough. The items are our own wording, and say so. */
export const checkIn: Conversation = {
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
      ITEMS.map((item): Step => {
        const about = seen.partners[0]?.id;
        return { item, about, targets: [{ seen, about }] };
      }),
    ),
  offered: () => [],
  question(view, step): Question {
    const { say } = view.words;
    const resident = view.reader.role === "resident";
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
          visible: say.visible.self(view.desk.program.policy.aggregate.residents),
        };
      default:
        return {
          text: say.checkIn.next(partner),
          choices: [],
          placeholder: say.checkIn.nextPlaceholder,
          visible: say.visible.shared(partner),
        };
    }
  },
  label: ({ words }, { item }) =>
    item.id === "next" ? words.say.checkIn.nextLabel : itemLabel(words, item.id),
  inWords: ({ words }, { item }, value) => answerInWords(words, item, value),
  beside: () => [],
  after(view): readonly Block[] {
    return [...reveals(view), ...waitingFor(view, (names) => view.words.say.checkIn.waiting(names))];
  },
};

const partnerOf = (view: View): string => view.words.all(view.seen.flatMap((seen) => seen.partners));

function weekNote({ desk, nudge, words }: View): string | undefined {
  const pair = readPairWeek(nudge.subject);
  if (pair === undefined) return undefined;
  const at = (day: number) => words.format.date(desk.zone.at(mondayOf(pair.week) + day, 12));
  return words.say.checkIn.note(at(0), at(6));
}
