import { rich, richText, type Run, type SlackBlock } from "./blocks.ts";
import { wholeEnd } from "./cut.ts";
import { LIMITS } from "./limits.ts";

export const run = (text: string, bold = false): Run => ({ text, bold });

/** Lines, each of several pieces of text. */
export const between = (rows: readonly (readonly Run[])[]): readonly Run[] =>
  rows.flatMap((row, index) => (index === 0 ? row : [run("\n"), ...row]));

/** A long text, split into pieces that are shown as one. */
export function inRuns(runs: readonly Run[]): readonly Run[] {
  return runs.flatMap(({ text, bold }) => {
    const parts: Run[] = [];
    for (let rest = text; rest !== "";) {
      const end = rest.length <= LIMITS.text ? rest.length : wholeEnd(rest, LIMITS.text);
      parts.push(run(rest.slice(0, end), bold));
      rest = rest.slice(end);
    }
    return parts;
  });
}

export const lines = (runs: readonly Run[]): readonly SlackBlock[] => richText(rich(inRuns(merged(runs))));

/** Neighbours of one look as one piece: each piece takes room of the message. */
function merged(runs: readonly Run[]): readonly Run[] {
  const pieces: Run[] = [];
  for (const one of runs) {
    const last = pieces.at(-1);
    if (last !== undefined && (last.bold === true) === (one.bold === true))
      pieces[pieces.length - 1] = { ...last, text: last.text + one.text };
    else pieces.push(one);
  }
  return pieces;
}
