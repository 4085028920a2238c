import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { campaignSize } from "#test/support/campaign-size.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { programOf } from "#test/support/programs.ts";
import { together } from "#test/support/together.ts";
import { takePart, TONGUES, type Tongue } from "#test/support/tongues.ts";

const PAIR = ["r1", "a1"] as const;
const EVERYBODY = [...PAIR, "c1"];
type Side = (typeof PAIR)[number];
type Point = 1 | 2 | 3 | 4 | 5;

/** A week's three statements as one side answers them. */
interface Answers {
  readonly goal: Point;
  readonly strategy: Point;
  readonly trust: Point;
}

/** One week's check-in, whole: what both answer, and whose turn it is at each tap while both have one left. */
interface Week {
  readonly answers: Readonly<Record<Side, Answers>>;
  readonly turns: readonly Side[];
}

const point = fc.constantFrom<Point[]>(1, 2, 3, 4, 5);
const answers = fc.record({ goal: point, strategy: point, trust: point });
const week: fc.Arbitrary<Week> = fc.record({
  answers: fc.record({ r1: answers, a1: answers }),
  turns: fc.array(fc.constantFrom(...PAIR), { minLength: 6, maxLength: 6 }),
});

/** Everything that each could read after every tap, and on their home and in their digest of the day after. */
async function seen(
  { say, locale }: Tongue,
  weeks: readonly Week[],
): Promise<readonly Map<string, string>[]> {
  const roster = together(PAIR, ["01", "08", "15"]);
  await using attune = await flow({ program: programOf({ people: EVERYBODY, locale }), roster });
  await takePart(attune, say, EVERYBODY);
  const moments: Map<string, string>[] = [];
  const look = () =>
    moments.push(new Map(EVERYBODY.map((id) => [id, attune.phone(id).chat().join("\n")] as const)));
  for (const [i, { answers: given, turns }] of weeks.entries()) {
    await attune.until(`2026-12-${String(7 + 7 * i).padStart(2, "0")}T09:00`);
    const left = new Map<string, string[]>();
    for (const id of PAIR) {
      const { goal, strategy, trust } = given[id];
      left.set(id, [...[goal, strategy, trust].map((one) => say.agreement[one]), say.buttons.skip]);
    }
    const whose = [...turns, ...PAIR.flatMap((id) => [id, id, id, id])];
    for (const id of whose) {
      const label = left.get(id)!.shift();
      if (label === undefined) continue;
      await attune.phone(id).taps(label);
      await attune.beat();
      look();
    }
    await lookBack(attune, `2026-12-${String(8 + 7 * i).padStart(2, "0")}T10:00`);
    look();
  }
  return moments;
}

/** The digests have come, and everybody looks at their home. */
async function lookBack(attune: Flow, at: string): Promise<void> {
  await attune.until(at);
  for (const id of EVERYBODY) await attune.phone(id).says("home");
}

describe.each(TONGUES)("what somebody has answered about trust, in $locale", (tongue) => {
  // domain: Trust answers never reach the partner
  // domain: self: only the person who answered
  it("changes nothing that anybody else can see, in two whole weeks answered in any order", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(week, week),
        fc.constantFrom(...PAIR),
        fc.tuple(point, point),
        async (weeks, of, others) => {
          const twisted = weeks.map((one, i) => ({
            ...one,
            answers: { ...one.answers, [of]: { ...one.answers[of], trust: others[i]! } },
          }));

          const [first, second] = [await seen(tongue, weeks), await seen(tongue, twisted)];

          expect(first).toHaveLength(2 * (8 + 1));
          for (const [i, moment] of first.entries()) {
            for (const reader of EVERYBODY.filter((id) => id !== of))
              expect(second[i]!.get(reader)).toBe(moment.get(reader));
          }
        },
      ),
      { numRuns: campaignSize({ quick: 1, usual: 4, long: 12 }), endOnFailure: true },
    );
  });
});
