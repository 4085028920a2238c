import { systemClock } from "#adapters/cron/system-clock.ts";
import { httpFeed } from "#adapters/feed/feed.ts";
import { proxyHere, secretOfFeed } from "#src/config.ts";
import { readingRoom } from "#src/roster/reading/reading-room.ts";
import { readRoster, type ReadRoster } from "#src/roster/reading/read-roster.ts";
import { NO_FILES, readAs } from "#src/roster/reading/files-in-force.ts";
import type { RosterSource } from "#src/roster/reading/source.ts";
import type { Nudge, PlannedNudge } from "#src/domain/nudge.ts";
import { peopleChange, peopleKept, type PeopleChange, type PeopleKept } from "#src/domain/people-change.ts";
import { personId, type Person, type Role } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import type { RosterDoubt, RosterReport } from "#src/domain/roster-report.ts";
import { zoneOf, type Instant } from "#src/domain/time.ts";
import { AttuneError } from "#src/errors.ts";
import type { RosterChange, RosterEffects, Store } from "#src/ports/store.ts";
import { doubtOf, missingFrom, missingShifts } from "#src/roster/change/doubt.ts";
import { rosterChange, updateOf } from "#src/roster/change/merge.ts";
import { provenanceInNotes, provenanceAfter } from "#src/roster/change/provenance.ts";
import type { RosterProblem } from "#src/roster/text/problem.ts";
import { feedRequest } from "#src/roster/watch/feed-request.ts";
import { rosterReport } from "#src/roster/watch/roster-watch.ts";
import { notedPeople } from "#src/runtime/current-people.ts";
import { plannedRoster, type PlannedRoster } from "#src/schedule/plan.ts";
import { outlookOf } from "#src/domain/outlook.ts";
import { wishesOf } from "#src/domain/wishes.ts";
import { openCheckIns } from "#src/schedule/planning.ts";
import { openAsks, openEffects } from "#src/schedule/open-asks.ts";

/** What the rosters, as they are published now, would change in what is stored. */
export interface WouldChange {
  readonly before: PlannedRoster;
  /** Of the roster that is stored: of another one, none of this is true any more. */
  readonly version: number;
  readonly after: PlannedRoster;
  readonly change: RosterChange;
  /** What people.csv changes of what a running Attune has; undefined where none has written down what it has. */
  readonly people: { readonly change: PeopleChange; readonly before: PeopleKept } | undefined;
  readonly messages: PlanDiff;
  readonly open: readonly Nudge[];
  readonly effects: RosterEffects;
  readonly report: RosterReport;
  /** What a running Attune does not follow by itself; the change is what a human's confirmation makes. */
  readonly doubts: readonly RosterDoubt[];
  /** Keeps which roster said what, for what the next one takes back. */
  remember(): Promise<void>;
}

/** Compares what was read with what is stored, without touching it. */
export async function wouldChange(
  program: Program,
  store: Store,
  read: ReadRoster,
  now: Instant,
): Promise<WouldChange> {
  const { roster: version } = await store.versions();
  const stored = await store.roster();
  const kept = provenanceInNotes(store);
  const provenance = await kept.read();
  const found = rosterChange(stored, read.entries, read.windows, now, {
    provenance,
    bySource: read.bySource,
  });
  const doubts = [missingFrom(program.people, stored, now), doubtOf(stored, found, read, now)].filter(
    (one) => one !== undefined,
  );
  const change = { ...found, removed: [...found.removed, ...missingShifts(program.people, stored, now)] };
  const wishes = wishesOf(await store.standings());
  const zone = zoneOf(program.timeZone);
  const checkIns = await openCheckIns(store, zone, now);
  const input = { program, zone, roster: stored, wishes, checkIns };
  const noted = await notedPeople(store);
  const before = plannedRoster(outlookOf({ ...input, program: programBefore(program, noted?.people) }));
  const after = plannedRoster(updateOf(outlookOf(input), change).after);
  const standing = await openAsks(store, program, now);
  return {
    before,
    version,
    after,
    change,
    people: noted && { change: peopleChange(noted.people, peopleKept(program.people)), before: noted.people },
    messages: planDiff(before.plan(), after.plan(), now),
    open: standing.open,
    effects: openEffects(standing, before, after),
    report: rosterReport(after.outlook, read, now),
    doubts,
    remember: () => kept.write(provenanceAfter(provenance, read.bySource, stored, now)),
  };
}

