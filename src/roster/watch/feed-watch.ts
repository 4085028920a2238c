import type { RosterSource } from "#src/roster/reading/source.ts";
import type { RosterTrouble } from "#src/domain/roster-report.ts";
import { instant, later, type Instant } from "#src/domain/time.ts";
import { AttuneError } from "#src/errors.ts";
import type { Feed, FeedPage, FeedRequest } from "#src/ports/feed.ts";
import type { Log } from "#src/ports/log.ts";
import type { Store } from "#src/ports/store.ts";
import { LONGEST_REST, nextPause, publishedPause, restOf, usualPause } from "./feed-pace.ts";

/** The feeds of a program, each looked at in its own time. */
export interface FeedWatch {
  /** Begins the looks that are due, and does not wait for them. */
  beat(now: Instant): Promise<void>;
  /** The pages of a feed as they were last fetched, the same list until they change; undefined before the first time. */
  pages(name: string): readonly Uint8Array[] | undefined;
  troubles(): readonly RosterTrouble[];
  /** When each feed was last fetched, of those that ever were. */
  fetched(): readonly Instant[];
  /** Resolves when no look is under way. */
  settled(): Promise<void>;
}

export interface FeedWatchDeps {
  readonly sources: readonly RosterSource[];
  readonly feed: Feed;
  /** What to fetch at a moment. @throws AttuneError `rejected` */
  readonly requestOf: (source: RosterSource, now: Instant) => FeedRequest;
  readonly log: Log;
  /** Remembers since when a feed fails, and how long it is to be left alone, over a restart. */
  readonly notes: Pick<Store, "note" | "setNote">;
  /** A feed says something else. */
  wake(): void;
}

interface Watched {
  readonly source: RosterSource;
  /** As they were fetched, and what they say. */
  fetched?: readonly FeedPage[];
  pages?: readonly Uint8Array[];
  next: Instant;
  /** Milliseconds that `next` was away when it was set. */
  pause: number;
  failures: number;
  since?: Instant;
  lastGood?: Instant;
  /** Until then its server wants no further look, from a process that has just started neither. */
  rest?: Instant;
  reason: string;
  mend?: true;
  look?: Promise<void>;
}

/** Watches feeds. One that fails keeps what it said last, and is tried again with growing pauses. */
export function watchFeeds(deps: FeedWatchDeps): FeedWatch {
  const watched = deps.sources
    .filter((source) => source.feed !== undefined)
    .map((source): Watched => ({ source, next: instant(0), pause: 0, failures: 0, reason: "" }));
  let isRestored = false;

  const look = async (one: Watched, now: Instant): Promise<void> => {
    const { format, feed } = one.source;
    const found = await lookOnce(deps, one, now);
    const usual = usualPause(feed?.every, publishedPause(one.pages ?? []));
    const rest = restOf(format, found.request, found.asked);
    one.pause = nextPause(one.failures, usual, rest);
    one.next = later(now, one.pause);
    one.rest = later(now, rest);
    await remember(deps, one);
    if (found.isFresh) deps.wake();
  };

  return {
    async beat(now) {
      if (!isRestored) for (const one of watched) await restore(deps, one, now);
      isRestored = true;
      for (const one of watched) {
        // A look further ahead than it was set was meant while the clock was wrong.
        const isMeant = one.next <= later(now, one.pause);
        if (one.look !== undefined || (now < one.next && isMeant)) continue;
        one.look = look(one, now).finally(() => delete one.look);
      }
    },
    pages: (name) => watched.find(({ source }) => source.name === name)?.pages,
    troubles: () =>
      watched.flatMap(({ source, since, lastGood, reason, mend }) => {
        if (since === undefined) return [];
        const good = lastGood === undefined ? {} : { lastGood };
        return [{ name: source.name, of: "feed" as const, since, reason, ...good, ...(mend && { mend }) }];
      }),
    fetched: () => watched.flatMap(({ lastGood }) => lastGood ?? []),
    async settled() {
      for (const { look } of watched) await look;
    },
  };
}

/** What came of one look, for when the next one may be. */
interface LookedOnce {
  readonly isFresh: boolean;
  readonly request?: FeedRequest;
  /** Milliseconds that the server asks to be left alone for. */
  readonly asked?: number;
}

async function lookOnce(deps: FeedWatchDeps, one: Watched, now: Instant): Promise<LookedOnce> {
  const { name } = one.source;
  let request: FeedRequest | undefined;
  try {
    request = deps.requestOf(one.source, now);
    const found = await deps.feed.fetch(request, one.fetched);
    const isFresh = found.kind === "fresh";
    if (isFresh) [one.fetched, one.pages] = [found.pages, found.pages.map(({ bytes }) => bytes)];
    if (one.since !== undefined) deps.log.info({ roster: name }, "a feed is back");
    [one.failures, one.lastGood] = [0, now];
    delete one.since;
    delete one.mend;
    return { isFresh, request };
  } catch (error) {
    const known = error instanceof AttuneError ? error : undefined;
    one.failures += 1;
    if (known?.code === "rejected") one.mend = true;
    else delete one.mend;
    one.reason = known?.message ?? "it cannot be fetched";
    one.since ??= now;
    deps.log.warn({ roster: name, reason: one.reason, failures: one.failures }, "a feed fails");
    const asked = known?.retryAfter;
    return { isFresh: false, ...(request && { request }), ...(asked === undefined ? {} : { asked }) };
  }
}

const noteOf = (one: Watched): string => `feed ${one.source.name}`;

async function remember({ notes }: FeedWatchDeps, one: Watched): Promise<void> {
  const { since, lastGood, reason, mend, rest } = one;
  const kept = JSON.stringify({ since, lastGood, reason, mend, rest });
  await notes.setNote(noteOf(one), kept).catch(() => undefined);
}

/** A moment that was noted while the clock was wrong is not from the future. */
async function restore({ notes }: FeedWatchDeps, one: Watched, now: Instant): Promise<void> {
  const text = await notes.note(noteOf(one));
  if (text === undefined) return;
  const kept = JSON.parse(text) as Pick<Watched, "since" | "lastGood" | "reason" | "mend" | "rest">;
  Object.assign(one, kept);
  if (one.since !== undefined) one.since = instant(Math.min(one.since, now));
  if (one.lastGood !== undefined) one.lastGood = instant(Math.min(one.lastGood, now));
  const rest = (one.rest ?? now) - now;
  if (rest > 0 && rest <= LONGEST_REST) [one.next, one.pause] = [later(now, rest), rest];
}
