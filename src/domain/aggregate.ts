import type { PersonId } from "./person.ts";
import type { WeekNumber } from "./time.ts";

/** One case that a program's figures count: whose it was, and which of the figures it counts for. */
export interface Contribution {
  readonly week: WeekNumber;
  readonly residents: readonly PersonId[];
  readonly attendings: readonly PersonId[];
  /** The names of the figures for which it is a yes. */
  readonly hits: readonly string[];
}

/** Numbers of different people: how many a part must have, how many it has, or how many are still missing. */
export interface Sides {
  readonly residents: number;
  readonly attendings: number;
}

/** Cases that were counted together, up to a week: how many, and for how many of them each figure is a yes. */
export interface Part {
  readonly through: WeekNumber;
  readonly of: number;
  readonly hits: Readonly<Record<string, number>>;
  /** How many different people stand behind it. Unknown of parts that a version before 0.2 has published. */
  readonly people?: Sides;
}

/** Figures that count the same cases, and so are published together. */
export interface Tally {
  /** What was published, oldest first. It never changes. */
  readonly parts: readonly Part[];
  /** The last week of which nothing waits: all up to it was published, or is not counted. */
  readonly since?: WeekNumber;
  /** What was counted together with the cases that these are part of, but is of too few people to be published yet. */
  readonly waiting?: Part;
}

/** A tally, and how many people are missing before its next part. */
export interface Publication {
  readonly tally: Tally;
  readonly wanted: Sides;
}

/** What is counted: contributions of weeks that are over, the names of the figures, and how many people a part needs. */
export interface Counting {
  readonly contributions: readonly Contribution[];
  readonly names: readonly string[];
  readonly minimum: Sides;
  /** Whether a figure is one choice of many: that nobody has made it in a while tells of nobody. */
  readonly isChoice?: (name: string) => boolean;
}

/**
 * Publishes figures in parts. The contributions of a week wait until at least `minimum` different residents and attendings
 * have contributed to all that waits. So any two figures that were ever shown differ by whole parts, and subtracting one
 * from the other never tells about fewer people. This also holds when people stop, leave or are erased in between.
 * Residents and attendings are counted separately: a part of one resident and four attendings would show the attendings
 * what that resident answered. A part that would tell what each of them answered, by subtraction, waits for the next weeks.
 */
export function published(before: Tally, counting: Counting): Publication {
  const { contributions, names, minimum } = counting;
  const parts = [...before.parts];
  let since = before.since ?? -Infinity;
  const weeks = new Set(contributions.map(({ week }) => week).filter((week) => week > since));
  for (const through of [...weeks].toSorted((a, b) => a - b)) {
    const fresh = between(contributions, since, through);
    if (!isEnough(wantedBeside(fresh, minimum))) continue;
    const part = partOf(fresh, names, through);
    if (tellsOfEach(parts, part, counting)) continue;
    parts.push(part);
    since = through;
  }
  const wanted = wantedBeside(between(contributions, since, Infinity), minimum);
  return { tally: { parts, ...sinceOf(since) }, wanted };
}

/**
 * The same for cases that are part of others: those that both answered, of all shifts with an answer. A part of theirs ends where one of
 * the others does, so what lies between the two figures is whole parts of the others. They are counted when the outermost of the
 * others are, and stand since then, though they are published later: somebody who is erased in between would else be the difference.
 *
 * @param outermost the published parts of what all of them are part of
 * @param of the published parts of what they are part of themselves
 */
export function publishedWithin(
  outermost: readonly Part[],
  of: readonly Part[],
  before: Tally,
  counting: Counting,
): Publication {
  const { contributions, names, minimum } = counting;
  const parts = [...before.parts];
  const ends = new Set(of.map(({ through }) => through));
  let { waiting } = before;
  let since = before.since ?? -Infinity;
  const counted = waiting?.through ?? since;
  for (const { through } of outermost.filter((one) => one.through > counted)) {
    const fresh = between(contributions, waiting?.through ?? since, through);
    waiting = joined(waiting, partOf(fresh, names, through));
    const behind = between(contributions, since, through);
    if (!ends.has(through) || !isEnough(wantedBeside(behind, minimum))) continue;
    if (tellsOfEach(parts, waiting, counting)) continue;
    parts.push({ ...waiting, people: peopleIn(behind) });
    since = through;
    waiting = undefined;
  }
  const wanted = wantedBeside(between(contributions, since, Infinity), minimum);
  const tally = { parts, ...sinceOf(since), ...(waiting === undefined ? {} : { waiting }) };
  return { tally, wanted };
}

