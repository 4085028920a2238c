/** One part of a card, in Teams' own form. */
export type Element = Readonly<Record<string, unknown>>;

export interface Look {
  readonly weight?: "Bolder";
  readonly size?: "Small" | "Medium" | "Large";
  readonly isSubtle?: true;
  readonly italic?: true;
  readonly color?: "Attention" | "Accent";
}

/** A stretch of text with one look. */
export type Run = readonly [text: string, look?: Look];

/**
 * Text as it was written: runs of a RichTextBlock know no markdown, so there is nothing to escape and nothing
 * that a person types can become a link or a heading. What they do know is `{{DATE(…)}}`: each brace gets a run
 * of its own, which shows the same and means nothing. Each line is an element, since runs know no line break.
 */
export function textOf(runs: readonly Run[], spacing?: "None" | "Small"): readonly Element[] {
  return linesOf(runs).map((line, index) => ({
    type: "RichTextBlock",
    ...(index > 0 ? { spacing: "None" } : spacing === undefined ? {} : { spacing }),
    inlines: line.flatMap(([text, look]) =>
      text.split(/(?<=\{)(?=\{)/u).map((part) => ({ type: "TextRun", text: part, ...look })),
    ),
  }));
}

function linesOf(runs: readonly Run[]): readonly (readonly Run[])[] {
  const lines: Run[][] = [[]];
  for (const [text, look] of runs) {
    for (const [index, part] of text.split(/\r\n|\r|\n/u).entries()) {
      if (index > 0) lines.push([]);
      if (part !== "") lines.at(-1)!.push(look === undefined ? [part] : [part, look]);
    }
  }
  return lines.filter((line) => line.length > 0);
}

/** How wide a text is shown, in letters: a Japanese character is as wide as two. */
export const widthOf = (text: string): number =>
  [...text].reduce(
    (width, letter) => width + (/[\u1100-\uFFEF]|[\u{1F300}-\u{3FFFF}]/u.test(letter) ? 2 : 1),
    0,
  );

/** The first `maximum` characters, an ellipsis being the last where something was cut. Never half a character. */
export function cut(text: string, maximum: number): string {
  const letters = [...text];
  return letters.length <= maximum ? text : `${letters.slice(0, maximum - 1).join("")}…`;
}
