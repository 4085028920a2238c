import type { Block, Comparison } from "#src/card/card.ts";
import { spark } from "./glyphs.ts";
import { markup, type Markup } from "./markup.ts";

type Compare = Extract<Block, { type: "compare" }>;

/**
 * Two people's answers side by side, in words. If they are worth a talk, the direction stands below them, and the starter as an
 * invitation. No score, no red, no judgement.
 */
export const compareBlock = (block: Compare): Markup =>
  markup`<div class="compare">${block.rows.map((row) => pairOfAnswers(row, block))}</div>`;

function pairOfAnswers(row: Comparison, sides: Compare): Markup {
  const { gap } = row;
  const talk =
    gap === undefined
      ? ""
      : markup`<div class="gap"><p class="direction">${gap.direction}</p><p class="starter">${spark}<span>${gap.starter}</span></p></div>`;
  return markup`<section class="pair${gap === undefined ? "" : " apart"}" role="group" aria-label="${row.label}"><p class="pair-label">${row.label}</p><dl class="sides"><div class="mine"><dt>${sides.mine}</dt><dd>${row.mine}</dd></div><div class="theirs"><dt>${sides.theirs}</dt><dd>${row.theirs}</dd></div></dl>${talk}</section>`;
}
