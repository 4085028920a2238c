import { describe, expect, it } from "vitest";
import { itemsSideBySide, type ItemId } from "#src/domain/forms.ts";
import { mismatchesOf, type Mismatch } from "#src/domain/mismatch.ts";
import { personId } from "#src/domain/person.ts";
import { DEFAULT_POLICY } from "#src/domain/policy.ts";
import type { Reply } from "#src/domain/reply.ts";
import { DAY, instant, type Instant } from "#src/domain/time.ts";
import { said, strategy } from "#test/support/replies.ts";

const ITEMS_OF_DEBRIEF = itemsSideBySide("shift-debrief").map(({ id }) => id);
const r1 = personId("r1");
const a1 = personId("a1");
const day = (n: number): Instant => instant(n * DAY);
type Answers = readonly [help: number, call: number, feedback: string];

/** Both partners' answers on the shift of day `n`. */
const shift = (n: number, resident: Answers, attending: Answers): readonly Reply[] => {
  const here = { occasion: `shift ${n}`, at: day(n) };
  return [...strategy("r1", ...resident, here), ...strategy("a1", ...attending, { ...here, about: r1 })];
};
/** Help alone differs: what the resident wants and what the attending plans, on the days 1, 2, … */
const helps = (...pairs: readonly (readonly [number, number])[]): readonly Reply[] =>
  pairs.flatMap(([wanted, planned], i) => shift(i + 1, [wanted, 2, "end"], [planned, 2, "end"]));
const talked = (n: number, by = "r1"): Reply =>
  said(by, "talked", "yes", {
    occasion: `shift ${n}`,
    at: instant(day(n) + 1),
    about: by === "r1" ? a1 : r1,
  });
const week = (n: number, resident: readonly number[], attending: readonly number[]): readonly Reply[] => {
  const items = ["week-goal", "week-strategy", "week-trust"] as const;
  const by = (person: string, about: typeof r1, values: readonly number[]) =>
    values.map((value, i) =>
      said(person, items[i]!, String(value), { occasion: `week ${n}`, at: day(n), about }),
    );
  return [...by("r1", a1, resident), ...by("a1", r1, attending)];
};
/** A word of either on what the two settled, `after` milliseconds after they had answered. */
const settles = (n: number, item: ItemId, value: string | null, by = "r1", after = 1): Reply =>
  said(by, item, value, {
    occasion: `shift ${n}`,
    at: instant(day(n) + after),
    about: by === "r1" ? a1 : r1,
  });
/** Both look back on the shift of day `n`: the help that happened, as each of them tells it. */
const lookBack = (n: number, resident: number, attending: number): readonly Reply[] => {
  const here = { occasion: `shift ${n}`, at: instant(day(n) + 1_000) };
  const by = (person: string, happened: number, over: Partial<Reply>) =>
    ITEMS_OF_DEBRIEF.map((item) => said(person, item, item === "happened" ? String(happened) : "yes", over));
  return [...by("r1", resident, here), ...by("a1", attending, { ...here, about: r1 })];
};
const never = (): undefined => undefined;
const found = (
  replies: readonly Reply[],
  ends: (at: Instant) => Instant | undefined = never,
  now = day(99),
) => mismatchesOf(r1, a1, replies, DEFAULT_POLICY.mismatch, now, ends);
const told = (all: readonly Mismatch[]) => all.map((one) => `${one.item} ${one.direction} ${one.state}`);

// domain: An ordinal item is a mismatch
describe("an ordinal answer is a mismatch", () => {
  it("at two steps on one shift, with its direction", () => {
    expect(told(found(helps([3, 1])))).toEqual(["help more open"]);
    expect(told(found(helps([1, 3])))).toEqual(["help less open"]);
    expect(told(found(helps([1, 4])))).toEqual(["help less open"]);
  });

  it("not at one step on one shift, nor on two", () => {
    expect(found(helps([3, 2]))).toEqual([]);
    expect(found(helps([3, 2], [3, 2]))).toEqual([]);
  });

  it("at one step in the same direction on three of five shifts", () => {
    expect(told(found(helps([3, 2], [2, 2], [3, 2], [4, 4], [2, 1])))).toEqual(["help more open"]);
    expect(told(found(helps([1, 2], [2, 3], [3, 4])))).toEqual(["help less open"]);
  });

  it("not at one step in opposite directions", () => {
    expect(found(helps([3, 2], [2, 3], [3, 2], [2, 3], [2, 2]))).toEqual([]);
  });

  it("not when the three shifts are further apart than five", () => {
    expect(found(helps([3, 2], [2, 2], [3, 2], [2, 2], [2, 2], [3, 2]))).toEqual([]);
  });

  it("for calls as for help", () => {
    expect(told(found(shift(1, [2, 1, "end"], [2, 4, "end"])))).toEqual(["call less open"]);
  });
});

