import fc from "fast-check";
import { expect, it } from "vitest";
import { campaignSize } from "#test/support/campaign-size.ts";
import { live } from "#test/support/lived-history.ts";
import type { Deed } from "#test/support/privacy-ledger.ts";
import { randomHistory } from "#test/support/random-histories.ts";
import type { Twist } from "#test/support/turns.ts";

const SEED = 7;
const HISTORIES = campaignSize({ usual: 5, long: 20 });
const NOBODY: Twist = { of: "nobody", items: new Set(), isOn: false };

const isAnswer = (deed: Deed, item: string, value = ""): boolean =>
  deed.item === item && (deed.value?.startsWith(value) ?? false);

const isSettled = ({ item }: Deed): boolean => item.startsWith("settled-");
/** Words that nobody else writes begin so (turns.ts). */
const isOwnWords = ({ value }: Deed): boolean => value?.startsWith("zq") ?? false;

/** What the properties about privacy are worth nothing without. */
const REACHED: Readonly<Record<string, (deed: Deed, before: readonly Deed[]) => boolean>> = {
  "a settlement by a choice": (deed) => isSettled(deed) && !isOwnWords(deed),
  "a settlement in own words": (deed) => isSettled(deed) && isOwnWords(deed),
  "a suggested goal taken up": (deed) => isAnswer(deed, "suggestion", "taken"),
  "a suggested goal not taken up": (deed) => isAnswer(deed, "suggestion", "kept"),
  "safety first": (deed) => isAnswer(deed, "safety"),
  "a goal that changed": (deed, before) =>
    isAnswer(deed, "goal") &&
    before.some(
      (one) =>
        isAnswer(one, "goal") &&
        one.person === deed.person &&
        one.subject === deed.subject &&
        one.value !== deed.value,
    ),
  "a goal that is shared less": (deed) => isAnswer(deed, "share") && deed.value !== "full",
};

it("random histories come to everything that privacy is about, in one of five at least", async () => {
  const reached = Object.fromEntries(Object.keys(REACHED).map((what) => [what, 0]));
  for (const history of fc.sample(randomHistory, { seed: SEED, numRuns: HISTORIES })) {
    const deeds = await live(history, NOBODY);
    for (const [what, is] of Object.entries(REACHED))
      if (deeds.some((deed, place) => is(deed, deeds.slice(0, place)))) reached[what]! += 1;
  }

  const seldom = Object.entries(reached).filter(([, times]) => times < HISTORIES / 5);

  expect(seldom).toEqual([]);
}, 240_000);
