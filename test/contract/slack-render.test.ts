import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawn, renderCard, type SlackCard } from "#adapters/slack/render.ts";
import { tapsIn } from "#src/card/act.ts";
import type { Act, Card, Chart } from "#src/card/card.ts";
import { widthOf } from "#src/card/width.ts";
import { en } from "#src/words/en.ts";
import { SILENT } from "#test/support/attune.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import { actsIn, wordsOf } from "#test/support/card-words.ts";
import { anyCard } from "#test/support/random-cards.ts";
import { textsIn, tappables, wordsOf as wordsOfBlocks } from "#test/support/slack/words.ts";
import { problemIn, problemInView } from "#test/support/slack/validate.ts";
import { renderContract } from "./render.ts";

const unescaped = (text: string): string =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

const rig = {
  render: (card: Parameters<typeof renderCard>[0]) => renderCard(card),
  textsOf: ({ blocks, dialogs }: SlackCard) => [
    ...textsIn(blocks),
    ...dialogs.flatMap((dialog) => [...textsIn([dialog["submit"]]), ...textsIn(dialog["blocks"])]),
  ],
  actsOf: ({ blocks, dialogs }: SlackCard) => [
    ...tappables(blocks).flatMap(({ element, option }) =>
      String(element["action_id"]).startsWith("act-")
        ? [String((option ?? element)["value"])].filter((act) => act !== "")
        : [],
    ),
    ...dialogs.map((dialog) => (JSON.parse(String(dialog["private_metadata"])) as { act: string }).act),
  ],
  notificationOf: ({ text }: SlackCard) => unescaped(text),
  check: ({ blocks, dialogs, text }: SlackCard) => [
    ...(text.length > 4_000 ? ["text over 4,000"] : []),
    ...[problemIn(blocks, "message"), ...dialogs.map(problemInView)].flatMap((problem) => problem ?? []),
  ],
};

renderContract("slack", rig);

it("finds no silent loss and no payload beyond a limit in random cards, as a message and as a view", () => {
  const property = fc.property(
    anyCard,
    fc.constantFrom("message" as const, "view" as const),
    (card, surface) => {
      const { payload, losses } = renderCard(card, surface);

      const problem =
        surface === "message"
          ? rig.check(payload)[0]
          : problemInView({ type: "home", blocks: payload.blocks });
      const lost = new Set(losses.map((loss) => loss.block));
      const shown = rig.textsOf(payload).join("\n");
      const acts = new Set(rig.actsOf(payload));
      const silent = card.blocks.filter(
        (block, index) =>
          !lost.has(index) &&
          (wordsOf(block).some((word) => !shown.includes(word)) ||
            actsIn(block).some((act) => !acts.has(act))),
      );
      expect({ problem, silent }).toEqual({ problem: undefined, silent: [] });
    },
  );

  fc.assert(property, { numRuns: campaignSize({ quick: 30, usual: 100, long: 1_000, soak: 20_000 }) });
}, 600_000);

