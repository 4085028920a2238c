import type { Store } from "#src/ports/store.ts";
import {
  figureAfter,
  published,
  type Contribution,
  type Figure,
  type Part,
  type Sides,
} from "#src/domain/aggregate.ts";
import { STRATEGY_ITEMS, isOrdered, type ItemId, type OrderedId } from "#src/domain/forms.ts";
import { exchangesOf } from "#src/domain/exchange.ts";
import { type Overlap, outlookOf } from "#src/domain/outlook.ts";
import type { Reply } from "#src/domain/reply.ts";
import type { Assignment } from "#src/domain/roster.ts";
import { settlementsOf } from "#src/domain/settlement.ts";
import { instant, later } from "#src/domain/time.ts";
import { hasAnswered } from "#src/domain/visibility.ts";
import { weekOf, type WeekNumber } from "#src/domain/zone.ts";
import type { Context } from "../context.ts";

/** A figure that may be shown; or, while too few people have contributed, how many of each side are still wanted. */
export type Shown = { readonly figure: Figure } | { readonly wanted: Sides };

/** The figures of a program. */
export interface ProgramFigures {
  /** Of the shifts with an answer about strategy, those that both partners answered. */
  readonly both: Shown;
  /** Of the goals that were shared and looked back on, those that were worked on. */
  readonly closed: Shown;
  /** By ordinal strategy item: of what both answered, what lay so far apart that it is worth a talk. */
  readonly gaps: ReadonlyMap<OrderedId, Shown>;
  /**
   * Of what lay that far apart, what the two settled. Nothing is told of it before it may be shown: how many are still wanted
   * would tell how many had such a gap.
   */
  readonly settled: Figure | undefined;
}

/** Where the published parts are kept: totals only, with no word of who stands behind them. */
const KEY = "figures";
const ORDERED = STRATEGY_ITEMS.filter(isOrdered).map((item) => item.id);
const NAMES = ["both", "closed", ...ORDERED, "settled"];

interface Published {
  /** The week in which figures were last published: once is enough, whichever process starts anew in it. */
  readonly week?: WeekNumber;
  readonly parts: Readonly<Record<string, readonly Part[]>>;
  /** How many were still wanted, while nothing was published yet: since which week, oldest first. */
  readonly wanted?: Readonly<Record<string, readonly Wanted[]>>;
}

interface Wanted extends Sides {
  readonly week: WeekNumber;
}

const publishedBy = (note = '{"parts":{}}'): Published => JSON.parse(note) as Published;

/** The program's figures as they stood after a week. They are read from what was published, and nothing is counted anew. */
export async function programFigures(
  { store, program }: Pick<Context, "program"> & { readonly store: Pick<Store, "note"> },
  week: WeekNumber,
): Promise<ProgramFigures> {
  const { parts, wanted = {} } = publishedBy(await store.note(KEY));
  const after = (name: string): Shown => {
    const figure = figureAfter(week, parts[name] ?? []);
    if (figure !== undefined) return { figure };
    // A week's shifts are counted in the weeks after it.
    const then = wanted[name]?.findLast((one) => one.week <= week + 1);
    const { residents, attendings } = then ?? program.policy.aggregate;
    return { wanted: { residents, attendings } };
  };
  return {
    both: after("both"),
    closed: after("closed"),
    gaps: new Map(ORDERED.map((id) => [id, after(id)])),
    settled: figureAfter(week, parts["settled"] ?? []),
  };
}

/**
 * Publishes what the weeks that are over add to the figures. What is published stands: somebody's answers may be
 * erased afterwards, but not the total that enough people stand behind, since the total before, less the one
 * after, would be that person's part.
 */
export async function publishFigures(context: Context): Promise<void> {
  const { store, program, now } = context;
  const note = await store.note(KEY);
  const before = publishedBy(note);
  const week = weekOf(context.zone.dayOf(now));
  if (before.week === week) return;
  const replies = await store.repliesDuring(instant(0), now);
  const overlaps = replies.length === 0 ? [] : await everyOverlap(context);
  const counted = contributionsOf(context, overlaps, replies);
  const parts: Record<string, readonly Part[]> = {};
  const wanted: Record<string, readonly Wanted[]> = {};
  for (const name of NAMES) {
    const found = published(before.parts[name] ?? [], counted.get(name) ?? [], program.policy.aggregate);
    parts[name] = found.parts;
    const known = before.wanted?.[name] ?? [];
    wanted[name] = found.parts.length > 0 ? known : fewerWanted(known, week, found.wanted);
  }
  // Whoever was frozen over somebody else's publishing must not publish other totals in their place.
  await store.changeNote(KEY, note, JSON.stringify({ week, parts, wanted } satisfies Published));
}

