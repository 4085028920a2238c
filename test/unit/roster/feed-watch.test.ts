import { expect, it } from "vitest";
import { DAY, later, MINUTE } from "#src/domain/time.ts";
import { AttuneError } from "#src/errors.ts";
import { watchFeeds } from "#src/roster/watch/feed-watch.ts";
import type { Feed } from "#src/ports/feed.ts";
import { SILENT } from "#test/support/attune.ts";
import { local } from "#test/support/programs.ts";

const NOON = local("2026-12-01T12:00");
const EVERY = 15 * MINUTE;

/** One feed whose looks are counted, with the notes that an earlier process has left. */
function watched(fetch: Feed["fetch"], notes = new Map<string, string>()) {
  let looks = 0;
  const watch = watchFeeds({
    sources: [{ name: "ED", format: "csv", feed: { address: { variable: "ED_FEED" }, every: EVERY } }],
    feed: {
      fetch: (address, mark) => {
        looks += 1;
        return fetch(address, mark);
      },
    },
    addressOf: () => "http://127.0.0.1:9/",
    log: SILENT,
    notes: { note: async (key) => notes.get(key), setNote: async (key, value) => void notes.set(key, value) },
    wake() {},
  });
  return {
    watch,
    looks: () => looks,
    async beat(now: typeof NOON) {
      await watch.beat(now);
      await watch.settled();
    },
  };
}

const unchanged = async () => ({ kind: "unchanged" }) as const;
const away = () => Promise.reject(new AttuneError("unavailable", "it cannot be fetched"));

it.each([
  ["answers", unchanged],
  ["fails", away],
] as const)(
  "a feed that %s while the clock is days ahead is looked at again when it is right",
  async (_, fetch) => {
    const { beat, looks } = watched(fetch);
    await beat(NOON);

    await beat(later(NOON, 3 * DAY));
    await beat(later(NOON, MINUTE));
    await beat(later(NOON, MINUTE));

    expect(looks()).toBe(3);
  },
);

it("a trouble that began in the future, by a note of then, begins now", async () => {
  const notes = new Map([["feed ED", JSON.stringify({ since: later(NOON, 3 * DAY), reason: "away" })]]);
  const { beat, watch } = watched(away, notes);

  await beat(NOON);

  expect(watch.troubles()).toMatchObject([{ name: "ED", since: NOON }]);
});
