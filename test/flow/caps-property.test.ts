import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isAskKind } from "#src/domain/nudge.ts";
import { DAY, HOUR } from "#src/domain/time.ts";
import { askedWeeks, PEOPLE, type AskedWeeks, type Post } from "#test/support/asked-weeks.ts";
import { campaignSize } from "#test/support/campaign-size.ts";

const RUNS = { numRuns: campaignSize({ quick: 2, usual: 4, long: 8, soak: 200 }) };
const life = fc.record({
  seed: fc.nat(),
  silent: fc.subarray(PEOPLE),
  asksPerShift: fc.constantFrom(1, 2, 3),
  asksPerMonth: fc.constantFrom(3, 8, 60),
});

/** Tokyo keeps nine hours all year. */
const monthOf = (at: number): string => new Date(at + 9 * HOUR).toISOString().slice(0, 7);
const most = (posts: readonly Post[], key: (post: Post) => string): number =>
  Math.max(0, ...[...Map.groupBy(posts, key).values()].map((some) => some.length));

/** The first asks to a person that came within a week of the one before, while four in a row had met silence. */
function asksInARest({ posts, nudges, touched, wholes }: AskedWeeks, id: string): readonly Post[] {
  const unanswered = nudges.filter(
    (one) =>
      one.person === id &&
      one.state === "expired" &&
      one.sentAt !== undefined &&
      isAskKind(one.kind) &&
      !touched.has(one.id),
  );
  const events = [
    ...unanswered.map(({ expiresAt: at }) => ({ at, type: "silence" as const })),
    ...wholes.filter(({ person }) => person === id).map(({ at }) => ({ at, type: "answer" as const })),
    ...posts
      .filter(({ nudge, isFirst }) => nudge.person === id && isFirst && isAskKind(nudge.kind))
      .map((post) => ({ at: post.at, type: "ask" as const, post })),
  ].toSorted(
    (a, b) => a.at - b.at || "silence answer ask".indexOf(a.type) - "silence answer ask".indexOf(b.type),
  );
  let silences = 0;
  let last = -Infinity;
  return events.flatMap((event) => {
    if (event.type === "silence") silences += 1;
    if (event.type === "answer") silences = 0;
    if (event.type !== "ask") return [];
    const isEarly = silences >= 4 && event.at - last < 7 * DAY;
    last = event.at;
    return isEarly ? [event.post] : [];
  });
}

describe("whatever people work and answer", () => {
  // domain: A shift brings one person at most 2 asks
  // domain: A person gets at most so many asks a month
  // domain: Attune backs off
  it("nobody is asked more than the policy admits, reminded twice, or asked in a rest after four silences", async () => {
    await fc.assert(
      fc.asyncProperty(life, async ({ seed, silent, ...policy }) => {
        const weeks = await askedWeeks(seed, silent, policy);

        const asks = weeks.posts.filter(({ nudge, isFirst }) => isFirst && isAskKind(nudge.kind));
        const ofShift = asks.filter(({ nudge }) => nudge.kind.startsWith("shift-"));
        const perShift = most(ofShift, ({ nudge }) => `${nudge.person} ${nudge.subject}`);
        expect(perShift).toBeLessThanOrEqual(policy.asksPerShift);
        const perMonth = most(asks, ({ nudge }) => `${nudge.person} ${monthOf(nudge.dueAt)}`);
        expect(perMonth).toBeLessThanOrEqual(policy.asksPerMonth);
        for (const id of PEOPLE) {
          const again = weeks.posts.filter(({ nudge, isFirst }) => nudge.person === id && !isFirst);
          const reminded = new Set(again.map(({ nudge }) => nudge.id)).size;
          // Beyond one reminder an ask, only what the person wished for.
          expect(again.length - reminded).toBeLessThanOrEqual(weeks.snoozes.get(id) ?? 0);
          expect(asksInARest(weeks, id)).toEqual([]);
        }
      }),
      // Two short messages about both answers expire here among asks without an answer: no silence, since they ask nothing.
      { ...RUNS, examples: [[{ seed: 2147483630, silent: [], asksPerShift: 3, asksPerMonth: 8 }]] },
    );
  }, 240_000);

  it("the weeks are lively enough to show it", async () => {
    const weeks = await askedWeeks(7, ["a2"], { asksPerShift: 2, asksPerMonth: 60 });

    expect(weeks.posts.length).toBeGreaterThan(60);
    expect(weeks.posts.filter(({ isFirst }) => !isFirst).length).toBeGreaterThan(10);
    expect(weeks.wholes.length).toBeGreaterThan(10);
    const silent = weeks.posts.filter(({ nudge, isFirst }) => nudge.person === "a2" && isFirst);
    const heard = weeks.posts.filter(({ nudge, isFirst }) => nudge.person === "a1" && isFirst);
    expect(silent.length).toBeLessThan(heard.length / 2);
  });
});
