import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NOTICE, announced, erasedOn, erasesFrom, expiredAnswers } from "#src/domain/retention.ts";
import { DAY, HOUR, later, dateText, dayNumber, zoneOf, type Instant } from "#src/domain/time.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import { local } from "#test/support/programs.ts";

const TOKYO = zoneOf("Asia/Tokyo");
const rotation = (from: string, to: string) => ({ name: `${from} to ${to}`, from, to });
const WINTER = rotation("2026-01-05", "2026-03-01");
const SPRING = rotation("2026-03-02", "2026-04-26");

/** Whether an answer of this local moment is erased at another one. */
const isErased = (
  rotations: readonly ReturnType<typeof rotation>[],
  retention: number | undefined,
  given: string,
  now: string,
): boolean => isIn(rotations, retention, local(given), local(now));

const isIn = (
  rotations: readonly ReturnType<typeof rotation>[],
  retention: number | undefined,
  given: Instant,
  now: Instant,
): boolean => {
  const set = retention === undefined ? { rotations } : { rotations, retention };
  return expiredAnswers(set, TOKYO, now)?.spans.some(({ from, to }) => from <= given && given < to) === true;
};

describe("the answers of a rotation", () => {
  it("stay for good where program.yaml says nothing", () => {
    expect(isErased([WINTER], undefined, "2026-01-05T08:00", "2099-01-01T00:00")).toBe(false);
  });

  it("go on one day, whole, so many months after its end, and not a minute before", () => {
    const all = [WINTER, SPRING];

    expect(erasedOn(WINTER, 6)).toBe("2026-09-02");
    for (const given of ["2026-01-05T00:00", "2026-02-10T12:00", "2026-03-01T23:59"]) {
      expect(isErased(all, 6, given, "2026-09-01T23:59")).toBe(false);
      expect(isErased(all, 6, given, "2026-09-02T00:00")).toBe(true);
    }
    expect(isErased(all, 6, "2026-03-02T00:00", "2026-10-26T23:59")).toBe(false);
    expect(isErased(all, 6, "2026-03-02T00:00", "2026-10-27T00:00")).toBe(true);
  });

  it("go by their own age where no rotation has them: its last look back, or one that program.yaml has no more", () => {
    expect(isErased([WINTER], 1, "2026-03-04T09:00", "2026-04-04T23:59")).toBe(false);
    expect(isErased([WINTER], 1, "2026-03-04T09:00", "2026-04-05T00:00")).toBe(true);
    expect(isErased([SPRING], 1, "2026-01-10T09:00", "2026-02-11T00:00")).toBe(true);
  });

  it("stay while one of two rotations that overlap is not due, in whatever order program.yaml has them", () => {
    const [long, short] = [rotation("2026-01-05", "2026-05-01"), rotation("2026-03-02", "2026-04-26")];

    for (const both of [
      [long, short],
      [short, long],
    ]) {
      expect(isErased(both, 1, "2026-01-05T00:00", "2026-05-10T09:00")).toBe(false);
      expect(isErased(both, 1, "2026-01-04T23:59", "2026-05-10T09:00")).toBe(true);
    }
  });

  it("never go while a rotation of theirs is not due, nor before they are that old, whatever the dates are", () => {
    const day = fc.integer({ min: dayNumber("2020-01-01"), max: dayNumber("2027-12-31") });
    const rotations = fc.array(
      fc
        .tuple(day, fc.integer({ min: 0, max: 200 }))
        .map(([from, days]) => rotation(dateText(from), dateText(from + days))),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(
        rotations,
        fc.integer({ min: 1, max: 30 }),
        day,
        day,
        fc.nat(23),
        (all, months, given, today, hour) => {
          const now = later(TOKYO.at(today, 0), hour * HOUR);
          const theirs = all.filter(({ from, to }) => dayNumber(from) <= given && given <= dayNumber(to));
          const due = theirs.every((one) => dayNumber(erasedOn(one, months)) <= today);
          const isOld =
            given < dayNumber(expiredAnswers({ rotations: [], retention: months }, TOKYO, now)!.before);

          // A rotation that is due goes whole; what is in none goes by its age.
          expect(isIn(all, months, TOKYO.at(given, 12), now)).toBe(theirs.length > 0 ? due : isOld);
        },
      ),
      { numRuns: campaignSize({ usual: 300, long: 5_000 }) },
    );
  });
});

describe("the setting", () => {
  const NOW = local("2026-12-01T00:00");

  it("stands for a week before anything is erased, and anew when it is changed, or after a jump of the clock", () => {
    const first = announced(undefined, 6, NOW);
    const nextDay = announced(first, 6, later(NOW, DAY));

    expect(erasesFrom(first)).toBe(later(NOW, NOTICE));
    expect(nextDay).toEqual({ months: 6, since: NOW, seen: later(NOW, DAY) });
    expect(announced(nextDay, 5, later(NOW, 2 * DAY)).since).toBe(later(NOW, 2 * DAY));
    expect(announced(nextDay, 6, later(NOW, 400 * DAY)).since).toBe(later(NOW, 400 * DAY));
    expect(announced(nextDay, 6, later(NOW, -DAY)).since).toBe(later(NOW, -DAY));
  });
});
