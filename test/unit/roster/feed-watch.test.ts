import { describe, expect, it } from "vitest";
import { DAY, HOUR, later, MINUTE } from "#src/domain/time.ts";
import { AttuneError } from "#src/errors.ts";
import type { RosterFormat } from "#src/roster/text/reader.ts";
import { watchFeeds } from "#src/roster/watch/feed-watch.ts";
import type { Feed } from "#src/ports/feed.ts";
import { SILENT } from "#test/support/attune.ts";
import { local } from "#test/support/programs.ts";

const NOON = local("2026-12-01T12:00");
const EVERY = 15 * MINUTE;

interface Wish {
  readonly every?: number;
  readonly format?: RosterFormat;
  readonly address?: string;
}

/** One feed whose looks are counted, with the notes that an earlier process has left. */
function watched(
  fetch: Feed["fetch"],
  notes = new Map<string, string>(),
  { every, format = "csv", address = "http://127.0.0.1:9/" }: Wish = { every: EVERY },
) {
  let looks = 0;
  const feed = { addresses: [{ variable: "ED_FEED" }], ...(every === undefined ? {} : { every }) };
  const watch = watchFeeds({
    sources: [{ name: "ED", format, feed }],
    feed: {
      fetch: (request, before) => {
        looks += 1;
        return fetch(request, before);
      },
    },
    requestOf: () => ({ kind: "pages", addresses: [address] }),
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

/** The minutes after noon, of a day, at which a feed is looked at. */
async function looksOf(
  feed: ReturnType<typeof watched>,
  minutes: readonly number[],
): Promise<readonly number[]> {
  const found: number[] = [];
  for (const minute of minutes) {
    const before = feed.looks();
    await feed.beat(later(NOON, minute * MINUTE));
    if (feed.looks() > before) found.push(minute);
  }
  return found;
}
const saying = (...lines: readonly string[]): Feed["fetch"] => {
  const bytes = new TextEncoder().encode(["BEGIN:VCALENDAR", ...lines, "END:VCALENDAR"].join("\r\n"));
  return async () => ({ kind: "fresh", pages: [{ address: "", bytes, mark: {} }] });
};
const QUARTERS = Array.from({ length: 53 }, (_, quarter) => quarter * 15);

describe("how often a feed is looked at", () => {
  it.each([
    ["nothing", [], {}, 15],
    // ical-org/ical.net#234, michael-maltsev/cheese-fork#13, adamgibbons/ics#259, XiovV/calich#86, nextcloud/calendar#2146
    ["an hour (RFC 7986)", ["REFRESH-INTERVAL;VALUE=DURATION:PT1H"], {}, 60],
    ["half an hour (Microsoft)", ["X-PUBLISHED-TTL:PT30M"], {}, 30],
    ["two times: the longer one", ["X-PUBLISHED-TTL:PT30M", "REFRESH-INTERVAL:PT1H"], {}, 60],
    ["five minutes: no more often than usual", ["X-PUBLISHED-TTL:PT5M"], {}, 15],
    ["a week: no less often than twice a day", ["X-PUBLISHED-TTL:P1W"], {}, 720],
    ["an hour, and program.yaml says a quarter", ["X-PUBLISHED-TTL:PT1H"], { every: 15 * MINUTE }, 15],
    ["nonsense", ["X-PUBLISHED-TTL:soon"], {}, 15],
  ] as const)("where it asks for %s", async (_, lines, wish, expected) => {
    const feed = watched(saying(...lines), new Map(), { format: "icalendar", ...wish });

    expect((await looksOf(feed, QUARTERS))[1]).toBe(expected);
  });

  it.each([
    ["report of Amion", { format: "amion-619" }],
    ["calendar of Amion", { format: "icalendar", address: "https://www.amion.com/cgi-bin/ocs?Vcal=7" }],
    ["calendar of Amion by its other name", { format: "icalendar", address: "webcal://whoison.net/ocs" }],
  ] as const)(
    "a failing %s is asked no more often than every 5 minutes, after a restart neither",
    async (_, wish) => {
      const notes = new Map<string, string>();
      const minutes = Array.from({ length: 12 }, (_unused, minute) => minute);

      const first = await looksOf(watched(away, notes, wish), minutes);
      const restarted = await looksOf(watched(away, notes, wish), [11, 12, 13, 14, 15, 16]);

      expect([first, restarted]).toEqual([[0, 5, 10], [15]]);
    },
  );

  // nextcloud/calendar#4966, franc6/ics_calendar#19: what fails is not asked again and again.
  it("another one that fails is asked again after 1, 2, 4 … minutes", async () => {
    const minutes = Array.from({ length: 31 }, (_, minute) => minute);

    expect(await looksOf(watched(away), minutes)).toEqual([0, 1, 3, 7, 15, 30]);
  });

  // jangernert/FeedReader#945, tykeal/homeassistant-rental-control#79
  it("a server that says how long is left alone for so long, over a restart, too", async () => {
    const notes = new Map<string, string>();
    const busy = () =>
      Promise.reject(new AttuneError("unavailable", "the server answers 429", { retryAfter: 2 * HOUR }));

    const first = await looksOf(watched(busy, notes), QUARTERS.slice(0, 5));
    const restarted = await looksOf(watched(unchanged, notes), [75, 90, 105, 120]);

    expect([first, restarted]).toEqual([[0], [120]]);
  });

  it("nobody is left alone for more than a day", async () => {
    const ever = () =>
      Promise.reject(new AttuneError("unavailable", "the server answers 503", { retryAfter: 900 * DAY }));

    expect(await looksOf(watched(ever), [0, 24 * 60 - 1, 24 * 60])).toEqual([0, 24 * 60]);
  });

  it("a rest that was noted while the clock was wrong is none", async () => {
    const notes = new Map([["feed ED", JSON.stringify({ rest: later(NOON, 3 * DAY), reason: "" })]]);

    expect(await looksOf(watched(unchanged, notes), [0])).toEqual([0]);
  });
});
