import type { RosterSource } from "#src/roster/reading/source.ts";
import type { RosterTrouble } from "#src/domain/roster-report.ts";
import { MINUTE, instant, later, type Instant } from "#src/domain/time.ts";
import { AttuneError } from "#src/errors.ts";
import type { Feed, FeedMark } from "#src/ports/feed.ts";
import type { Log } from "#src/ports/log.ts";
import type { Store } from "#src/ports/store.ts";

/** The feeds of a program, each looked at in its own time. */
export interface FeedWatch {
  /** Begins the looks that are due, and does not wait for them. */
  beat(now: Instant): Promise<void>;
  /** What a feed said when it was last read; undefined before the first time. */
  bytes(name: string): Uint8Array | undefined;
  troubles(): readonly RosterTrouble[];
  /** Resolves when no look is under way. */
  settled(): Promise<void>;
}

export interface FeedWatchDeps {
  readonly sources: readonly RosterSource[];
  readonly feed: Feed;
  readonly addressOf: (source: NonNullable<RosterSource["feed"]>["address"]) => string;
  readonly log: Log;
  /** Remembers since when a feed fails, over a restart. */
  readonly notes: Pick<Store, "note" | "setNote">;
  /** A feed says something else. */
  wake(): void;
}

interface Watched {
  readonly source: RosterSource;
  bytes?: Uint8Array;
  mark?: FeedMark;
  next: Instant;
  failures: number;
  since?: Instant;
  lastGood?: Instant;
  reason: string;
  mend?: true;
  look?: Promise<void>;
}

/** The first new try comes after this; then it doubles, up to the feed's own interval. */
const FIRST_RETRY = MINUTE;

/** Watches feeds. One that fails keeps what it said last, and is tried again with growing pauses. */
export function watchFeeds(deps: FeedWatchDeps): FeedWatch {
  const watched = deps.sources
    .filter((source) => source.feed !== undefined)
    .map((source): Watched => ({ source, next: instant(0), failures: 0, reason: "" }));
  let isRestored = false;

  const look = async (one: Watched, now: Instant): Promise<void> => {
    const { every, address } = one.source.feed!;
    try {
      const found = await deps.feed.fetch(deps.addressOf(address), one.mark);
      if (found.kind === "fresh") {
        one.bytes = found.bytes;
        one.mark = found.mark;
      }
      if (one.since !== undefined) deps.log.info({ roster: one.source.name }, "a feed is back");
      [one.failures, one.next, one.lastGood] = [0, later(now, every), now];
      delete one.since;
      delete one.mend;
      if (found.kind === "fresh") deps.wake();
    } catch (error) {
      one.failures += 1;
      delete one.mend;
      if (error instanceof AttuneError && error.code === "rejected") one.mend = true;
      one.reason = error instanceof AttuneError ? error.message : "it cannot be fetched";
      one.since ??= now;
      one.next = later(now, Math.min(every, FIRST_RETRY * 2 ** (one.failures - 1)));
      deps.log.warn({ roster: one.source.name, reason: one.reason, failures: one.failures }, "a feed fails");
    }
    await remember(deps, one);
  };

  return {
    async beat(now) {
      if (!isRestored) for (const one of watched) await restore(deps, one, now);
      isRestored = true;
      for (const one of watched) {
        // A look further ahead than the feed's own interval was meant while the clock was wrong.
        const isMeant = one.next <= later(now, one.source.feed!.every);
        if (one.look !== undefined || (now < one.next && isMeant)) continue;
        one.look = look(one, now).finally(() => delete one.look);
      }
    },
    bytes: (name) => watched.find(({ source }) => source.name === name)?.bytes,
    troubles: () =>
      watched.flatMap(({ source, since, lastGood, reason, mend }) => {
        if (since === undefined) return [];
        const good = lastGood === undefined ? {} : { lastGood };
        return [{ name: source.name, since, reason, ...good, ...(mend && { mend }) }];
      }),
    async settled() {
      for (const { look } of watched) await look;
    },
  };
}

const noteOf = (one: Watched): string => `feed ${one.source.name}`;

async function remember({ notes }: FeedWatchDeps, one: Watched): Promise<void> {
  const { since, lastGood, reason, mend } = one;
  await notes.setNote(noteOf(one), JSON.stringify({ since, lastGood, reason, mend })).catch(() => undefined);
}

/** A moment that was noted while the clock was wrong is not from the future. */
async function restore({ notes }: FeedWatchDeps, one: Watched, now: Instant): Promise<void> {
  const text = await notes.note(noteOf(one));
  if (text === undefined) return;
  const kept = JSON.parse(text) as Pick<Watched, "since" | "lastGood" | "reason" | "mend">;
  Object.assign(one, kept);
  if (one.since !== undefined) one.since = instant(Math.min(one.since, now));
  if (one.lastGood !== undefined) one.lastGood = instant(Math.min(one.lastGood, now));
}