// domain: A nominal item is a mismatch
describe("a nominal answer is a mismatch", () => {
  const feedback = (...pairs: readonly (readonly [string, string])[]) =>
    pairs.flatMap(([wanted, planned], i) => shift(i + 1, [2, 2, wanted], [2, 2, planned]));

  it("when the choices differ on two of three shifts", () => {
    expect(found(feedback(["end", "moment"]))).toEqual([]);
    expect(told(found(feedback(["end", "moment"], ["end", "after"])))).toEqual(["feedback different open"]);
    expect(told(found(feedback(["end", "moment"], ["end", "end"], ["end", "after"])))).toEqual([
      "feedback different open",
    ]);
  });

  it("not when the two are further apart than three shifts", () => {
    expect(found(feedback(["end", "moment"], ["end", "end"], ["end", "end"], ["end", "after"]))).toEqual([]);
  });
});

describe("patient safety first", () => {
  const safety = (n: number, wanted: number): readonly Reply[] => [
    ...strategy("r1", wanted, 2, "end", { occasion: `shift ${n}`, at: day(n) }),
    said("a1", "safety", "yes", { occasion: `shift ${n}`, at: day(n), about: r1 }),
  ];

  // domain: "Patient safety first" is a mismatch
  it("is a mismatch where the resident wanted to lead, and only there", () => {
    expect(told(found(safety(1, 3)))).toEqual(["safety safety open"]);
    expect(told(found(safety(1, 4)))).toEqual(["safety safety open"]);
    expect(found(safety(1, 2))).toEqual([]);
  });

  it("is settled and closed as any other", () => {
    const on = settles(1, "settled-safety", "3", "a1");

    expect(told(found([...safety(1, 4), on]))).toEqual(["safety safety settled"]);
    expect(told(found([...safety(1, 4), on, ...lookBack(1, 3, 3)]))).toEqual(["safety safety closed"]);
    expect(told(found([...safety(1, 4), ...shift(2, [3, 2, "end"], [3, 2, "end"])]))).toEqual([
      "safety safety closed",
    ]);
    expect(told(found([...safety(1, 4), ...safety(2, 1)]))).toEqual(["safety safety closed"]);
  });

  it("settled as safety first is closed where both tell that the attending led, and a line of that word is none", () => {
    const first = settles(1, "settled-safety", "yes", "a1");
    const after = (settled: Reply, step: number) => [...safety(1, 4), settled, ...lookBack(1, step, step)];

    expect(told(found(after(first, 2)))).toEqual(["safety safety closed"]);
    expect(told(found(after(first, 3)))).toEqual(["safety safety settled"]);
    expect(told(found(after({ ...first, text: true }, 2)))).toEqual(["safety safety settled"]);
  });
});

// domain: After the shift, two steps between
describe("what happened", () => {
  it.each([
    [3, 1, "happened more open"],
    [3, 3, undefined],
    [1, 3, "happened less open"],
    [2, 3, undefined],
  ])("is a mismatch two steps from what was settled: on %i, and then %i", (on, step, gap) => {
    const all = [...helps([3, 1]), settles(1, "settled-help", String(on)), ...lookBack(1, step, step)];

    expect(told(found(all)).filter((one) => one.startsWith("happened"))).toEqual(
      gap === undefined ? [] : [gap],
    );
  });

  it("is measured by what both had wanted, where nothing was settled", () => {
    expect(told(found([...helps([3, 3]), ...lookBack(1, 1, 1)]))).toEqual(["happened more open"]);
    expect(told(found([...helps([3, 4]), ...lookBack(1, 2, 1)]))).toEqual(["happened more open"]);
    expect(found([...helps([3, 4]), ...lookBack(1, 2, 2)])).toEqual([]);
    expect(told(found([...helps([3, 1]), ...lookBack(1, 2, 2)]))).toEqual(["help more open"]);
  });

  it("counts once both have looked back, and on one side only", () => {
    expect(found([...helps([3, 3]), ...lookBack(1, 1, 1).slice(0, 2)])).toEqual([]);
    expect(found([...helps([2, 2]), ...lookBack(1, 4, 1)])).toEqual([]);
  });

  it("is over when it goes as wanted, or the next answers agree", () => {
    const first = [...helps([3, 3], [3, 2]), ...lookBack(1, 1, 1)];

    expect(told(found([...first, ...lookBack(2, 2, 2)]))).toEqual(["happened more closed"]);
    expect(told(found([...helps([3, 3], [2, 2]), ...lookBack(1, 1, 1)]))).toEqual(["happened more closed"]);
  });
});

// domain: Goal and strategy of a check-in are a mismatch
describe("a check-in is a mismatch", () => {
  it("at two points, not at one", () => {
    expect(told(found(week(1, [5, 3, 3], [3, 3, 3])))).toEqual(["week-goal different open"]);
    expect(found(week(1, [5, 3, 3], [4, 4, 3]))).toEqual([]);
  });

  it("never for trust, however far apart", () => {
    expect(found(week(1, [3, 3, 1], [3, 3, 5]))).toEqual([]);
  });
});

