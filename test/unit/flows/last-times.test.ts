import { expect, it } from "vitest";
import { itemsSideBySide, type ItemId } from "#src/domain/forms.ts";
import { pairWeek } from "#src/domain/nudge.ts";
import { personId } from "#src/domain/person.ts";
import type { Reply } from "#src/domain/reply.ts";
import { later, weekFromLabel, type Instant } from "#src/domain/time.ts";
import { lastTimes } from "#src/flows/view/between.ts";
import { betweenRows } from "#src/flows/view/reveal.ts";
import { circleOf } from "#src/flows/view/view.ts";
import { wordsFor } from "#src/words/words.ts";
import { contextOn, shiftOf } from "#test/support/context-on.ts";
import { local, programOf } from "#test/support/programs.ts";
import { said, strategy } from "#test/support/replies.ts";

const program = {
  ...programOf(),
  rotations: [
    { name: "first", from: "2026-11-01", to: "2026-12-01" },
    { name: "second", from: "2026-12-02", to: "2026-12-31" },
  ],
};
const [LOOKING_BACK, CHECK_IN] = (["shift-debrief", "pair-check-in"] as const).map((kind) =>
  itemsSideBySide(kind).map(({ id }) => id),
) as [ItemId[], ItemId[]];
const [r1, a1] = [program.people[0]!, program.people[1]!];

/** How that stands on the goal of the last of these shifts of both, with which it begins. */
async function stands(spans: readonly string[], replies: readonly Reply[]): Promise<string | undefined> {
  const duties = spans.flatMap((span) => [`r1 ${span}`, `a1 ${span}`]);
  const shift = spans.at(-1)!.split(" ")[0]!;
  const context = contextOn({ program, duties, now: local(shift), replies });
  const circle = circleOf(context, context.roster.assignment(shiftOf(`r1 ${shift}`))!);
  const found = await lastTimes(context, "shift-goal", r1.id, [{ circle, partners: [a1] }]);
  return found.get(a1.id)?.mismatch?.state;
}

/** What both answer on one occasion. */
const both = (items: readonly ItemId[], [mine, theirs]: readonly [string, string], here: Partial<Reply>) =>
  items.flatMap((item) => [
    said("r1", item, mine, { ...here, about: a1.id }),
    said("a1", item, theirs, { ...here, about: r1.id }),
  ]);

// domain: The card begins with what stands between
it.each([
  ["2026-12-01T23:59 2026-12-02T08:00", undefined],
  ["2026-12-02T00:00 2026-12-02T08:00", "closed"],
])(
  "what went as it was settled is told on the next shift of the rotation, the first midnight of which counts: %s",
  async (span, state) => {
    const occasion = shiftOf(`r1 ${span.split(" ")[0]}`);
    const at = (minute: number): Instant => later(local("2026-12-02T01:00"), minute);
    const replies = [
      ...strategy("r1", 3, 2, "end", { occasion, at: at(0) }),
      ...strategy("a1", 1, 2, "end", { occasion, at: at(0), about: r1.id }),
      said("a1", "settled-help", "2", { occasion, at: at(1), about: r1.id }),
      ...both(LOOKING_BACK, ["2", "2"], { occasion, at: at(2) }),
    ];

    expect(await stands([span, "2026-12-03T08:00 2026-12-03T17:00"], replies)).toBe(state);
  },
);

// domain: The card begins with what stands between
it.each([
  [0, "closed"],
  [-1, undefined],
])(
  "what the two agreed on in a check-in is told on the next shift, from the start of the last one on: %i",
  async (after, state) => {
    const spans = ["2026-12-14T09:00 2026-12-14T17:00", "2026-12-16T08:00 2026-12-16T17:00"];
    const week = (label: string) => pairWeek(r1.id, a1.id, weekFromLabel(label)!);
    const [first, then] = [
      { occasion: week("2026-W49"), at: local("2026-12-07T09:00") },
      later(local("2026-12-14T09:00"), after),
    ];
    const replies = [
      ...both(CHECK_IN, ["5", "2"], first),
      said("r1", "settled-week-goal", "apart", { ...first, at: later(first.at, 1), about: a1.id }),
      ...both(CHECK_IN, ["4", "4"], { occasion: week("2026-W50"), at: then }),
    ];

    expect(await stands(spans, replies)).toBe(state);
  },
);

// domain: The card begins with what stands between
it.each([
  ["2", "a1"],
  ["2", "r1"],
  [undefined, "a1"],
] as const)(
  "what was settled is told with who said it and when, and as a talk where nothing else is known of it: %s by %s",
  (value, by) => {
    const context = contextOn({ program, duties: [], now: local("2026-12-08T09:00") });
    const words = wordsFor("en", program);
    const { settle, strategy: asked, you } = words.say;
    const at = local("2026-12-03T08:10");
    const settlement = { item: "help", value, text: false, by: personId(by), at, occasion: "shift" } as const;
    const mismatch = {
      item: "help",
      direction: "more",
      state: "settled",
      occasion: "shift",
      openedAt: at,
      since: at,
      settlement,
    } as const;

    const rows = betweenRows(
      { words, context, reader: r1, role: "resident" },
      { mismatch, happened: undefined, wishes: [] },
      a1,
    );

    const said = (name: string) => settle.said(asked.help.answers[2], name, words.format.date(at));
    expect(rows.map((row) => row.value)).toEqual([
      value === undefined ? settle.talked : said(by === "r1" ? you : "Dr. a1"),
    ]);
  },
);