describe("a phone", () => {
  it("cuts no button of any card, and each label that has no room on one stands above it in full", () => {
    const property = fc.property(anyCard, (card) => {
      const { payload, losses } = renderCard(card);

      const buttons = tappables(payload.blocks).filter(({ element }) => element["type"] === "button");
      expect(buttons.filter(({ label }) => widthOf(label) > 28)).toEqual([]);
      const lost = new Set(losses.map(({ block }) => block));
      const shown = textsIn(payload.blocks)
        .flatMap((text) => text.split("\n"))
        .join("\n");
      const unsaid = card.blocks
        .flatMap((block, index) => (lost.has(index) ? [] : tapsIn(block)))
        .filter(({ label }) => !shown.includes(label.split("\n")[0]!));
      expect(unsaid.filter(({ act }) => buttons.some(({ element }) => element["value"] === act))).toEqual([]);
    });

    fc.assert(property, { numRuns: campaignSize({ quick: 20, usual: 50, long: 500, soak: 5_000 }) });
  });

  it("shows answers that are too long above their buttons, with the numbers by which they can be typed", () => {
    const { blocks } = renderCard(helpAsked).payload;

    expect(wordsOfBlocks(blocks)).toBe(
      [
        "1/3 How much help would you like?",
        "1. Attending leads, resident watches",
        "2. Attending leads, resident does parts with guidance",
        "[1. Resident watches] [✓ 2. Resident does parts]",
      ].join("\n"),
    );
  });

  // domain: Both answers stand in words, side by side
  it("shows both answers in two columns, each below its name, and what looks like markup as it is written", () => {
    const rows = [
      { label: "Help", mine: "Resident leads", theirs: "Attending leads" },
      { label: "Line", mine: "*airway* & <lines>", theirs: "—" },
    ];
    const compare = { type: "compare", mine: "You", theirs: "Dr. Sato", rows } as const;

    const { blocks } = renderCard({ locale: "en", notification: "x", blocks: [compare] }).payload;

    expect(blocks.map(({ fields }) => fields)).toEqual([
      [
        { type: "mrkdwn", text: "*You*\nResident leads", verbatim: true },
        { type: "mrkdwn", text: "*Dr. Sato*\nAttending leads", verbatim: true },
      ],
      [
        { type: "plain_text", text: "You:\n*airway* & <lines>", emoji: false },
        { type: "mrkdwn", text: "*Dr. Sato*\n—", verbatim: true },
      ],
    ]);
  });

  describe("a chart", () => {
    const at = (value: number, text: string) => ({ value, text });
    const help = (over: Partial<Chart> = {}): Card => ({
      locale: "en",
      notification: "x",
      blocks: [
        {
          type: "chart",
          title: "Help",
          points: [{ label: "Dec 1" }, { label: "Dec 2" }, { label: "Dec 3" }],
          series: [
            { name: "Wanted", values: [at(1, "watches"), at(3, "leads"), at(3, "leads")] },
            { name: "In the end", values: [at(2, "parts"), undefined, at(3, "leads")] },
          ],
          scale: [at(1, "watches"), at(4, "alone")],
          key: "1 watches – 4 alone",
          ...over,
        },
      ],
    });

    // domain: A picture is always in words beside it
    it("is drawn where all its lines have a value, and stands in words with all of it", () => {
      const { payload, losses } = renderCard(help());

      expect(payload.blocks[0]).toEqual({
        type: "data_visualization",
        title: "Help",
        chart: {
          type: "line",
          series: [
            {
              name: "Wanted",
              data: [
                { label: "Dec 1", value: 1 },
                { label: "Dec 3", value: 3 },
              ],
            },
            {
              name: "In the end",
              data: [
                { label: "Dec 1", value: 2 },
                { label: "Dec 3", value: 3 },
              ],
            },
          ],
          axis_config: { categories: ["Dec 1", "Dec 3"], y_label: "1 watches – 4 alone" },
        },
      });
      expect(wordsOfBlocks(payload.blocks.slice(1))).toBe(
        [
          "Dec 1: Wanted: watches · In the end: parts",
          "Dec 2: Wanted: leads",
          "Dec 3: Wanted: leads · In the end: leads",
        ].join("\n"),
      );
      expect(losses).toEqual([
        { block: 0, what: "the picture has no gaps, and so not all points", inWords: true },
      ]);
    });

    it("leaves out a line that would leave too few points", () => {
      const settled = { name: "Settled", values: [undefined, at(2, "parts"), undefined] };
      const [chart] = help().blocks as readonly Chart[];

      const { payload } = renderCard(help({ series: [...chart!.series, settled] }));

      expect(textsIn(payload.blocks[0])).toEqual([
        "Help",
        "Wanted",
        "In the end",
        "Dec 1",
        "Dec 3",
        "1 watches – 4 alone",
      ]);
      expect(wordsOfBlocks(payload.blocks)).toContain("Dec 2: Wanted: leads · Settled: parts");
    });

    it("is words alone in a view, and from the third of a message on", () => {
      const [chart] = help().blocks;

      const view = renderCard(help(), "view");
      const three = renderCard({ ...help(), blocks: [chart!, chart!, chart!] });

      const pictures = ({ payload }: typeof view) =>
        payload.blocks.filter(({ type }) => type === "data_visualization").length;
      expect([view, three].map(pictures)).toEqual([0, 2]);
      expect(wordsOfBlocks(view.payload.blocks)).toMatch(/^Help\nDec 1: /u);
      expect(three.losses.at(-1)).toEqual({ block: 2, what: "the picture is left out", inWords: true });
    });

    it("warns operators of what is missing, and not of a picture that stands in words beside it", () => {
      const warned: unknown[] = [];
      const log = { ...SILENT, warn: (fields: object) => void warned.push(fields) };
      const [chart] = help().blocks;
      const long = { type: "text", text: "x".repeat(3_000) } as const;

      for (const surface of ["message", "view"] as const) drawn(log, help(), surface);
      const before = warned.length;
      drawn(log, { ...help(), blocks: [chart!, ...Array.from({ length: 60 }, () => long)] });

      expect(before).toBe(0);
      expect(warned).toEqual([{ losses: expect.any(Number), blocks: expect.not.arrayContaining([0]) }]);
    });
  });

  it("is asked once more before a tap that is not easily undone", () => {
    const confirm = { text: "Sure?", yes: "Yes, erase", no: "Leave it" };
    const erase = { label: "Erase", act: "say/erase" as Act, style: "danger", confirm } as const;

    const { blocks } = renderCard({ ...helpAsked, blocks: [{ type: "actions", actions: [erase] }] }).payload;

    const text = (words: string) => ({ type: "plain_text", text: words, emoji: false });
    expect(tappables(blocks)[0]?.element["confirm"]).toEqual({
      title: text("Erase"),
      text: text("Sure?"),
      confirm: text("Yes, erase"),
      deny: text("Leave it"),
      style: "danger",
    });
  });
});

const helpAsked: Card = {
  locale: "en",
  notification: "A question",
  blocks: [
    {
      type: "question",
      text: "How much help would you like?",
      step: { now: 1, of: 3 },
      choices: [
        { label: en.strategy.help.answers[1], short: en.strategy.help.short[1], act: "a" as Act },
        {
          label: en.strategy.help.answers[2],
          short: en.strategy.help.short[2],
          act: "b" as Act,
          chosen: true,
        },
      ],
    },
  ],
};