// domain: A mismatch is open → settled
describe("a mismatch lives", () => {
  it("from open to settled, when either says so or, as in older versions, that they talked", () => {
    expect(told(found([...helps([3, 1]), talked(1)]))).toEqual(["help more settled"]);
    expect(told(found([...helps([3, 1]), talked(1, "a1")]))).toEqual(["help more settled"]);
  });

  it("and a word that they talked leaves alone what is settled, and what happened", () => {
    const [one] = found([...helps([3, 1]), settles(1, "settled-help", "2", "a1", 0), talked(1)]);
    const after = said("r1", "talked", "yes", {
      occasion: "shift 1",
      at: instant(day(1) + 2_000),
      about: a1,
    });

    expect(one).toMatchObject({ state: "settled", since: day(1), settlement: { value: "2" } });
    expect(told(found([...helps([3, 3]), ...lookBack(1, 1, 1), after]))).toEqual(["happened more open"]);
  });

  it.each(["r1", "a1"])(
    "from open to settled, when either says what on (%s), and the last word stands",
    (by) => {
      const other = by === "r1" ? "a1" : "r1";
      const [one] = found([
        ...helps([3, 1]),
        settles(1, "settled-help", "1", by, 1),
        settles(1, "settled-help", "2", other, 2),
      ]);

      expect(one).toMatchObject({ state: "settled", settlement: { value: "2", by: other } });
    },
  );

  it("is open again when the only word on it is taken back", () => {
    expect(told(found([...helps([3, 1]), settles(1, "settled-help", null)]))).toEqual(["help more open"]);
  });

  it("is settled by a word about its own occasion only", () => {
    expect(told(found([...helps([3, 1], [4, 1]), settles(1, "settled-help", "2", "r1", DAY + 5)]))).toEqual([
      "help more open",
    ]);
  });

  it("from settled to closed, when it happened so", () => {
    const on = (value: string) => [...helps([3, 1]), settles(1, "settled-help", value), ...lookBack(1, 2, 2)];

    expect(told(found(on("2")))).toEqual(["help more closed"]);
    expect(told(found(on("3")))).toEqual(["help more settled"]);
    expect(told(found(on("apart")))).toEqual(["help more settled"]);
  });

  it("to closed at once, when it is settled on what has happened already", () => {
    const late = settles(1, "settled-help", "2", "a1", 2_000);

    expect(told(found([...helps([3, 1]), ...lookBack(1, 2, 2), late]))).toEqual(["help more closed"]);
  });

  it("to closed, when the next answers are the same", () => {
    const [one] = found([...helps([3, 1], [2, 2]), talked(1)]);

    expect(one).toMatchObject({ state: "closed", openedAt: day(1), since: day(2) });
  });

  it("and stays settled when the next answers are only near each other", () => {
    expect(told(found([...helps([3, 1], [3, 2]), talked(1)]))).toEqual(["help more settled"]);
  });

  it("opens again when the gap shows again after it was settled", () => {
    const [one] = found([...helps([3, 1], [1, 3]), talked(1)]);

    expect(one).toMatchObject({ state: "open", direction: "less", openedAt: day(1), since: day(2) });
  });

  it("is another one when it comes back after it was closed", () => {
    expect(told(found(helps([3, 1], [2, 2], [4, 1])))).toEqual(["help more closed", "help more open"]);
  });

  it("lapses when the rotation ends, settled or not", () => {
    const ends = () => day(10);

    expect(told(found(helps([3, 1]), ends, day(9)))).toEqual(["help more open"]);
    expect(found(helps([3, 1]), ends, day(10))).toMatchObject([{ state: "lapsed", since: day(10) }]);
    expect(told(found([...helps([3, 1]), talked(1)], ends, day(11)))).toEqual(["help more lapsed"]);
  });

  it("is the same one for as long as the rotation goes on", () => {
    const ends = () => day(3);

    expect(found(helps([3, 1], [4, 1]), ends, day(2))).toEqual([
      expect.objectContaining({ state: "open", openedAt: day(1), since: day(1), occasion: "shift 2" }),
    ]);
  });

  it("is a new one when the pair meets again in a later rotation", () => {
    const ends = (at: Instant) => (at < day(10) ? day(10) : day(30));
    const again = shift(20, [3, 2, "end"], [1, 2, "end"]);

    expect(told(found([...helps([3, 1]), ...again], ends, day(21)))).toEqual([
      "help more lapsed",
      "help more open",
    ]);
  });
});

describe("nothing is compared", () => {
  it("while one has not answered all that is shown together", () => {
    expect(found(helps([4, 1]).filter((one) => one.item !== "call" || one.person === r1))).toEqual([]);
  });

  it("with an answer that patient safety came before", () => {
    const here = { occasion: "shift 1", at: day(1), about: r1 };
    const first = [said("a1", "help", "4", here), said("a1", "safety", "yes", here)];

    expect(found([...strategy("r1", 2, 2, "end", { occasion: "shift 1", at: day(1) }), ...first])).toEqual(
      [],
    );
  });

  it("with what the attending planned for somebody else", () => {
    const other = strategy("a1", 1, 2, "end", { occasion: "shift 1", at: day(1), about: personId("r2") });

    expect(found([...strategy("r1", 4, 2, "end", { occasion: "shift 1", at: day(1) }), ...other])).toEqual(
      [],
    );
  });
});
