import type { Block } from "#src/card/card.ts";
import { chartRows } from "#src/card/chart.ts";
import { lineChart } from "./chart.ts";
import { inputId } from "./submission.ts";
import { choicesOf, tapsOf } from "./taps.ts";
import { textOf, type Element, type Run } from "./text.ts";

type Of<Type extends Block["type"]> = Extract<Block, { type: Type }>;

/** One block as elements of an Adaptive Card. `index`: its place in the card. A divider becomes a line above the next block. */
export function elementsOf(block: Block, index: number): readonly Element[] {
  switch (block.type) {
    case "title":
      return [
        ...textOf([[block.text, { weight: "Bolder", size: "Large" }]]),
        ...(block.note === undefined ? [] : textOf([[block.note, { isSubtle: true }]], "None")),
      ];
    case "text":
      return textOf([[block.text, block.tone === "strong" ? BOLD : block.tone === "quiet" ? QUIET : {}]]);
    case "quote":
      return [
        {
          type: "Container",
          style: "emphasis",
          items: [...textOf([[block.text, { italic: true }]]), ...textOf([[block.by, SMALL]], "None")],
        },
      ];
    case "question":
      return [group([...asked(block), ...choicesOf(block.choices)])];
    case "input":
      return [group(input(block, index))];
    case "answers":
      return block.rows.map((row) => answer(row));
    case "compare":
      return block.rows.map((row) => compared(block, row));
    case "facts":
      return [facts(block.rows)];
    case "chart":
      return [...textOf([[block.title, BOLD]]), lineChart(block), facts(chartRows(block))];
    case "visibility":
      return textOf([[block.text, SMALL]], "Small");
    case "actions":
      return tapsOf(block.actions);
    case "divider":
      return [];
    default:
      return block satisfies never;
  }
}

const BOLD = { weight: "Bolder" } as const;
const QUIET = { isSubtle: true } as const;
const SMALL = { isSubtle: true, size: "Small" } as const;

const group = (items: readonly Element[]): Element => ({ type: "Container", items });

const facts = (rows: Of<"facts">["rows"]): Element =>
  group(rows.flatMap((row) => textOf([[row.label, BOLD], ["  "], [row.value]], "Small")));

const stepOf = ({ step }: Of<"question"> | Of<"input">): readonly Run[] =>
  step === undefined ? [] : [[`${step.now} / ${step.of}`, SMALL]];

const asked = (block: Of<"question">): readonly Element[] => [
  ...textOf(stepOf(block)),
  ...textOf([[block.text, BOLD]], "None"),
];

/**
 * No maximum is set on the input: Teams would cut a pasted text without a word. The core checks the length and says beside the
 * input what is wrong.
 */
function input(block: Of<"input">, index: number): readonly Element[] {
  const id = inputId(index, block.name);
  // Screen readers read the label with its field. But Teams may read two braces in a label as a date to compute.
  const isLabel = !block.text.includes("{{");
  return [
    ...textOf(stepOf(block)),
    ...(isLabel ? [] : textOf([[block.text, BOLD]], "None")),
    {
      type: "Input.Text",
      id,
      ...(isLabel ? { label: block.text } : {}),
      isMultiline: true,
      ...(block.placeholder === undefined ? {} : { placeholder: block.placeholder }),
      ...(block.value === undefined ? {} : { value: block.value }),
    },
    ...(block.problem === undefined
      ? []
      : textOf([[block.problem, { color: "Attention", weight: "Bolder" }]], "Small")),
    ...(block.note === undefined ? [] : textOf([[block.note, SMALL]], "Small")),
    ...tapsOf([
      { style: "primary", ...block.submit, input: id },
      ...(block.skip === undefined ? [] : [block.skip]),
    ]),
  ];
}

function answer(row: Of<"answers">["rows"][number]): Element {
  const words = [...textOf([[row.label, SMALL]]), ...textOf([[row.value]], "None")];
  if (row.change === undefined) return group(words);
  return {
    type: "ColumnSet",
    columns: [
      { type: "Column", width: "stretch", items: words },
      {
        type: "Column",
        width: "auto",
        verticalContentAlignment: "Center",
        items: tapsOf([row.change]),
      },
    ],
  };
}

/**
 * Two columns where a card is at least as wide as in a chat on a desk; on a phone, and in a client that knows no layouts, one below
 * the other. Source: learn.microsoft.com, Teams, container layouts.
 */
const TWO_COLUMNS = {
  type: "Layout.AreaGrid",
  targetWidth: "atLeast:Standard",
  columns: [50, 50],
  areas: [
    { name: "mine", column: 1 },
    { name: "theirs", column: 2 },
  ],
} as const;

/** Both answers side by side, each under its person's name. The starter stands below its row. */
function compared({ mine, theirs }: Of<"compare">, row: Of<"compare">["rows"][number]): Element {
  const side = (area: "mine" | "theirs", whose: string, answer: string): Element => ({
    type: "Container",
    "grid.area": area,
    spacing: "Small",
    items: [...textOf([[whose, SMALL]]), ...textOf([[answer]], "None")],
  });
  const gap: readonly Element[] =
    row.gap === undefined
      ? []
      : [
          {
            type: "Container",
            style: "emphasis",
            items: [...textOf([[row.gap.direction, BOLD]]), ...textOf([[row.gap.starter]], "Small")],
          },
        ];
  return group([
    ...textOf([[row.label, BOLD]]),
    {
      type: "Container",
      spacing: "Small",
      layouts: [TWO_COLUMNS],
      items: [side("mine", mine, row.mine), side("theirs", theirs, row.theirs)],
    },
    ...gap,
  ]);
}
