import type { RosterState, RosterReport } from "#src/domain/roster-report.ts";
import type { Store } from "#src/ports/store.ts";
import type { FindRosterUpdate } from "#src/ports/roster.ts";
import type { Outlook } from "#src/domain/outlook.ts";
import type { Instant } from "#src/domain/time.ts";
import type { ReadRoster } from "../reading/read-roster.ts";
import { shortened } from "../text/problem.ts";

/** Looks at the rosters, at every beat. */
export interface RosterWatch {
  readonly change: FindRosterUpdate;
  /** What was read last, and what cannot be read just now. */
  state(): RosterState;
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
    async change(before, now) {
      elsewhere = undefined;
      const change = await watch.change(before, now);
      const text = JSON.stringify(watch.state());
      if (text !== written) await notes.setNote(KEY, text);
      written = text;
      return change;
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
  const onDuty = program.people.filter((person) => person.role !== "coordinator");
  const isComing = (shift: { readonly end: Instant }) => shift.end > now;
  return {
    at: now,
    ...readingOf(read),
    accounts: read.accounts.map(({ name, counts }) => ({ name, ...counts })),
    matched: onDuty.filter(({ id }) => everybody.dutyOf(id).length > 0).length,
    people: onDuty.length,
    withoutShifts: onDuty.filter(({ id }) => !everybody.dutyOf(id).some(isComing)).map(({ id }) => id),
    withoutAttending: onDuty
      .filter((person) => person.role === "resident")
      .flatMap(({ id }) => everybody.shiftsOf(id))
      .filter((shift) => isComing(shift) && everybody.overlapsOf(shift).length === 0)
      .toSorted((a, b) => a.start - b.start),
  };
}

/** What was read, and what was left out. */
function readingOf({
  entries,
  notUnderstood,
}: Pick<ReadRoster, "entries" | "notUnderstood">): Pick<RosterReport, "shifts" | "copies" | "leftOut"> {
  const duties = entries.filter((entry) => entry.kind === "duty");
  const shifts = new Set(duties.map((one) => `${one.person} ${one.start} ${one.end}`)).size;
  return {
    shifts,
    copies: duties.length - shifts,
    leftOut: notUnderstood.map(({ file, line, field, message, why }) => ({
      place: line === undefined ? file : `${file}:${line}`,
      reason: field === undefined ? message : `${field}: ${message}`,
      why: why.text === undefined ? why : { ...why, text: shortened(why.text) },
    })),
  };
}