/** Never more than before: one more wanted would tell that somebody is gone. */
function fewerWanted(known: readonly Wanted[], week: WeekNumber, now: Sides): readonly Wanted[] {
  const last = known.at(-1);
  const residents = Math.min(now.residents, last?.residents ?? Infinity);
  const attendings = Math.min(now.attendings, last?.attendings ?? Infinity);
  const isSame = last?.residents === residents && last.attendings === attendings;
  return isSame ? known : [...known, { week, residents, attendings }];
}

/**
 * Also of people who have stopped since, and of days that turned into leave: whether somebody's part is counted must
 * not hang on what happened to them between the shift and the end of its week.
 */
async function everyOverlap({ program, zone, store }: Context): Promise<readonly Overlap[]> {
  const { assignments } = await store.roster();
  return outlookOf({ program, zone, roster: { assignments, absences: [] }, wishes: new Map() }).overlaps;
}

/** What the program's replies contribute to each figure; nobody's single answer leaves this file but in a figure. */
function contributionsOf(
  context: Context,
  overlaps: readonly Overlap[],
  replies: readonly Reply[],
): ReadonlyMap<string, readonly Contribution[]> {
  const found = new Map(NAMES.map((name) => [name, [] as Contribution[]]));
  const add = (name: string, one: Contribution) => found.get(name)?.push(one);
  const { mismatch } = context.program.policy;
  const byOccasion = Map.groupBy(replies, (reply) => reply.occasion);
  const thisWeek = weekOf(context.zone.dayOf(context.now));
  for (const [occasion, together] of Map.groupBy(overlaps, ({ resident }) => resident.id)) {
    const here = byOccasion.get(occasion);
    const { resident } = together[0]!;
    const week = settledIn(context, resident);
    // Only weeks that are over are counted: today's figure minus yesterday's would tell of one day's few people.
    if (here === undefined || week >= thisWeek) continue;
    const residents = [resident.person];
    for (const { attending } of together) {
      const people = { week, residents, attendings: [attending.person] };
      const resi = hasAnswered(here, resident.person, attending.person, STRATEGY_ITEMS[0]!);
      const att = hasAnswered(here, attending.person, resident.person, STRATEGY_ITEMS[0]!);
      if (resi || att) add("both", { ...people, hit: resi && att });
      for (const exchange of exchangesOf(resident.person, attending.person, here)) {
        for (const id of ORDERED) {
          const apart = Number(exchange.attending.get(id)) - Number(exchange.resident.get(id));
          if (Number.isNaN(apart)) continue;
          const isFar = Math.abs(apart) >= mismatch.ordinalSteps;
          add(id, { ...people, hit: isFar });
          if (isFar) add("settled", { ...people, hit: isSettled(here, resident, attending, id) });
        }
      }
    }
    const told = (item: ItemId) =>
      here.find((reply) => reply.item === item && reply.person === resident.person)?.value;
    const outcome = told("outcome");
    // A private goal looks like none, in figures too.
    if (outcome === undefined || told("share") === "private") continue;
    const attendings = together.map(({ attending }) => attending.person);
    add("closed", { week, residents, attendings, hit: outcome === "yes" });
  }
  return found;
}

/** Whether either said what the two settled on or, in older versions, that they talked about it. */
const isSettled = (
  here: readonly Reply[],
  resident: Assignment,
  attending: Assignment,
  item: OrderedId,
): boolean =>
  settlementsOf(resident.person, attending.person, here).some((one) => one.item === item) ||
  here.some(
    (one) =>
      one.item === "talked" &&
      [resident.person, attending.person].includes(one.person) &&
      [resident.person, attending.person].includes(one.about ?? one.person),
  );

/**
 * The week in which the last ask about a shift has closed. A shift is counted from then on, when nothing about
 * it can change any more: so a figure that was shown never moves by one late answer.
 */
const settledIn = (context: Context, shift: Assignment): WeekNumber =>
  weekOf(context.zone.dayOf(later(shift.end, context.program.policy.debriefWindow)));
