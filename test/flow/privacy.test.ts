import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { en } from "#src/words/en.ts";
import { ja } from "#src/words/ja.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import { live, OFFICE, type Moment } from "#test/support/lived-history.ts";
import { randomHistory, type History } from "#test/support/random-histories.ts";
import type { Twist } from "#test/support/turns.ts";

/** A failure is told with its seed at once: making it smaller outlasts the time-out. */
const RUNS = { numRuns: campaignSize({ quick: 1, usual: 2, long: 20, soak: 1_000 }), endOnFailure: true };
const TIME = campaignSize({ usual: 240_000, long: 240_000, soak: 3_600_000 });
const NOBODY: Twist = { of: "nobody", items: new Set(), isOn: false };
const someone = fc.constantFrom("r1", "r2", "a1", "a2");
const PAIR = new Set([
  "help",
  "call",
  "feedback",
  "outcome",
  "feedback-given",
  "happened",
  "week-goal",
  "week-strategy",
]);

/** An ask's choices or its field, as a card's text shows them (a menu of commands has no title); and the line that says who sees what is given. */
const isAsking = (text: string): boolean => text.startsWith("# ") && /^(?:\([ x]\)|____)/m.test(text);
const isTelling = (text: string): boolean => /^(?:Visible to: |見える人：)/m.test(text);

/** Words that stand for one answer (turns.ts). */
const wordsIn = (text: string): readonly string[] => text.match(/zq[b-n]{6}/g) ?? [];

const seenIn = ({ texts, answers }: Moment): ReadonlyMap<string, readonly string[]> =>
  new Map([...texts].map(([reader, messages]) => [reader, [...messages, ...(answers.get(reader) ?? [])]]));

/** What each could read after every act, when one person's answers are these, and when they are others. */
async function both(
  history: History,
  twist: Omit<Twist, "isOn">,
): Promise<readonly (readonly [Moment, Moment])[]> {
  const [first, second]: [Moment[], Moment[]] = [[], []];
  await live(history, { ...twist, isOn: false }, (moment) => first.push(moment));
  await live(history, { ...twist, isOn: true }, (moment) => second.push(moment));
  expect(second).toHaveLength(first.length);
  return first.map((moment, i) => [moment, second[i]!] as const);
}

describe("whatever people answer, in whatever order", () => {
  // domain: An item's visibility is part of its definition
  // domain: Every ask prints its "visible to" line
  it(
    "nobody reads words that were not written for them, and every question says who sees its answer",
    async () => {
      await fc.assert(
        fc.asyncProperty(randomHistory, async (history) => {
          await live(history, NOBODY, ({ texts, answers, ledger, isSettled }) => {
            const may = isSettled ? ledger.mayRead : ledger.mayHaveRead;
            // An answer to a command is not edited: what may be shared less later has no place in it.
            for (const [reader, messages] of [...answers, ...texts]) {
              const found = messages.flatMap(wordsIn);
              expect({ reader, found: found.filter((words) => !may(reader, words)) }).toEqual({
                reader,
                found: [],
              });
            }
            for (const [reader, messages] of texts) {
              const silent =
                reader === OFFICE ? [] : messages.filter((text) => isAsking(text) && !isTelling(text));
              expect(silent).toEqual([]);
            }
          });
        }),
        RUNS,
      );
    },
    TIME,
  );

  // domain: Nothing is revealed until both have answered
  it(
    "nobody can tell from anything they see what a partner has answered, until both have",
    async () => {
      await fc.assert(
        fc.asyncProperty(randomHistory, someone, async (history, of) => {
          for (const [one, other] of await both(history, { of, items: PAIR })) {
            for (const [reader, messages] of seenIn(one)) {
              if (one.knowing.has(reader) || other.knowing.has(reader)) continue;
              expect({ reader, sees: seenIn(other).get(reader) }).toEqual({ reader, sees: messages });
            }
          }
        }),
        RUNS,
      );
    },
    TIME,
  );

  // domain: Trust answers never reach the partner
  it(
    "nobody can ever tell from anything they see what somebody has answered about trust",
    async () => {
      await fc.assert(
        fc.asyncProperty(randomHistory, someone, async (history, of) => {
          for (const [one, other] of await both(history, { of, items: new Set(["week-trust"]) })) {
            for (const [reader, messages] of seenIn(one)) {
              if (reader === of) continue;
              expect({ reader, sees: seenIn(other).get(reader) }).toEqual({ reader, sees: messages });
            }
          }
        }),
        RUNS,
      );
    },
    TIME,
  );

  // domain: The coordinator's digest has aggregates only
  // domain: A coordinator never sees one person's answers
  it(
    "no coordinator and no export shows a figure that fewer than five people have contributed to",
    async () => {
      const figures = (text: string, label: string) =>
        text.split("\n").filter((line) => line.startsWith(`${label}: `) && line.endsWith("%"));
      await fc.assert(
        fc.asyncProperty(randomHistory, async (history) => {
          await live(history, NOBODY, ({ texts, contributors }) => {
            const text = texts.get("c1")!.join("\n");
            const exported = texts.get(OFFICE)?.join("\n") ?? "";
            const gapsExported = /^figures,.*two-steps-apart-\w+,\d/m.test(exported);
            expect(contributors.both >= 5 || !gapsExported).toBe(true);
            expect(contributors.one >= 5 || !/"percent": \d/.test(exported)).toBe(true);
            for (const { coordinator, strategy } of [en, ja]) {
              const gaps = figures(text, `${coordinator.gaps}: ${strategy.help.label}`);
              expect(gaps.length === 0 || contributors.both >= 5).toBe(true);
              expect(figures(text, coordinator.both).length === 0 || contributors.one >= 5).toBe(true);
              // Four residents at most look back here.
              expect(figures(text, coordinator.goals)).toEqual([]);
            }
          });
        }),
        RUNS,
      );
    },
    TIME,
  );
});