/** The program with the people whom a running Attune has: who joins is not in it yet, who leaves still is. */
function programBefore(program: Program, kept: PeopleKept | undefined): Program {
  if (kept === undefined) return program;
  const now = new Map(program.people.map((person) => [person.id as string, person]));
  const people = Object.entries(kept).map(([id, { roles, rotations }]): Person => {
    const gone = { id: personId(id), name: id, locale: program.locale, accounts: {} };
    const { rotations: theirs, ...is } = now.get(id) ?? { ...gone, rotations: [] };
    const before = rotations ?? theirs ?? [];
    return {
      ...is,
      ...(before.length > 0 && { rotations: before }),
      roles: roles.split("+") as [Role, ...Role[]],
    };
  });
  return { ...program, people };
}

/** What another roster makes of what is planned. */
export interface PlanDiff {
  readonly added: readonly PlannedNudge[];
  readonly moved: readonly { readonly from: PlannedNudge; readonly to: PlannedNudge }[];
  readonly withdrawn: readonly PlannedNudge[];
}

/** Compares two plans, by kind, person and subject; what has expired at `now` is history. */
function planDiff(before: readonly PlannedNudge[], after: readonly PlannedNudge[], now: Instant): PlanDiff {
  const left = new Map(before.map((nudge) => [keyOf(nudge), nudge]));
  const added: PlannedNudge[] = [];
  const moved: { from: PlannedNudge; to: PlannedNudge }[] = [];
  for (const to of after) {
    const from = left.get(keyOf(to));
    left.delete(keyOf(to));
    if (to.expiresAt <= now) continue;
    if (from === undefined) added.push(to);
    else if (from.dueAt !== to.dueAt) moved.push({ from, to });
  }
  return { added, moved, withdrawn: [...left.values()].filter((nudge) => nudge.expiresAt > now) };
}

const keyOf = ({ kind, person, subject }: PlannedNudge): string => `${kind} ${person} ${subject}`;

/** A file in the place of a source, and what its owner calls it. */
export interface Instead {
  readonly source: RosterSource;
  readonly path: string;
  readonly called: string;
}

/** All rosters of a program as they are published now; one of them may be read from another file, by its own name. */
export async function readPublished(
  program: Program,
  published: readonly RosterSource[],
  instead?: Instead,
  inFull?: true,
  files = NO_FILES,
): Promise<ReadRoster> {
  const feeds = new Map<string, readonly Uint8Array[] | RosterProblem>();
  const sources = published.map((source) => {
    if (source.name === instead?.source.name)
      return { ...source, name: instead.called, path: instead.path, insteadOf: source.name };
    const read = readAs(source, files, () => undefined);
    if (read.pages !== undefined) feeds.set(read.source.name, read.pages);
    return read.source;
  });
  for (const source of sources)
    if (source.feed) feeds.set(source.name, await fetched(source, program, systemClock().now()));
  return readRoster(program, sources, readingRoom(), {
    fetched: (source) => feeds.get(source.name),
    ...(inFull && { inFull }),
  });
}

async function fetched(
  source: RosterSource,
  program: Program,
  now: Instant,
): Promise<readonly Uint8Array[] | RosterProblem> {
  const { name } = source;
  const why = { code: "not-there" } as const;
  try {
    const found = await httpFeed({ proxyOf: proxyHere }).fetch(
      feedRequest(source, program, secretOfFeed, now),
    );
    if (found.kind === "fresh") return found.pages.map(({ bytes }) => bytes);
    return { file: name, message: "the server says that nothing changed", todo: "try again", why };
  } catch (error) {
    if (!(error instanceof AttuneError)) throw error;
    return { file: name, message: error.message, todo: "mend it, or try again in a while", why };
  }
}
