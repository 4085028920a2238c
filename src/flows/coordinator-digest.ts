import type { Block, Card } from "#src/card/card.ts";
import { percent, type Figure } from "#src/domain/aggregate.ts";
import type { Nudge } from "#src/domain/nudge.ts";
import { weekFromLabel, weekOf } from "#src/domain/zone.ts";
import type { Words } from "#src/words/words.ts";
import { spanOf, weekNote, type Span } from "./attending-digest.ts";
import type { Desk } from "./desk.ts";
import { programFigures } from "./program-figures.ts";
import { rosterBlocks } from "./roster-news.ts";
import { itemLabel } from "./strategy.ts";

/** The program's week for its coordinators: whether messages arrive, and aggregates pooled over the rotations. */
export async function coordinatorDigest(desk: Desk, words: Words, label: string): Promise<Card> {
  const { coordinator } = words.say;
  const span = spanOf(desk, weekFromLabel(label)!);
  return {
    locale: words.locale,
    notification: coordinator.notification,
    blocks: [
      { type: "title", text: coordinator.title, note: weekNote(words, span) },
      ...(await programBlocks(desk, words, span)),
      ...rosterBlocks(desk, words),
      { type: "visibility", text: coordinator.visible },
    ],
  };
}

/** The figures up to the end of a week, and that week's deliveries. Also what a coordinator's home shows. */
export async function programBlocks(desk: Desk, words: Words, span: Span): Promise<readonly Block[]> {
  const { coordinator } = words.say;
  const figures = await programFigures(desk.store, weekOf(desk.zone.dayOf(span.from)));
  const shown = (figure: Figure | undefined, say: (figure: Figure) => string) =>
    figure === undefined ? coordinator.tooFew(desk.program.policy.aggregatePeople) : say(figure);
  const share = (figure: Figure) => coordinator.share(percent(figure));
  const nudges = (await desk.store.nudgesDuring(span.from, span.to)).filter(
    (one) => one.sentAt !== undefined || one.state === "failed",
  );
  const lost = nudges.filter((one) => one.state === "failed" || one.state === "uncertain");
  const arrived = coordinator.arrivedOf(nudges.length - lost.length, nudges.length);
  return [
    {
      type: "facts",
      rows: [
        { label: coordinator.arrived, value: arrived },
        { label: coordinator.both, value: shown(figures.both, share) },
        { label: coordinator.closed, value: shown(figures.closed, share) },
        ...[...figures.gaps].map(([id, figure]) => ({
          label: coordinator.gaps(itemLabel(words, id)),
          value: shown(figure, share),
        })),
        { label: coordinator.failures, value: failures(desk, words, lost) },
      ],
    },
  ];
}

/** By reason: how many, and whose. A message that may have arrived is named like one that did not. */
function failures(desk: Desk, { say, called, format }: Words, lost: readonly Nudge[]): string {
  const { coordinator } = say;
  const reasonOf = (one: Nudge) => {
    const code = one.state === "uncertain" ? "uncertain" : (one.reason ?? "");
    return coordinator.reasons[code] ?? coordinator.otherReason;
  };
  const lines = [...Map.groupBy(lost, reasonOf)].map(([reason, nudges]) => {
    const ids = [...new Set(nudges.map((one) => one.person))];
    const names = ids.map((id) => {
      const person = desk.person(id);
      return person === undefined ? id : called(person);
    });
    return coordinator.failure(reason, nudges.length, format.list(names));
  });
  return lines.length === 0 ? coordinator.noFailures : lines.join("\n");
}
