import fc from "fast-check";
import { expect, it } from "vitest";
import { tapsOf } from "#src/card/act.ts";
import type { Card } from "#src/card/card.ts";
import { plain } from "#src/card/plain.ts";
import type { Address } from "#src/domain/person.ts";
import type { BotResponse } from "#src/ports/inbound.ts";
import { en } from "#src/words/en.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import { together } from "#test/support/together.ts";
import { takePart } from "#test/support/tongues.ts";

const RUNS = { numRuns: campaignSize({ quick: 3, usual: 20, long: 150, soak: 2_000 }) };
const TIME = campaignSize({ usual: 60_000, long: 300_000, soak: 3_600_000 });

const DAYS = ["01", "02", "03"];
const OWN: readonly string[] = [en.visible.goalPrivate, en.visible.goalNobody];
const { full, category, private: secret } = en.goal.shares;
const { help, call, feedback } = en.strategy;
const { outcomes, feedbacks } = en.debrief;
const GOALS = ["Tests and imaging", "Procedures and ultrasound", en.goal.same];

/** What the resident, the attending or the hospital does next; what cannot be done at that moment is left out. */
const DEEDS = {
  joins: (attune: Flow) => attune.publishes(together(["r1", "a1"], DAYS)),
  goes: (attune: Flow) => attune.publishes(together(["r1"], DAYS)),
  stops: (attune: Flow) => attune.phone("a1").says("stop"),
  resumes: (attune: Flow) => attune.phone("a1").says("resume"),
  goal: (attune: Flow, seed: number) => taps(attune, "r1", [GOALS[seed % GOALS.length]!]),
  changes: (attune: Flow) => taps(attune, "r1", [en.buttons.change]),
  answers: (attune: Flow) => answers(attune, "r1"),
  planned: (attune: Flow) => answers(attune, "a1"),
  category: (attune: Flow) => taps(attune, "r1", [en.buttons.share, category]),
  private: (attune: Flow) => taps(attune, "r1", [en.buttons.share, secret]),
} as const;

const deed = fc.oneof(
  { weight: 3, arbitrary: fc.constant("line" as const) },
  { weight: 4, arbitrary: fc.constant("passes" as const) },
  { weight: 1, arbitrary: fc.constant("full" as const) },
  { weight: 8, arbitrary: fc.constantFrom(...(Object.keys(DEEDS) as (keyof typeof DEEDS)[])) },
);

// domain: Every ask prints its "visible to" line
// domain: What was answered while no attending shared the shift
it(
  "a line that is asked for with “only you” is nobody else's before its resident shares it, whatever happens",
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.array(fc.tuple(deed, fc.nat(9)), { minLength: 8, maxLength: 24 }),
        async (isShared, deeds) => {
          await using attune = await flow({ roster: together(["r1", "a1"], DAYS) });
          await takePart(attune, en, ["r1", "a1"]);
          if (!isShared) await DEEDS.goes(attune);
          await attune.until("2026-12-01T07:45");
          await DEEDS.goal(attune, 0);
          const own = new Set(await writes(attune, "line at the beginning"));
          let hours = 0;
          for (const [at, [what, seed]] of deeds.entries()) {
            if (what === "line")
              for (const line of await writes(attune, `line number ${"abcdefghijklmnopqrstuvwxyz"[at]}`))
                own.add(line);
            else if (what === "full") await sharesAll(attune, own);
            else if (what === "passes") await attune.until(after((hours += 1 + seed / 3)));
            else await DEEDS[what](attune, seed);

            const theirs = attune.phone("a1").chat().join("\n");
            expect([...own].filter((line) => theirs.includes(line))).toEqual([]);
          }
        },
      ),
      RUNS,
    );
  },
  TIME,
);

/** A local time so many hours after the first goal was asked. */
function after(hours: number): string {
  const at = new Date(Date.UTC(2026, 11, 1, 7, 45) + hours * 3_600_000);
  return at.toISOString().slice(0, 16);
}

const newest = (attune: Flow, id: string, wanted: (card: Card) => boolean) =>
  attune.cloud.chat(id as Address).findLast(({ card }) => wanted(card));

/** Writes a line where one is asked for. Returns it where the question says that nobody else reads it. */
async function writes(attune: Flow, line: string): Promise<readonly string[]> {
  const asked = newest(attune, "r1", (card) => card.blocks.some(({ type }) => type === "input"));
  if (asked === undefined) return [];
  const isOwn = plain(asked.card)
    .split("\n")
    .some((one) => OWN.includes(one));
  const reply = await attune.phone("r1").writes(line);
  return isOwn && isKept(reply) ? [line] : [];
}

/** Shares the goal and its line: from then on they are no secret. */
async function sharesAll(attune: Flow, own: Set<string>): Promise<void> {
  if (await taps(attune, "r1", [en.buttons.share, full])) own.clear();
}

const isKept = (reply: BotResponse): boolean => reply.kind === "card";

/** Taps these one after the other; false where one of them is not there. */
async function taps(attune: Flow, id: string, labels: readonly string[]): Promise<boolean> {
  for (const label of labels) {
    if (newest(attune, id, (card) => tapsOf(card).some(({ tap }) => tap.label === label)) === undefined)
      return false;
    await attune.phone(id).taps(label);
  }
  return true;
}

/** Answers what is asked, as far as it goes. */
async function answers(attune: Flow, id: string): Promise<void> {
  const choices = [outcomes.partly, feedbacks.yes, help.answers[2], call.answers[2], feedback.answers.end];
  for (const choice of choices) await taps(attune, id, [choice]);
}
