import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { factsOf, STUDY_ITEMS, wordingOf } from "#src/study/items.ts";

/** What each version of an item's wording was. Whoever changes a wording raises the version in src/study/items.ts, and adds a line here. */
const WORDINGS: Readonly<Record<string, string>> = {
  "help 1": "0dab1505c3b8",
  "help 2": "b848ca01f5fb",
  "call 1": "2003272708f2",
  "call 2": "b78ac2f8029c",
  "feedback 1": "a78891ba6947",
  "feedback 2": "772539734254",
  "happened 1": "09fb9b9476e0",
  "week-goal 1": "c22657c4e049",
  "week-strategy 1": "e2a79054d9b4",
  "week-trust 1": "c203fdaa56c1",
};

const digest = (item: (typeof STUDY_ITEMS)[number]): string =>
  createHash("sha256")
    .update(JSON.stringify([wordingOf(item, "en"), wordingOf(item, "ja")]))
    .digest("hex")
    .slice(0, 12);

it.each(STUDY_ITEMS)("%s reads as its version says", (item) => {
  expect(digest(item)).toBe(WORDINGS[`${item} ${factsOf(item).version}`]);
});
