import type { Block, Card } from "#src/card/card.ts";
import { percent } from "#src/domain/aggregate.ts";
import type { Nudge } from "#src/domain/nudge.ts";
import { weekFromLabel, weekOf } from "#src/domain/zone.ts";
import type { Words } from "#src/words/words.ts";
import { spanOf, weekNote, type Span } from "./attending-digest.ts";
import type { Context } from "../context.ts";
import { deliveryOf, lossOf } from "./delivery.ts";
import { programFigures, type Shown } from "./program-figures.ts";
import { rosterBlocks } from "./roster-card.ts";
import { itemLabel } from "../view/in-words.ts";

/** The coordinators' weekly digest: messages that did not arrive, and aggregates over all rotations. */
export async function coordinatorDigest(context: Context, words: Words, label: string): Promise<Card> {
  const { coordinator } = words.say;
  const span = spanOf(context, weekFromLabel(label)!);
  return {
    locale: words.locale,
    notification: coordinator.notification,
    blocks: [
      { type: "title", text: coordinator.title, note: weekNote(words, span) },
      ...(await programBlocks(context, words, span)),
      ...rosterBlocks(context, words),
      { type: "visibility", text: coordinator.visible },
    ],
  };
}

/** The figures up to the end of a week, and that week's deliveries. The coordinator's home page shows them too. */
export async function programBlocks(context: Context, words: Words, span: Span): Promise<readonly Block[]> {
  const { coordinator } = words.say;
  const figures = await programFigures(context, weekOf(context.zone.dayOf(span.from)));
  const told = (shown: Shown) =>
    "figure" in shown
      ? coordinator.share(percent(shown.figure))
      : coordinator.tooFew(shown.wanted.residents, shown.wanted.attendings);
  const nudges = await context.store.nudgesDuring(span.from, span.to);
  const { due, lost } = deliveryOf(nudges, context.roster.outlook, context.now);
  return [
    {
      type: "facts",
      rows: [
        { label: coordinator.arrived, value: coordinator.arrivedOf(due - lost.length, due) },
        { label: coordinator.both, value: told(figures.both) },
        { label: coordinator.closed, value: told(figures.closed) },
        ...[...figures.gaps].map(([id, figure]) => ({
          label: coordinator.gaps(itemLabel(words, id)),
          value: told(figure),
        })),
        ...(figures.settled === undefined
          ? []
          : [{ label: coordinator.settled, value: told({ figure: figures.settled }) }]),
        { label: coordinator.failures, value: failures(context, words, lost) },
      ],
    },
  ];
}

/** For each reason: how many messages, and whose. A message that may have arrived is listed as one that did not. */
function failures(context: Context, { say, called, format }: Words, lost: readonly Nudge[]): string {
  const { coordinator } = say;
  const reasonOf = (one: Nudge) => coordinator.reasons[lossOf(one)] ?? coordinator.otherReason;
  const lines = [...Map.groupBy(lost, reasonOf)].map(([reason, nudges]) => {
    const ids = [...new Set(nudges.map((one) => one.person))];
    const names = ids.map((id) => {
      const person = context.person(id);
      return person === undefined ? id : called(person);
    });
    return coordinator.failure(reason, nudges.length, format.list(names));
  });
  return lines.length === 0 ? coordinator.noFailures : lines.join("\n");
}
