import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pickPairs, type CheckInCandidate, type CheckInPair } from "#src/domain/check-in-week.ts";
import { personId } from "#src/domain/person.ts";
import { HOUR } from "#src/domain/time.ts";

const candidate = (
  resident: string,
  attending: string,
  over: Partial<CheckInCandidate> = {},
): CheckInCandidate => ({
  resident: personId(resident),
  attending: personId(attending),
  time: 8 * HOUR,
  ...over,
});

const named = (pairs: readonly CheckInPair[]): readonly string[] =>
  pairs.map(({ resident, attending }) => `${resident}+${attending}`);

/** Each pair once, in any order. */
const candidates = fc
  .uniqueArray(
    fc.record(
      {
        resident: fc.constantFrom("r1", "r2", "r3", "r4").map(personId),
        // Somebody who supervises on some days may be on both sides.
        attending: fc.constantFrom("a1", "a2", "a3", "r4").map(personId),
        time: fc.integer({ min: 4, max: 6 }).map((hours) => hours * HOUR),
        pressing: fc.integer({ min: 1, max: 3 }),
        asked: fc.integer({ min: 2_930, max: 2_933 }),
      },
      { requiredKeys: ["resident", "attending", "time"] },
    ),
    { selector: ({ resident, attending }) => `${resident}+${attending}` },
  )
  .map((all) => all.filter(({ resident, attending }) => resident !== attending));
const most = fc.integer({ min: 1, max: 3 });

describe("the pairs that are asked about a week", () => {
  // domain: First comes what the week left open
  it("are those with something open, then those not asked yet, then the longest ago, the longest together, by id", () => {
    const all = [
      candidate("r1", "a1", { asked: 2_931 }),
      candidate("r2", "a2", { time: 5 * HOUR }),
      candidate("r3", "a4"),
      candidate("r3", "a3"),
      candidate("r4", "a5", { asked: 2_930 }),
      candidate("r5", "a6", { asked: 2_933, pressing: 1, time: 4 * HOUR }),
      candidate("r6", "a7", { asked: 2_933, pressing: 2, time: 4 * HOUR }),
    ];

    expect(named(pickPairs(all, 2))).toEqual(["r6+a7", "r5+a6", "r3+a3", "r3+a4", "r2+a2", "r4+a5", "r1+a1"]);
  });

  it("have no two people both ways round: who supervised each other is asked once, about what weighs more", () => {
    const [there, back] = [candidate("x1", "x2"), candidate("x2", "x1", { pressing: 1 })];

    expect(named(pickPairs([there, back, candidate("x1", "a1")], 3))).toEqual(["x2+x1", "x1+a1"]);
  });

  // domain: A pair is picked for both partners or for neither, among those
  it("leave nobody with more partners than that, and leave out only who would have more", () => {
    fc.assert(
      fc.property(candidates, most, (all, limit) => {
        const picked = pickPairs(all, limit);
        const asked = (person: string) =>
          picked.filter(({ resident, attending }) => [resident, attending].some((one) => one === person))
            .length;

        const full = ({ resident, attending }: CheckInPair) => Math.max(asked(resident), asked(attending));
        const left = all.filter((one) => !named(picked).includes(named([one])[0]!));
        expect(picked.map(full).filter((partners) => partners > limit)).toEqual([]);
        expect(left.map(full).filter((partners) => partners !== limit)).toEqual([]);
      }),
    );
  });

  it("are the same whoever works them out, in whichever order people come, and when asked again", () => {
    fc.assert(
      fc.property(
        candidates.chain((all) =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
          ),
        ),
        most,
        ([all, shuffled], limit) => {
          const picked = pickPairs(all, limit);

          expect(pickPairs(shuffled, limit)).toEqual(picked);
          expect(
            pickPairs(
              all.filter((one) => named(picked).includes(named([one])[0]!)),
              limit,
            ),
          ).toEqual(picked);
        },
      ),
    );
  });

  // domain: Where nothing is open, everybody's turn comes
  it("give every pair its turn where nothing presses", () => {
    fc.assert(
      fc.property(candidates, most, (given, limit) => {
        const all = given.map(({ resident, attending, time }) => ({ resident, attending, time }));
        const others = (person: string) =>
          all.filter(({ resident, attending }) => [resident, attending].some((one) => one === person))
            .length - 1;
        const asked = new Map<string, number>();
        const first = new Map<string, number>();

        for (let week = 1; week <= 30; week++) {
          const now = all.map((one) => {
            const last = asked.get(named([one])[0]!);
            return last === undefined ? one : { ...one, asked: last };
          });
          for (const name of named(pickPairs(now, limit))) {
            asked.set(name, week);
            if (!first.has(name)) first.set(name, week);
          }
        }

        // Each week that passes a pair over has asked `limit` others of one of the two for the first time.
        for (const one of all) {
          const passed = Math.floor(others(one.resident) / limit) + Math.floor(others(one.attending) / limit);
          expect(first.get(named([one])[0]!)).toBeLessThanOrEqual(passed + 1);
        }
      }),
    );
  });
});
