import type { Outlook } from "#src/domain/outlook.ts";
import { usualOnShift, type Person } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import type {
  FileStanding,
  LeftOut,
  RosterDoubt,
  RosterReport,
  RosterState,
  RosterTrouble,
} from "#src/domain/roster-report.ts";
import type { Roster } from "#src/domain/roster.ts";
import type { Instant } from "#src/domain/time.ts";
import type { Log } from "#src/ports/log.ts";
import type { FindRosterUpdate } from "#src/ports/roster.ts";
import type { Store } from "#src/ports/store.ts";
import { describeDoubt, doubtOf, followed, mendDoubt, missingFrom } from "../change/doubt.ts";
import { changesNothing, rosterChange, updateOf } from "../change/merge.ts";
import { provenanceInProcess, provenanceAfter, type ProvenanceStore } from "../change/provenance.ts";
import type { ReadRoster } from "../reading/read-roster.ts";
import { readingRoom } from "../reading/reading-room.ts";
import type { RosterSource } from "../reading/source.ts";
import { placeOf, shortened, type RosterProblem } from "../text/problem.ts";
import { isUnknownName, unknownNames } from "../text/people/unknown-names.ts";
import { NO_FILES, type FileInForce } from "../reading/files-in-force.ts";
import type { FeedWatch } from "./feed-watch.ts";
import { followedFiles } from "./followed-files.ts";
import { watchSources, type SourceWatchDeps } from "./source-watch.ts";

/** Looks at the rosters, at every beat. */
export interface RosterWatch {
  readonly findRosterUpdate: FindRosterUpdate;
  /** What was read last, and what cannot be read just now. */
  state(): RosterState;
}

export interface WatchOptions extends Partial<Pick<SourceWatchDeps, "room" | "patience" | "wake" | "files">> {
  /** Where it is kept which roster said what; in this process without one. */
  readonly provenance?: ProvenanceStore;
  /** Where it is kept which versions of files are followed. */
  readonly notes?: Pick<Store, "note" | "setNote">;
}

/**
 * Looks at the roster files and feeds at every beat, reads those that have changed, and tells what the stored
 * roster lacks.
 */
export function watchRoster(
  program: Program,
  sources: readonly RosterSource[],
  log: Log,
  feeds?: FeedWatch,
  {
    room = readingRoom(),
    provenance = provenanceInProcess(),
    notes = NO_NOTES,
    ...options
  }: WatchOptions = {},
): RosterWatch {
  const { look, read: lastRead, troubles } = watchSources({ program, sources, log, feeds, room, ...options });
  const { files = NO_FILES } = options;
  const versions = followedFiles(notes);
  const { doubts, tell } = doubtLog(log);
  let report: RosterReport | undefined;
  /** The stored roster that said what the files said. Any other is looked at: whoever changed it, the files count. */
  let equal: { readonly roster: Roster; readonly fingerprint: string } | undefined;

  return {
    state: () => ({
      troubles: [...troubles(), ...doubts()],
      ...(files.all().length === 0 ? {} : { files: files.all().map(standingOf) }),
      ...(feeds === undefined ? {} : { fetched: feeds.fetched() }),
      ...(report === undefined ? {} : { report }),
    }),
    async findRosterUpdate(before, now) {
      await feeds?.beat(now);
      await look(now);
      const stored = before.input.roster;
      const read = lastRead();
      if (read === undefined) return undefined;
      const inForce = files.all();
      const turn = inForce.length === 0 ? undefined : await versions.begin(inForce);
      const first = turn?.first(stored, now);
      if (first !== undefined) return updateOf(before, first);
      const isDecided = turn?.isDecided === true;
      const isEqual = !isDecided && equal?.roster === stored && equal.fingerprint === read.fingerprint;
      // A doubt ends by itself once the shifts that it is about are past.
      if (isEqual && doubts().length === 0) return undefined;
      const saidBefore = await provenance.read();
      const all = rosterChange(stored, read.entries, read.windows, now, {
        provenance: saidBefore,
        bySource: read.bySource,
      });
      await provenance.write(provenanceAfter(saidBefore, read.bySource, stored, now));
      const doubt = isDecided ? undefined : doubtOf(stored, all, read, now);
      const change = followed(stored, all, doubt, now);
      tell([missingFrom(program.people, stored, now), doubt], now);
      const update = changesNothing(change, stored) ? undefined : updateOf(before, change);
      await (update === undefined ? turn?.done() : turn?.change(change, stored));
      const after = update?.after ?? before;
      report = rosterReport(after, read, now);
      // Should it not be kept, the stored roster is another one, and looked at anew.
      equal = { roster: after.input.roster, fingerprint: read.fingerprint };
      return update;
    },
  };
}

/** Nothing is remembered where nobody puts versions in force. */
const NO_NOTES: NonNullable<WatchOptions["notes"]> = {
  note: async () => undefined,
  setNote: async () => undefined,
};

