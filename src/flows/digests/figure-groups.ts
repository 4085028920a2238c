import { isNearNone, tellOfTheRest, type Figure } from "#src/domain/aggregate.ts";
import type { Words } from "#src/words/words.ts";
import type { Context } from "../context.ts";
import { itemLabel } from "../view/in-words.ts";
import type { ProgramFigures, Shown } from "./program-figures.ts";

/** Figures of the same cases, as they are told: each by its name, "" where it is the only one. */
export interface FigureGroup {
  readonly label: string;
  readonly of: keyof Words["say"]["coordinator"]["cases"];
  readonly lines: readonly (readonly [name: string, shown: Shown])[];
  /** Stands below the lines. */
  readonly others?: string;
  /** What stands behind all of them. */
  readonly basis: Shown;
}

/** All figures in the order in which they are told. What may not be told of them is not among them. */
export function figureGroups(
  context: Pick<Context, "program">,
  words: Words,
  figures: ProgramFigures,
): readonly FigureGroup[] {
  const { coordinator } = words.say;
  const { both, closed, partly, feedback, gaps, settled, easy } = figures;
  const apart = [...gaps].map(([id, shown]) => [itemLabel(words, id), shown] as const);
  return [
    { label: coordinator.both, of: "shifts", lines: [["", both]], basis: both },
    {
      label: coordinator.goals,
      of: "goals",
      lines: [
        [coordinator.closed, closed],
        partlyOrBoth(words, closed, partly),
        [coordinator.feedback, feedback],
      ],
      basis: closed,
    },
    ...categories(context, words, figures),
    ...apart
      .slice(0, 1)
      .map(([, basis]) => ({ label: coordinator.gaps, of: "exchanges" as const, lines: apart, basis })),
    ...[settled]
      .filter((one) => one !== undefined)
      .map((figure) => ({
        label: coordinator.settled,
        of: "differences" as const,
        lines: [["", { figure }] as const],
        basis: { figure },
      })),
    { label: coordinator.easy, of: "answers", lines: [["", easy]], basis: easy },
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

/** The share of each category with its milestones. Those below a tenth are one line: 0 would say that nobody chose it. */
function categories(
  { program }: Pick<Context, "program">,
  words: Words,
  figures: ProgramFigures,
): readonly FigureGroup[] {
  const { coordinator } = words.say;
  const known = program.goals.flatMap((goal) => {
    const figure = figures.categories.get(goal.id);
    return figure === undefined ? [] : [{ goal, figure }];
  });
  const [first] = known;
  if (first === undefined) return [];
  const shown = known.filter(({ figure }) => !isNearNone(figure));
  const lines = shown.map(({ goal, figure }): [string, { figure: Figure }] => {
    const { milestones } = goal;
    const name = words.goal(goal.id);
    return [milestones.length === 0 ? name : coordinator.milestones(name, milestones.join(", ")), { figure }];
  });
  return [
    {
      label: coordinator.categories,
      of: "goals",
      lines,
      ...(known.length > shown.length ? { others: coordinator.otherCategories } : {}),
      basis: { figure: first.figure },
    },
  ];
}
