import { secretOfFeed } from "#src/config.ts";
import type { Program } from "#src/domain/program.ts";
import type { Instant } from "#src/domain/time.ts";
import type { Feed } from "#src/ports/feed.ts";
import type { Log } from "#src/ports/log.ts";
import type { Store } from "#src/ports/store.ts";
import { provenanceInNotes } from "#src/roster/change/provenance.ts";
import type { FilesInForce } from "#src/roster/reading/files-in-force.ts";
import type { ReadingRoom } from "#src/roster/reading/reading-task.ts";
import type { RosterSource } from "#src/roster/reading/source.ts";
import { feedRequest } from "#src/roster/watch/feed-request.ts";
import { watchFeeds } from "#src/roster/watch/feed-watch.ts";
import { sharedRosterState, watchRoster, type SharedRosterState } from "#src/roster/watch/roster-watch.ts";

/** How a program's rosters are watched. */
interface Watching {
  readonly feed: Feed;
  readonly room?: ReadingRoom;
  readonly patience?: number;
  readonly files: FilesInForce;
  /** Something was read that a beat did not wait for. */
  wake(): void;
}

/** Watches a program's rosters anew with the people whom it has then. Feeds go on as they are. */
export function rosterWatches(
  sources: readonly RosterSource[],
  program: () => Program,
  notes: Store,
  log: Log,
  { feed, room, patience, wake, files }: Watching,
): () => SharedRosterState {
  const requestOf = (source: RosterSource, now: Instant) => feedRequest(source, program(), secretOfFeed, now);
  const feeds = sources.some((source) => source.feed !== undefined)
    ? watchFeeds({ sources, feed, requestOf, log, notes, wake })
    : undefined;
  const options = {
    wake,
    provenance: provenanceInNotes(notes),
    notes,
    files,
    ...(room && { room }),
    ...(patience === undefined ? {} : { patience }),
  };
  return () => sharedRosterState(watchRoster(program(), sources, log, feeds, options), notes);
}