/** A version in force, as coordinators are told of it. */
const standingOf = ({ id, part, place = 1, about, at, by, why }: FileInForce): FileStanding => ({
  id,
  part,
  replaces: place > 1,
  name: about.name,
  at,
  why,
  ...(by === undefined ? {} : { by }),
});

/** What is in doubt, told once: the log has a line when a doubt begins or becomes another one. */
function doubtLog(log: Log) {
  let doubts: readonly RosterTrouble[] = [];
  return {
    doubts: () => doubts,
    tell(found: readonly (RosterDoubt | undefined)[], now: Instant): void {
      doubts = found.flatMap((doubt): readonly RosterTrouble[] => {
        if (doubt === undefined) return [];
        const name = doubt.why === "people" ? "people.csv" : "roster";
        const reason = `${describeDoubt(doubt)}; ${mendDoubt(doubt)}`;
        const before = doubts.find((one) => one.doubt?.why === doubt.why);
        if (String(before?.doubt?.people) !== String(doubt.people))
          log.warn({ doubt: reason }, "the roster is in doubt");
        return [{ name, since: before?.since ?? now, reason, mend: true, doubt }];
      });
    },
  };
}

/** How the rosters stand, whichever process reads them. */
export interface SharedRosterState extends RosterWatch {
  /** Takes up what the process wrote down that reads them. */
  readElsewhere(): Promise<void>;
}

const KEY = "roster state";

/** Whoever reads the rosters writes down how they stand; the others show that. */
export function sharedRosterState(
  watch: RosterWatch,
  notes: Pick<Store, "note" | "setNote">,
): SharedRosterState {
  let written: string | undefined;
  let elsewhere: RosterState | undefined;
  return {
    async findRosterUpdate(before, now) {
      elsewhere = undefined;
      const update = await watch.findRosterUpdate(before, now);
      const text = JSON.stringify(watch.state());
      if (text !== written) await notes.setNote(KEY, text);
      written = text;
      return update;
    },
    async readElsewhere() {
      written = undefined;
      elsewhere = (await storedRosterState(notes)) ?? elsewhere;
    },
    state: () => elsewhere ?? watch.state(),
  };
}

/** How the rosters stood when a running Attune last read them; undefined when none has. */
export async function storedRosterState(notes: Pick<Store, "note">): Promise<RosterState | undefined> {
  const text = await notes.note(KEY);
  return text === undefined ? undefined : (JSON.parse(text) as RosterState);
}

/** What a chief resident wants to know after an import: who is in it, who is not, and who would work alone. */
export function rosterReport(
  { input: { program }, everybody }: Outlook,
  read: Pick<ReadRoster, "entries" | "notUnderstood" | "accounts">,
  now: Instant,
): RosterReport {
  const onDuty = program.people.filter((person) => usualOnShift(person) !== undefined);
  const isComing = (shift: { readonly end: Instant }) => shift.end > now;
  return {
    at: now,
    ...readingOf(read, program.people),
    accounts: read.accounts.map(({ name, counts }) => ({ name, ...counts })),
    matched: onDuty.filter(({ id }) => everybody.dutyOf(id).length > 0).length,
    people: onDuty.length,
    withoutShifts: onDuty.filter(({ id }) => !everybody.dutyOf(id).some(isComing)).map(({ id }) => id),
    withoutAttending: onDuty
      .flatMap(({ id }) => everybody.shiftsOf(id))
      .filter(
        (shift) => shift.role === "resident" && isComing(shift) && everybody.overlapsOf(shift).length === 0,
      )
      .toSorted((a, b) => a.start - b.start),
  };
}

/** What was read, and what was left out: a name that nobody knows once, with all that hangs on it. */
function readingOf(
  { entries, notUnderstood }: Pick<ReadRoster, "entries" | "notUnderstood">,
  people: readonly Person[],
): Pick<RosterReport, "shifts" | "copies" | "leftOut"> {
  const duties = entries.filter((entry) => entry.kind === "duty");
  const shifts = new Set(duties.map((one) => `${one.person} ${one.start} ${one.end}`)).size;
  const isWhole = notUnderstood.length === 0;
  return {
    shifts,
    copies: duties.length - shifts,
    leftOut: isWhole ? [] : allLeftOut(notUnderstood, people),
  };
}

function allLeftOut(notUnderstood: readonly RosterProblem[], people: readonly Person[]): readonly LeftOut[] {
  const unknown = unknownNames(notUnderstood, people).map((name): LeftOut => ({
    ...leftOut(name.first),
    ...(name.shifts > 1 && { shifts: name.shifts }),
    ...(name.nearest.length > 0 && { nearest: name.nearest.map(({ id }) => id) }),
  }));
  return [...unknown, ...notUnderstood.filter((one) => !isUnknownName(one)).map(leftOut)];
}

const leftOut = ({ field, message, why, ...where }: RosterProblem): LeftOut => ({
  place: placeOf(where),
  reason: field === undefined ? message : `${field}: ${message}`,
  why: why.text === undefined ? why : { ...why, text: shortened(why.text) },
});
