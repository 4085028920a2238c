import {
  isEnough,
  published,
  publishedWithin,
  type Counting,
  type Part,
  type Publication,
  type Sides,
  type Tally,
} from "#src/domain/aggregate.ts";
import type { Program } from "#src/domain/program.ts";
import { weekOf, type WeekNumber } from "#src/domain/time.ts";
import type { Store } from "#src/ports/store.ts";
import type { Context } from "../context.ts";
import {
  contributionsAfter,
  COUNTED,
  figuresOf,
  isChoice,
  type Contributions,
  type Counted,
} from "./contributions.ts";

/** Where the published parts are kept: totals only, with no word of who stands behind them. */
const KEY = "program-figures";
/** Where versions before 0.2 have kept theirs. They stand. */
const EARLIER = "figures";

const PART_OF: Readonly<Partial<Record<Counted, Counted>>> = {
  exchanges: "shifts",
  differences: "exchanges",
};

/** How many were still wanted, while nothing was published yet, since a week. */
export interface Wanted extends Sides {
  readonly week: WeekNumber;
}

export interface Published {
  /** The week in which figures were last published: once is enough, whichever process starts anew in it. */
  readonly week?: WeekNumber;
  readonly tallies: Readonly<Partial<Record<Counted, Tally>>>;
  /** Oldest first. */
  readonly wanted?: Readonly<Partial<Record<Counted, readonly Wanted[]>>>;
}

/** What the program has published. */
export async function publishedOf(store: Pick<Store, "note">): Promise<Published> {
  const note = await store.note(KEY);
  return note === undefined ? earlier(await store.note(EARLIER)) : (JSON.parse(note) as Published);
}

/** What versions before 0.2 have kept: each figure by itself. */
interface Earlier {
  readonly parts: Readonly<Record<string, readonly { through: WeekNumber; hits: number; of: number }[]>>;
  readonly wanted?: Readonly<Record<string, readonly Wanted[]>>;
}

const EARLIER_NAMES: Readonly<Partial<Record<Counted, readonly string[]>>> = {
  shifts: ["both"],
  exchanges: ["help", "call"],
  differences: ["settled"],
  goals: ["closed"],
};

/** Nothing is counted anew for weeks of which a part was published: somebody may have been erased since, and would be the difference. */
function earlier(note = '{"parts":{}}'): Published {
  const { parts, wanted = {} } = JSON.parse(note) as Earlier;
  const tallies: Partial<Record<Counted, Tally>> = {};
  const wantedOf: Partial<Record<Counted, readonly Wanted[]>> = {};
  for (const counted of COUNTED) {
    const names = EARLIER_NAMES[counted] ?? [];
    const own = joinedParts(names.flatMap((name) => (parts[name] ?? []).map((one) => ({ name, ...one }))));
    const within = PART_OF[counted];
    const since = Math.max(own.at(-1)?.through ?? -Infinity, (within && tallies[within]?.since) ?? -Infinity);
    tallies[counted] = { parts: own, ...(since === -Infinity ? {} : { since }) };
    const [first] = names;
    if (first !== undefined && wanted[first] !== undefined) wantedOf[counted] = wanted[first];
  }
  return { tallies, wanted: wantedOf };
}

const joinedParts = (
  all: readonly { name: string; through: WeekNumber; hits: number; of: number }[],
): readonly Part[] =>
  [...Map.groupBy(all, ({ through }) => through)]
    .map(([through, same]) => ({
      through,
      of: same[0]!.of,
      hits: Object.fromEntries(same.map(({ name, hits }) => [name, hits])),
    }))
    .toSorted((a, b) => a.through - b.through);

/**
 * Publishes what the weeks that are over add to the figures. What is published stands: somebody's answers may be
 * erased afterwards, but not the total that enough people stand behind, since the total before, less the one
 * after, would be that person's part. Only weeks are read of which something is not published yet.
 */
export async function publishFigures(context: Context): Promise<void> {
  const { store, program, now } = context;
  const note = await store.note(KEY);
  const before = await publishedOf(store);
  const week = weekOf(context.zone.dayOf(now));
  if (before.week === week) return;
  const contributions = await contributionsAfter(context, publishedUntil(before));
  const found = publications(before, contributions, program);
  const tallies: Partial<Record<Counted, Tally>> = {};
  const wanted: Partial<Record<Counted, readonly Wanted[]>> = {};
  for (const counted of COUNTED) {
    const { tally, wanted: left } = found[counted];
    const known = before.wanted?.[counted] ?? [];
    tallies[counted] = tally;
    wanted[counted] = tally.parts.length > 0 ? known : fewerWanted(known, week, left);
  }
  // Whoever was frozen over somebody else's publishing must not publish other totals in their place.
  await store.changeNote(KEY, note, JSON.stringify({ week, tallies, wanted } satisfies Published));
}

/** What is published anew of each, with what is there already. */
function publications(
  { tallies }: Published,
  contributions: Contributions,
  program: Program,
): Readonly<Record<Counted, Publication>> {
  const of = (counted: Counted): Tally => tallies[counted] ?? { parts: [] };
  const counting = (counted: Counted): Counting => ({
    contributions: contributions[counted],
    names: figuresOf(program)[counted],
    minimum: program.policy.aggregate,
    isChoice,
  });
  const shifts = published(of("shifts"), counting("shifts"));
  const within = (counted: Counted, around: Publication): Publication => {
    const found = publishedWithin(shifts.tally.parts, around.tally.parts, of(counted), counting(counted));
    // Where enough people have contributed, they wait for what they are part of.
    return isEnough(found.wanted) ? { ...found, wanted: around.wanted } : found;
  };
  const exchanges = within("exchanges", shifts);
  return {
    shifts,
    exchanges,
    differences: within("differences", exchanges),
    goals: published(of("goals"), counting("goals")),
    "check-ins": published(of("check-ins"), counting("check-ins")),
  };
}

/** The last week of which everything is published. */
function publishedUntil({ tallies }: Published): WeekNumber | undefined {
  const all = COUNTED.map((counted) => tallies[counted]?.since);
  return all.includes(undefined) ? undefined : Math.min(...all.map(Number));
}

/** Never more than before: one more wanted would tell that somebody is gone. */
function fewerWanted(known: readonly Wanted[], week: WeekNumber, now: Sides): readonly Wanted[] {
  const last = known.at(-1);
  const residents = Math.min(now.residents, last?.residents ?? Infinity);
  const attendings = Math.min(now.attendings, last?.attendings ?? Infinity);
  const isSame = last?.residents === residents && last.attendings === attendings;
  return isSame ? known : [...known, { week, residents, attendings }];
}