/**
 * Whether the figures before and after a part, subtracted, would say that none or all of its cases were a yes: so everybody's answer.
 * Of a share near 0 or 100 nobody is told how many there were, so nothing is subtracted from it.
 */
function tellsOfEach(parts: readonly Part[], part: Part, { names, isChoice }: Counting): boolean {
  return names.some((name) => {
    const hits = part.hits[name] ?? 0;
    if (hits !== part.of && (hits !== 0 || isChoice?.(name) === true)) return false;
    const [before, after] = [parts, [...parts, part]].map((all) => figureAfter(Infinity, all, name));
    return before !== undefined && after !== undefined && isExact(before) && isExact(after);
  });
}

const sinceOf = (since: number) => (since === -Infinity ? {} : { since });

/** Those of the weeks after `since`, up to `through`. */
const between = (all: readonly Contribution[], since: number, through: number): readonly Contribution[] =>
  all.filter(({ week }) => week > since && week <= through);

const partOf = (counted: readonly Contribution[], names: readonly string[], through: WeekNumber): Part => ({
  through,
  of: counted.length,
  hits: Object.fromEntries(
    names.map((name) => [name, counted.filter(({ hits }) => hits.includes(name)).length]),
  ),
  people: peopleIn(counted),
});

/** Two that follow each other as one. How many people stand behind both is not known from how many do behind each. */
function joined(first: Part | undefined, { through, of, hits }: Part): Part {
  if (first === undefined) return { through, of, hits };
  const sums = Object.entries(hits).map(([name, count]) => [name, count + (first.hits[name] ?? 0)]);
  return { through, of: first.of + of, hits: { ...first.hits, ...Object.fromEntries(sums) } };
}

/** Whether nobody is wanted any more. */
export const isEnough = ({ residents, attendings }: Sides): boolean => residents === 0 && attendings === 0;

function peopleIn(counted: readonly Contribution[]): Sides {
  const count = (side: keyof Sides) => new Set(counted.flatMap((one) => one[side])).size;
  return { residents: count("residents"), attendings: count("attendings") };
}

function wantedBeside(waiting: readonly Contribution[], minimum: Sides): Sides {
  const there = peopleIn(waiting);
  const left = (side: keyof Sides) => Math.max(0, minimum[side] - there[side]);
  return { residents: left("residents"), attendings: left("attendings") };
}

/** A figure that may be shown, with what stands behind it. */
export interface Figure {
  readonly hits: number;
  readonly of: number;
  /** How many different people contributed; at least so many, where it has several parts. Unknown in figures of versions before 0.2. */
  readonly people?: Sides & { readonly atLeast: boolean };
}

/**
 * A figure as it was after a week: what was published of it until then. Undefined if nothing was. Who stood behind each part is not
 * kept, so of several parts the largest tells how many people there are at least.
 */
export function figureAfter(week: WeekNumber, parts: readonly Part[], name: string): Figure | undefined {
  const shown = parts.filter(({ through, hits }) => through <= week && hits[name] !== undefined);
  if (shown.length === 0) return undefined;
  const known = shown.flatMap(({ people }) => people ?? []);
  const most = (side: keyof Sides) => Math.max(...known.map((one) => one[side]));
  const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
  return {
    hits: sum(shown.map(({ hits }) => hits[name]!)),
    of: sum(shown.map(({ of }) => of)),
    ...(known.length === 0
      ? {}
      : {
          people: {
            residents: most("residents"),
            attendings: most("attendings"),
            atLeast: shown.length > 1,
          },
        }),
  };
}

/** Whether a figure is shown as a number: a share near 0 or 100 is told in words instead (coordinator.share). */
export const isExact = (figure: Pick<Figure, "hits" | "of">): boolean =>
  !isNearNone(figure) && percent(figure) <= 90;

/** A number this small would tell that nobody, or next to nobody, said so. */
export const isNearNone = (figure: Pick<Figure, "hits" | "of">): boolean => percent(figure) < 10;

/** A figure in whole per cent. */
export const percent = ({ hits, of }: Pick<Figure, "hits" | "of">): number => Math.round((100 * hits) / of);

/**
 * Whether two figures that are choices of one question, both shown as numbers, would tell by subtraction that nobody, or next to
 * nobody, made any other choice: a share near 0 is told in words.
 */
export const tellOfTheRest = (one: Figure, other: Figure): boolean =>
  one.of === other.of &&
  isExact(one) &&
  isExact(other) &&
  !isExact({ hits: one.hits + other.hits, of: one.of });
