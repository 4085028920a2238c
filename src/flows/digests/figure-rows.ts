import { act } from "#src/card/act.ts";
import type { Block, Chart, ChartValue } from "#src/card/card.ts";
import { percent, type Figure } from "#src/domain/aggregate.ts";
import { nextStep } from "#src/domain/next-step.ts";
import { dateText, mondayOf, type WeekNumber } from "#src/domain/time.ts";
import type { Words } from "#src/words/words.ts";
import type { Context } from "../context.ts";
import { COUNTED } from "./contributions.ts";
import type { Delivery } from "./delivery.ts";
import { figureGroups, type FigureGroup } from "./figure-groups.ts";
import { figuresAfter, publishedWeeks, type ProgramFigures, type Shown } from "./program-figures.ts";
import { publishedOf, type Published } from "./publish-figures.ts";
import { spanOf } from "./week-span.ts";

type Row = { readonly label: string; readonly value: string };

/**
 * The program's figures as they stood after a week: each with what stands behind it, as lines over the parts that were published, what
 * invites a step, and the way to them as a file.
 */
export async function figureBlocks(
  context: Context,
  words: Words,
  week: WeekNumber,
  delivery: Delivery,
): Promise<readonly Block[]> {
  const { coordinator } = words.say;
  const published = await publishedOf(context.store);
  const figures = figuresAfter(week, published, context.program);
  const step = stepText(words, figures, delivery);
  const asFile = { label: coordinator.file.button, act: act({ verb: "say", command: "figures" }) };
  return [
    {
      type: "facts",
      rows: figureGroups(context, words, figures).map((group) => rowOf(words, group)),
    },
    ...chartOf(context, words, published, week),
    ...(step === undefined ? [] : [{ type: "text" as const, text: step }]),
    ...(publishedWeeks(published, COUNTED, week).length === 0
      ? []
      : [{ type: "actions" as const, actions: [{ ...asFile, style: "quiet" as const }] }]),
  ];
}

/** One sentence where something that is told anyway invites a step. */
function stepText(words: Words, figures: ProgramFigures, { due, lost }: Delivery): string | undefined {
  const { both, feedback, settled, single } = figures;
  const shownOf = (shown: Shown) => ("figure" in shown ? shown.figure : undefined);
  const step = nextStep({
    due,
    lost: lost.length,
    both: shownOf(both),
    single,
    feedback: shownOf(feedback),
    settled,
  });
  const { steps } = words.say.coordinator;
  switch (step?.kind) {
    case undefined:
      return undefined;
    case "arrive":
      return steps.arrive(step.lost, step.due);
    case "both":
      return steps.both(share(words, step.figure), step.hour);
    default:
      return steps[step!.kind](share(words, step!.figure));
  }
}

const rowOf = (words: Words, { label, of, lines, others, basis }: FigureGroup): Row => {
  const cases = words.say.coordinator.cases[of];
  return { label, value: told(words, cases, lines, basis, others) };
};

type Cases = (count: number) => string;

const share = (words: Words, figure: Figure): string => words.say.coordinator.share(percent(figure));

/**
 * Figures of the same cases, each by its name, and what stands behind them; or how many people are wanted for them. What has been
 * counted for a shorter time, since a newer version, says of how many cases it is.
 */
function told(
  words: Words,
  cases: Cases,
  named: FigureGroup["lines"],
  basis: Shown,
  others: string | undefined,
): string {
  const { say } = words;
  if ("wanted" in basis) return say.coordinator.tooFew(basis.wanted.residents, basis.wanted.attendings);
  const lines = named.flatMap(([name, shown]) => {
    if ("wanted" in shown) return [];
    const { figure } = shown;
    const text = share(words, figure);
    const whole = figure.of === basis.figure.of ? text : say.coordinator.since(text, cases(figure.of));
    return [name === "" ? whole : say.labelled(name, whole)];
  });
  return [...lines, ...(others === undefined ? [] : [others]), behind(words, basis.figure, cases)].join("\n");
}

/** How many cases and how many different people stand behind a figure. */
function behind({ say }: Words, { of, people }: Figure, cases: Cases): string {
  const { coordinator } = say;
  if (people === undefined) return cases(of);
  const { residents, attendings, atLeast } = people;
  const count = atLeast ? coordinator.peopleAtLeast : coordinator.people;
  return coordinator.behind(cases(of), count(residents, attendings));
}

/** As many points as a platform draws, the newest. */
const POINTS = 20;

/** How four of the figures have moved: each point is the figure as it stood when a part was published. Nothing before there are two. */
function chartOf(context: Context, words: Words, published: Published, week: WeekNumber): readonly Block[] {
  const weeks = publishedWeeks(published, ["shifts", "goals", "check-ins"], week).slice(-POINTS);
  if (weeks.length < 2) return [];
  const stood = weeks.map((one) => figuresAfter(one, published, context.program));
  const { chart } = words.say.coordinator;
  const line = (name: string, of: (figures: ProgramFigures) => Shown) => ({
    name,
    values: stood.map((figures) => {
      const shown = of(figures);
      return "figure" in shown ? drawn(words, shown.figure) : undefined;
    }),
  });
  const series = [
    line(chart.both, ({ both }) => both),
    line(chart.closed, ({ closed }) => closed),
    line(chart.feedback, ({ feedback }) => feedback),
    line(chart.easy, ({ easy }) => easy),
  ].filter(({ values }) => values.some((one) => one !== undefined));
  const picture: Chart = {
    type: "chart",
    title: chart.title,
    points: weeks.map((one) => ({
      label: words.format.date(spanOf(context, one).from),
      day: dateText(mondayOf(one)),
    })),
    series,
    scale: [0, 50, 100].map((value) => ({ value, text: `${value}%` })),
    key: chart.key,
  };
  return [picture];
}

/** A share is drawn no nearer to none or to all than it is told. */
const drawn = (words: Words, figure: Figure): ChartValue => ({
  value: Math.min(90, Math.max(10, percent(figure))),
  text: share(words, figure),
});
