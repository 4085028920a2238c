import { describe, expect, it } from "vitest";
import { plain } from "#src/card/plain.ts";
import type { Nudge } from "#src/domain/nudge.ts";
import { DAY, later, type Instant } from "#src/domain/time.ts";
import { attendingDigest } from "#src/flows/digests/attending-digest.ts";
import { wordsFor } from "#src/words/words.ts";
import { contextOn, goalFor } from "#test/support/context-on.ts";
import { local, programOf } from "#test/support/programs.ts";

const NINE = local("2026-12-08T09:00");
const RESIDENTS = ["r1", "r2", "r3", "r4"];
const program = programOf({ people: [...RESIDENTS, "a1"] });
const words = wordsFor("en", program);
const { digest: say } = words.say;

/** Everybody was on duty with a1 on the first, and is again on these spans, with a goal for each. */
async function digest(
  again: Readonly<Record<string, readonly string[]>>,
  {
    now = NINE,
    label = "2026-W49",
    sent = [] as readonly Partial<Nudge>[],
    rotations = program.rotations,
  } = {},
): Promise<string> {
  const met = Object.entries(again).flatMap(([id, spans]) =>
    ["2026-12-01T08:00 2026-12-01T17:00", ...spans].map((span) => ({ id, span })),
  );
  const context = contextOn({
    program: { ...program, rotations },
    duties: [...new Set(met.flatMap(({ id, span }) => [`${id} ${span}`, `a1 ${span}`]))],
    now,
    replies: met.flatMap(({ id, span }) => goalFor(`${id} ${span.split(" ")[0]}`, `the goal of ${id}`)),
    kept: { nudgesOf: async () => sent as readonly Nudge[] },
  });
  const card = await attendingDigest(context, program.people.at(-1)!, words, label);
  return plain(card!);
}

const wasSent = (subject: string, sentAt: Instant) =>
  ({ kind: "attending-digest", subject, sentAt }) as const;

describe("the attending's digest", () => {
  // domain: The attending's digest is weekly, about the residents
  it("is about whom they are on duty with after it comes, and before the week after next is over", async () => {
    const text = await digest({
      r1: ["2026-12-08T06:00 2026-12-08T09:00"],
      r2: ["2026-12-08T06:00 2026-12-08T09:01"],
      r3: ["2026-12-20T23:59 2026-12-21T08:00"],
      r4: ["2026-12-21T00:00 2026-12-21T08:00"],
    });

    expect(RESIDENTS.filter((id) => text.includes(`the goal of ${id}`))).toEqual(["r2", "r3"]);
  });

  // domain: The attending's digest has one suggested action
  describe("suggests about a resident", () => {
    const again = { r1: ["2026-12-09T08:00 2026-12-09T17:00", "2026-12-16T08:00 2026-12-16T17:00"] };
    const [feedback, next] = [say.actionFeedback("Dr. r1"), say.actionNext("Dr. r1")];
    const ideas = (text: string) => [feedback, next].filter((idea) => text.includes(idea));

    it("the same each time that it is shown", async () => {
      const [shown, shownAgain] = [
        await digest(again),
        await digest(again, { now: later(NINE, 2 * DAY), sent: [wasSent("2026-W49", NINE)] }),
      ];

      expect(ideas(shown)).toEqual([feedback]);
      expect(shownAgain).toBe(shown);
    });

    it("what the one before did not, in this rotation, which begins with its first midnight", async () => {
      const rotations = [
        { name: "first", from: "2026-11-30", to: "2026-12-07" },
        { name: "second", from: "2026-12-08", to: "2026-12-31" },
      ];
      const after = async (sentAt: Instant) => {
        const sent = [wasSent("2026-W49", sentAt)];
        return ideas(await digest(again, { now: later(NINE, 7 * DAY), label: "2026-W50", sent, rotations }));
      };

      expect(await after(local("2026-12-08T00:00"))).toEqual([next]);
      expect(await after(later(local("2026-12-08T00:00"), -1))).toEqual([feedback]);
    });
  });
});
