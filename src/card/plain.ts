import type { Action, Block, Card } from "./card.ts";
import { chartRows } from "./chart.ts";

/** The whole card as plain text, for transcripts and tests. */
export const plain = (card: Card): string => card.blocks.map(plainBlock).join("\n");

function plainBlock(block: Block): string {
  switch (block.type) {
    case "title":
      return block.note === undefined ? `# ${block.text}` : `# ${block.text}\n${block.note}`;
    case "text":
      return block.text;
    case "quote":
      return `${block.by}: “${block.text}”`;
    case "question":
      return [
        `${place(block)}${block.text}`,
        ...block.choices.map((one) => `${one.chosen === true ? "(x)" : "( )"} ${one.label}`),
      ].join("\n");
    case "input": {
      const buttons = [block.submit, ...(block.skip === undefined ? [] : [block.skip])].map(button).join(" ");
      const field = `____ ${block.value ?? block.placeholder ?? ""}`.trimEnd();
      return [
        `${place(block)}${block.text}`,
        field,
        ...(block.problem === undefined ? [] : [block.problem]),
        ...(block.note === undefined ? [] : [block.note]),
        buttons,
      ].join("\n");
    }
    case "answers":
      return block.rows
        .map((row) => `${row.label}: ${row.value}${row.change === undefined ? "" : ` ${button(row.change)}`}`)
        .join("\n");
    case "compare":
      return block.rows
        .map((row) => {
          const lines = [row.label, `  ${block.mine}: ${row.mine}`, `  ${block.theirs}: ${row.theirs}`];
          return [
            ...lines,
            ...(row.gap === undefined ? [] : [`  ${row.gap.direction}`, `  ${row.gap.starter}`]),
          ].join("\n");
        })
        .join("\n");
    case "facts":
      return facts(block.rows);
    case "chart":
      return [block.title, facts(chartRows(block))].join("\n");
    case "visibility":
      return block.text;
    case "actions":
      return block.actions.map(button).join(" ");
    case "divider":
      return "—";
    default:
      return block satisfies never;
  }
}

const facts = (rows: readonly { readonly label: string; readonly value: string }[]): string =>
  rows.map((row) => `${row.label}: ${row.value}`).join("\n");

const button = ({ label, confirm }: Action): string =>
  confirm === undefined ? `[${label}]` : `[${label}] (${confirm.text} [${confirm.yes}])`;

const place = ({ step }: { step?: { now: number; of: number } }): string =>
  step === undefined ? "" : `${step.now}/${step.of} `;
