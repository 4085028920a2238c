import fc from "fast-check";
import { expect, it } from "vitest";
import { act, type Meaning } from "#src/card/act.ts";
import { plain } from "#src/card/plain.ts";
import { DEFAULT_GOALS } from "#src/domain/goals.ts";
import type { ItemId } from "#src/domain/forms.ts";
import { personId, type Address } from "#src/domain/person.ts";
import { wordsFor } from "#src/words/words.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import { flow } from "#test/support/attune.ts";
import { programOf } from "#test/support/programs.ts";
import { together } from "#test/support/together.ts";
import { takePart } from "#test/support/tongues.ts";

const words = wordsFor("en", programOf());
const IDS = ["history", "tests", "flow"] as const;
const DAYS = ["01", "03"];

/** What the pair does with a goal; `to`: which category it is about. */
interface Deed {
  readonly does: "goal" | "line" | "skip" | "none" | "all" | "unfinished" | "counter" | "taken" | "kept";
  readonly to: number;
}

const deed = fc.record<Deed>({
  does: fc.constantFrom(
    ...(["goal", "goal", "goal", "line", "line", "skip", "none", "all", "unfinished"] as const),
    ...(["counter", "taken", "kept"] as const),
  ),
  to: fc.nat({ max: IDS.length - 1 }),
});

/** Each day begins with a line that could be left behind. */
const BEGINNING: readonly Deed[] = [
  { does: "goal", to: 0 },
  { does: "line", to: 0 },
];

// domain: A new category never keeps the old line
it(
  "a goal's line never stands under another category",
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(...DAYS.map(() => fc.array(deed, { minLength: 3, maxLength: 7 }))),
        async (days) => {
          await using attune = await flow({ program: programOf(), roster: together(["r1", "a1"], DAYS) });
          await takePart(attune, words.say, ["r1", "a1"]);
          const press = async (person: "r1" | "a1", nudge: number, meaning: object) => {
            const [message] = attune.cloud.chat(person as Address);
            await attune.phone(person).presses(message!.ref, act({ nudge, ...meaning } as Meaning));
          };
          for (const [day, deeds] of days.entries()) {
            await attune.until(`2026-12-${DAYS[day]}T08:01`);
            const newest = async (person: "r1" | "a1", kind: string) =>
              (await attune.store.nudgesOf(personId(person), 0 as never, attune.clock.now())).findLast(
                (one) => one.kind === kind,
              )!.id;
            const [goal, plan] = [await newest("r1", "shift-goal"), await newest("a1", "shift-plan")];
            const says = (item: ItemId, value: string, about?: string) =>
              press("r1", goal, { verb: "answer", item, value, about });
            for (const { does, to } of [...BEGINNING, ...deeds]) {
              const category = IDS[to]!;
              const occasion = (await attune.store.nudge(goal))!.subject;
              const standing = (await attune.store.replies(occasion)).find(
                ({ item }) => item === "goal",
              )?.value;
              if (does === "goal") await says("goal", category);
              if (does === "none") await says("none", "yes");
              if (does === "all") await says("same", "all");
              if (does === "unfinished") await says("same", "goal");
              if (does === "taken" || does === "kept") await says("suggestion", does, "a1");
              if (does === "counter")
                await press("a1", plan, { verb: "answer", item: "counter", value: category, about: "r1" });
              if (does === "skip") await press("r1", goal, { verb: "skip", item: "line", about: undefined });
              if (does === "line" && typeof standing === "string") {
                const [message] = attune.cloud.chat("r1" as Address);
                const line = act({ verb: "write", nudge: goal, item: "line", about: undefined });
                await attune.phone("r1").submits(message!.ref, line, { line: `line of ${standing}` });
              }
            }
            await attune.until(`2026-12-${DAYS[day]}T17:05`);
            await attune
              .phone("r1")
              .taps(words.say.debrief.outcomes.partly)
              .catch(() => undefined);
          }

          const texts = attune.cloud.deliveries.map(({ card }) => plain(card)).join("\n");
          for (const { id } of DEFAULT_GOALS)
            for (const other of IDS.filter((one) => one !== id))
              expect(texts).not.toMatch(new RegExp(`${words.goal(id)}: line of ${other}`, "u"));
        },
      ),
      { numRuns: campaignSize({ quick: 3, usual: 8, long: 100, soak: 1_000 }), endOnFailure: true },
    );
  },
  campaignSize({ usual: 120_000, long: 240_000, soak: 1_800_000 }),
);
