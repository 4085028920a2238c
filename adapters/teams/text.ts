/** An element of an Adaptive Card. */
export type Element = Readonly<Record<string, unknown>>;

export interface Look {
  readonly weight?: "Bolder";
  readonly size?: "Small" | "Medium" | "Large";
  readonly isSubtle?: true;
  readonly italic?: true;
  readonly color?: "Attention" | "Accent";
}

/** A piece of text with one style. */
export type Run = readonly [text: string, look?: Look];

/**
 * Text that Teams shows exactly as it is. The runs of a RichTextBlock know no markdown, so nothing needs escaping, and what a
 * person types cannot become a link or heading. They do know `{{DATE(…)}}`, so each brace gets a run of its own: it looks the
 * same and has no effect. Each line is an element of its own, since runs know no line breaks.
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

/** The first `maximum` characters. If something was cut, the last one is an ellipsis. Characters are never split. */
export function cut(text: string, maximum: number): string {
  const letters = [...text];
  return letters.length <= maximum ? text : `${letters.slice(0, maximum - 1).join("")}…`;
}
