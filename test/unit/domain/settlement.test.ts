import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { standingBetween } from "#src/flows/view/between.ts";
import { mismatchesOf } from "#src/domain/mismatch.ts";
import { personId } from "#src/domain/person.ts";
import { DEFAULT_POLICY } from "#src/domain/policy.ts";
import type { Reply } from "#src/domain/reply.ts";
import { SETTLEABLE, settledId, settlementsOf, settlingChoices } from "#src/domain/exchange.ts";
import { instant } from "#src/domain/time.ts";
import { visibleTo } from "#src/domain/visibility.ts";
import { settlementOf } from "#src/flows/view/settling.ts";
import type { View } from "#src/flows/view/view.ts";
import { someone } from "#test/support/programs.ts";
import { said, strategy } from "#test/support/replies.ts";

const [r1, a1, a2] = ["r1", "a1", "a2"].map(personId) as [
  ReturnType<typeof personId>,
  ...ReturnType<typeof personId>[],
];
const CIRCLE = { occasion: "shift", resident: r1, attendings: [a1!, a2!] };

// domain: What can be settled on
describe("what is offered to settle on", () => {
  it.each([
    ["help", "3", "1", ["3", "1", "2", "apart"]],
    ["help", "4", "1", ["4", "1", "3", "2", "apart"]],
    ["help", "3", "2", ["3", "2", "apart"]],
    ["call", "2", "4", ["2", "4", "3", "apart"]],
    ["feedback", "end", "moment", ["end", "moment", "apart"]],
    ["safety", "4", "yes", ["4", "yes", "apart"]],
  ] as const)("about %s, %s and %s: both answers, what lies between, each as they were", (...given) => {
    const [item, resident, attending, choices] = given;

    expect(settlingChoices(item, resident, attending)).toEqual(choices);
  });

  // domain: About a week, each as they were
  it.each(["week-goal", "week-strategy"] as const)("about a week, no point of agreement: %s", (item) => {
    expect(settlingChoices(item, "5", "2")).toEqual(["apart"]);
  });
});

/** Words of either on a few items, in any order. */
const words = fc.array(
  fc.record({
    by: fc.constantFrom("r1", "a1"),
    item: fc.constantFrom(...SETTLEABLE),
    value: fc.option(fc.constantFrom("1", "2", "3", "apart"), { nil: null, freq: 5 }),
  }),
  { minLength: 1, maxLength: 12 },
);
const repliesOf = (all: readonly { by: string; item: (typeof SETTLEABLE)[number]; value: string | null }[]) =>
  all.map(({ by, item, value }, i): Reply => {
    const about = by === "r1" ? a1! : r1;
    return said(by, settledId(item), value, { at: instant(i), about });
  });

describe("settlements", () => {
  it("are the last word of the two, for each item, whatever was said before it, in whatever order they are read", () => {
    fc.assert(
      fc.property(words, fc.boolean(), (all, isNewestFirst) => {
        const last = all.at(-1)!;
        const replies = isNewestFirst ? repliesOf(all).toReversed() : repliesOf(all);
        const found = settlementsOf(r1, a1!, replies).find(({ item }) => item === last.item);

        const isLastWord = found?.value === last.value && found?.by === last.by;
        expect(last.value === null ? found?.by !== last.by : isLastWord).toBe(true);
      }),
    );
  });

  // domain: pair: the two partners, after both
  it("are seen by the two at once, and by nobody else", () => {
    fc.assert(
      fc.property(words, (all) => {
        const replies = repliesOf(all);

        expect(visibleTo(r1, CIRCLE, replies)).toEqual(replies);
        expect(visibleTo(a1!, CIRCLE, replies)).toEqual(replies);
        expect(visibleTo(a2!, CIRCLE, replies)).toEqual([]);
        expect(settlementsOf(r1, a2!, replies)).toEqual([]);
      }),
    );
  });

  it("that the other said stay when one of the two is erased", () => {
    fc.assert(
      fc.property(words, fc.constantFrom("r1", "a1"), (all, erased) => {
        const left = all.filter(({ by }) => by !== erased);

        const found = settlementsOf(
          r1,
          a1!,
          repliesOf(all).filter(({ person }) => person !== erased),
        );

        expect(found.every(({ by }) => by !== erased)).toBe(true);
        for (const item of SETTLEABLE) {
          const last = left.findLast((one) => one.item === item)?.value ?? undefined;
          expect(found.find((one) => one.item === item)?.value).toBe(last);
        }
      }),
    );
  });
});

