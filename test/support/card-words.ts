import { tapsIn } from "#src/card/act.ts";
import type { Action, Block } from "#src/card/card.ts";

/** Text with single spaces: where a platform breaks its lines is its own affair. */
export const spaced = (text: string): string => text.replaceAll(/\s+/gu, " ");

/** Every word that a block's reader is to see. A field shows what was typed, or else its placeholder. */
export const wordsOf = (block: Block): readonly string[] =>
  textsIn(block).flatMap((text) => spaced(text).split(" "));

function textsIn(block: Block): readonly string[] {
  switch (block.type) {
    case "title":
      return [block.text, block.note ?? ""];
    case "text":
    case "visibility":
      return [block.text];
    case "quote":
      return [block.by, block.text];
    case "question":
      return [...countIn(block), block.text, ...block.choices.map(({ label }) => label)];
    case "input":
      return [
        ...countIn(block),
        block.text,
        block.value ?? block.placeholder ?? "",
        block.note ?? "",
        block.problem ?? "",
        block.submit.label,
        ...(block.skip === undefined ? [] : onButton(block.skip)),
      ];
    case "answers":
      return block.rows.flatMap((row) => [
        row.label,
        row.value,
        ...(row.change === undefined ? [] : onButton(row.change)),
      ]);
    case "compare":
      return [
        block.mine,
        block.theirs,
        ...block.rows.flatMap((row) => [
          row.label,
          row.mine,
          row.theirs,
          row.gap?.direction ?? "",
          row.gap?.starter ?? "",
        ]),
      ];
    case "chart":
      return [
        block.title,
        ...block.points.map(({ label }) => label),
        // What a single line is, the title says.
        ...(block.series.length === 1 ? [] : block.series.map(({ name }) => name)),
        ...block.series.flatMap(({ values }) => values.map((one) => one?.text ?? "")),
      ];
    case "facts":
      return block.rows.flatMap((row) => [row.label, row.value]);
    case "actions":
      return block.actions.flatMap(onButton);
    case "divider":
      return [];
    default:
      return block satisfies never;
  }
}

/** The "no" is Slack's alone: elsewhere what is asked closes where it opened. */
const onButton = ({ label, confirm }: Action): readonly string[] =>
  confirm === undefined ? [label] : [label, confirm.text, confirm.yes];

const countIn = ({ step }: { step?: { now: number; of: number } }): readonly string[] =>
  step === undefined ? [] : [String(step.now), String(step.of)];

/** Every act of a block, whether it can be read back or not. */
export const actsIn = (block: Block): readonly string[] => tapsIn(block).map(({ act }) => act);
