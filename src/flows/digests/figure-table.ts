import { percent } from "#src/domain/aggregate.ts";
import type { Cell } from "#src/domain/csv.ts";
import { dateText, mondayOf, weekOf } from "#src/domain/time.ts";
import type { Words } from "#src/words/words.ts";
import type { Context } from "../context.ts";
import { COUNTED } from "./contributions.ts";
import { figureGroups } from "./figure-groups.ts";
import { figuresAfter, publishedWeeks } from "./program-figures.ts";
import { publishedOf } from "./publish-figures.ts";

/**
 * The program's figures as a table, oldest first: each as it stood after a week with which something was published, with what stands
 * behind it. It has the very shares that digests and home have told, so nothing can be subtracted that could not be before.
 */
export async function figureTable(context: Context, words: Words): Promise<readonly (readonly Cell[])[]> {
  const { coordinator } = words.say;
  const published = await publishedOf(context.store);
  const until = weekOf(context.zone.dayOf(context.now));
  return publishedWeeks(published, COUNTED, until).flatMap((week) => {
    const figures = figuresAfter(week, published, context.program);
    return figureGroups(context, words, figures).flatMap(({ label, of, lines }) =>
      lines.flatMap(([name, shown]) => {
        if ("wanted" in shown) return [];
        const { figure } = shown;
        return [
          [
            words.program,
            dateText(mondayOf(week + 1) - 1),
            name === "" ? label : words.say.labelled(label, name),
            coordinator.share(percent(figure)),
            figure.of,
            coordinator.file.of[of],
            figure.people?.residents ?? null,
            figure.people?.attendings ?? null,
          ],
        ];
      }),
    );
  });
}
