import type { Block, Chart, ChartValue } from "#src/card/card.ts";
import { percent, tellOfTheRest, type Figure } from "#src/domain/aggregate.ts";
import { dateText, mondayOf, type WeekNumber } from "#src/domain/zone.ts";
import type { Words } from "#src/words/words.ts";
import type { Context } from "../context.ts";
import { itemLabel } from "../view/in-words.ts";
import { figuresAfter, publishedWeeks, type ProgramFigures, type Shown } from "./program-figures.ts";
import { publishedOf, type Published } from "./publish-figures.ts";
import { spanOf } from "./week-span.ts";

type Row = { readonly label: string; readonly value: string };

/** The program's figures as they stood after a week: each with what stands behind it, and as lines over the parts that were published. */
export async function figureBlocks(
  context: Context,
  words: Words,
  week: WeekNumber,
): Promise<readonly Block[]> {
  const published = await publishedOf(context.store);
  const figures = figuresAfter(week, published, context.program);
  return [
    { type: "facts", rows: rowsOf(context, words, figures) },
    ...chartOf(context, words, published, week),
  ];
}

function rowsOf(context: Context, words: Words, figures: ProgramFigures): readonly Row[] {
  const { coordinator } = words.say;
  const { cases } = coordinator;
  const { both, closed, partly, feedback, gaps, settled, easy } = figures;
  return [
    { label: coordinator.both, value: told(words, cases.shifts, [["", both]]) },
    {
      label: coordinator.goals,
      value: told(words, cases.goals, [
        [coordinator.closed, closed],
        partlyOrBoth(words, closed, partly),
        [coordinator.feedback, feedback],
      ]),
    },
    ...categoryRows(context, words, figures),
    {
      label: coordinator.gaps,
      value: told(
        words,
        cases.exchanges,
        [...gaps].map(([id, shown]) => [itemLabel(words, id), shown]),
      ),
    },
    ...(settled === undefined
      ? []
      : [
          {
            label: coordinator.settled,
            value: told(words, cases.differences, [["", { figure: settled }]]),
          },
        ]),
    { label: coordinator.easy, value: told(words, cases.answers, [["", easy]]) },
  ];
}

/** Goals that were partly worked on; or those and the ones worked on together, where nearly all were one or the other. */
function partlyOrBoth({ say }: Words, closed: Shown, partly: Shown): readonly [string, Shown] {
  const { coordinator } = say;
  if ("wanted" in closed || "wanted" in partly || !tellOfTheRest(closed.figure, partly.figure))
    return [coordinator.partly, partly];
  const hits = closed.figure.hits + partly.figure.hits;
  return [coordinator.atLeastPartly, { figure: { ...partly.figure, hits } }];
}

type Cases = (count: number) => string;

const share = (words: Words, figure: Figure): string => words.say.coordinator.share(percent(figure));

/**
 * Figures of the same cases, each by its name, and what stands behind them; or how many people are wanted for them. What has been
 * counted for a shorter time, since a newer version, says of how many cases it is.
 */
function told(words: Words, cases: Cases, named: readonly (readonly [string, Shown])[]): string {
  const { say } = words;
  const [first] = named.map(([, shown]) => shown);
  if (first === undefined) return "";
  if ("wanted" in first) return say.coordinator.tooFew(first.wanted.residents, first.wanted.attendings);
  const lines = named.flatMap(([name, shown]) => {
    if ("wanted" in shown) return [];
    const { figure } = shown;
    const text = share(words, figure);
    const whole = figure.of === first.figure.of ? text : say.coordinator.since(text, cases(figure.of));
    return [name === "" ? whole : say.labelled(name, whole)];
  });
  return [...lines, behind(words, first.figure, cases)].join("\n");
}

/** How many cases and how many different people stand behind a figure. */
function behind({ say }: Words, { of, people }: Figure, cases: Cases): string {
  const { coordinator } = say;
  if (people === undefined) return cases(of);
  const { residents, attendings, atLeast } = people;
  const count = atLeast ? coordinator.peopleAtLeast : coordinator.people;
  return coordinator.behind(cases(of), count(residents, attendings));
}

/** The share of each category with its milestones. Those below a tenth are one line: 0 would say that nobody chose it. */
function categoryRows({ program }: Context, words: Words, { categories }: ProgramFigures): readonly Row[] {
  const { coordinator } = words.say;
  const known = program.goals.flatMap((goal) => {
    const figure = categories.get(goal.id);
    return figure === undefined ? [] : [{ goal, figure }];
  });
  const [first] = known;
  if (first === undefined) return [];
  const shown = known.filter(({ figure }) => percent(figure) >= 10);
  const lines = shown.map(({ goal, figure }) => {
    const { milestones } = goal;
    const name = words.goal(goal.id);
    const label = milestones.length === 0 ? name : coordinator.milestones(name, milestones.join(", "));
    return words.say.labelled(label, share(words, figure));
  });
  const others = known.length > shown.length ? [coordinator.otherCategories] : [];
  const value = [...lines, ...others, behind(words, first.figure, coordinator.cases.goals)].join("\n");
  return [{ label: coordinator.categories, value }];
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