it("are of old a talk, as the one of the two told it who said so last, until either says what on", () => {
  const talks = (by: string, at: number) =>
    said(by, "talked", "yes", { at: instant(at), about: by === "r1" ? a1! : r1 });
  const on = said("a1", "settled-help", "2", { at: instant(1), about: r1 });
  const partner = someone("a1");
  const stands = (...replies: readonly Reply[]) => {
    const seen = { circle: CIRCLE, partners: [partner], replies };
    return settlementOf({ reader: someone("r1") } as View, { seen, partner, item: "help" });
  };

  expect(stands(talks("a1", 1), talks("r1", 2))).toMatchObject({ by: "r1", at: 2, value: undefined });
  expect(stands(talks("r1", 1), talks("a1", 2))).toMatchObject({ by: "a1", at: 2, value: undefined });
  expect(stands(on, talks("r1", 2))).toMatchObject({ by: "a1", value: "2" });
  expect(stands()).toBeUndefined();
});

// domain: The card begins with what stands between
describe("what stands between two people", () => {
  const between = (...replies: readonly Reply[]) => {
    const mismatches = mismatchesOf(r1, a1!, replies, DEFAULT_POLICY.mismatch, instant(99), () => undefined);
    return standingBetween(r1, a1!, replies, mismatches, undefined);
  };
  const answered = (wanted: readonly [number, number], planned: readonly [number, number]) => [
    ...strategy("r1", ...wanted, "end"),
    ...strategy("a1", ...planned, "end", { about: r1 }),
  ];

  it("is the weightiest difference that is open", () => {
    expect(between(...answered([4, 1], [1, 4])).mismatch).toMatchObject({ item: "call", direction: "less" });
  });

  it("or what they settled on, and what happened to it", () => {
    const settled = said("a1", "settled-help", "2", { about: r1, at: instant(1) });
    const told = (by: string, over: Partial<Reply>) => [
      said(by, "outcome", "yes", over),
      said(by, "happened", "2", over),
    ];
    const lookedBack = [...told("r1", { at: instant(2) }), ...told("a1", { at: instant(3), about: r1 })];

    const found = between(...answered([3, 2], [1, 2]), settled, ...lookedBack);

    expect(found.mismatch).toMatchObject({ state: "closed", settlement: { value: "2", by: a1 } });
    expect(found.happened).toMatchObject({ resident: "2", attending: "2" });
  });

  it("and nothing where a difference went away that they had not settled", () => {
    const agreed = { occasion: "later", at: instant(10) };

    const found = between(
      ...answered([3, 2], [1, 2]),
      ...strategy("r1", 2, 2, "end", agreed),
      ...strategy("a1", 2, 2, "end", { ...agreed, about: r1 }),
    );

    expect(found.mismatch).toBeUndefined();
  });

  it("and the last wish of each, unless it was taken back", () => {
    const wish = (by: string, text: string | null, at: number) =>
      said(by, "next", text, {
        text: true,
        at: instant(at),
        about: by === "r1" ? a1! : r1,
        occasion: `week ${at}`,
      });

    const found = between(
      wish("r1", "an early plan", 1),
      wish("r1", "more ultrasound", 2),
      wish("a1", null, 3),
    );

    expect(found.wishes).toEqual([{ by: "r1", text: "more ultrasound", at: 2 }]);
  });
});
