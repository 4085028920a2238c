import type { Block, Card } from "#src/card/card.ts";
import { percent, publishedFigure, type Contribution, type Figure } from "#src/domain/aggregate.ts";
import { STRATEGY_ITEMS } from "#src/domain/forms.ts";
import type { Nudge } from "#src/domain/nudge.ts";
import type { Overlap } from "#src/domain/overlap.ts";
import { exchangesOf } from "#src/domain/mismatch.ts";
import type { Reply } from "#src/domain/reply.ts";
import type { Assignment } from "#src/domain/roster.ts";
import { instant, later } from "#src/domain/time.ts";
import { hasAnswered } from "#src/domain/visibility.ts";
import { weekFromLabel, weekOf, type WeekNumber } from "#src/domain/zone.ts";
import { outlookOf } from "#src/schedule/plan.ts";
import type { Words } from "#src/words/words.ts";
import { spanOf, weekNote, type Span } from "./attending-digest.ts";
import type { Desk } from "./desk.ts";
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
  const figures = await programFigures(desk, span);
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

/** The figures that a program may show, each undefined while too few people have contributed to it. */
export interface ProgramFigures {
  /** Of the shifts with an answer about strategy, those that both partners answered. */
  readonly both: Figure | undefined;
  /** Of the debriefed goals, those that were worked on. */
  readonly closed: Figure | undefined;
  /** By ordinal strategy item: of what both answered, what lay so far apart that it is worth a talk. */
  readonly gaps: ReadonlyMap<string, Figure | undefined>;
}

/** The program's figures up to the end of a week. */
export async function programFigures(desk: Desk, span: Span): Promise<ProgramFigures> {
  const minimum = desk.program.policy.aggregatePeople;
  const replies = await desk.store.repliesDuring(instant(0), desk.now);
  const { both, closed, gaps } = contributionsOf(desk, await everyOverlap(desk), replies, span);
  return {
    both: publishedFigure(both, minimum),
    closed: publishedFigure(closed, minimum),
    gaps: new Map([...gaps].map(([id, contributions]) => [id, publishedFigure(contributions, minimum)])),
  };
}

/**
 * Also of people who have stopped since, and of days that turned into leave: a figure that lost one person's part the
 * day they stopped would tell, less the one before, of that person alone.
 */
async function everyOverlap({ program, zone, store }: Desk): Promise<readonly Overlap[]> {
  const { assignments } = await store.roster();
  return outlookOf({ program, zone, roster: { assignments, absences: [] }, wishes: new Map() }).overlaps;
}

/** What the program's replies contribute to each figure; nobody's single answer leaves this file but in a figure. */
function contributionsOf(desk: Desk, overlaps: readonly Overlap[], replies: readonly Reply[], span: Span) {
  const both: Contribution[] = [];
  const closed = new Map<string, Contribution>();
  const ordinal = STRATEGY_ITEMS.filter((item) => item.scale.type === "ordinal");
  const gaps = new Map(ordinal.map((item) => [item.id, [] as Contribution[]]));
  const { mismatch } = desk.program.policy;
  const byOccasion = Map.groupBy(replies, (reply) => reply.occasion);
  for (const { resident, attending } of overlaps) {
    const here = byOccasion.get(resident.id);
    const week = settledIn(desk, resident);
    if (here === undefined || !isOver(desk, week, span)) continue;
    const people = [resident.person, attending.person];
    const resi = hasAnswered(here, resident.person, attending.person, STRATEGY_ITEMS[0]!);
    const att = hasAnswered(here, attending.person, resident.person, STRATEGY_ITEMS[0]!);
    if (resi || att) both.push({ week, people, hit: resi && att });
    for (const exchange of exchangesOf(resident.person, attending.person, here)) {
      for (const [id, contributions] of gaps) {
        const apart = Number(exchange.attending.get(id)) - Number(exchange.resident.get(id));
        if (!Number.isNaN(apart))
          contributions.push({ week, people, hit: Math.abs(apart) >= mismatch.ordinalSteps });
      }
    }
    const outcome = here.find((reply) => reply.item === "outcome" && reply.person === resident.person);
    if (outcome !== undefined)
      closed.set(resident.id, { week, people: [resident.person], hit: outcome.value === "yes" });
  }
  return { both, closed: [...closed.values()], gaps };
}

/**
 * The week in which the last ask about a shift has closed. A shift is counted from then on, when nothing about
 * it can change any more: so a figure that was shown never moves by one late answer.
 */
const settledIn = (desk: Desk, shift: Assignment): WeekNumber =>
  weekOf(desk.zone.dayOf(later(shift.end, desk.program.policy.debriefWindow)));

/** Only weeks that are over are counted: today's figure minus yesterday's would tell of one day's few people. */
const isOver = (desk: Desk, week: WeekNumber, span: Span): boolean =>
  week <= weekOf(desk.zone.dayOf(span.from)) && week < weekOf(desk.zone.dayOf(desk.now));
