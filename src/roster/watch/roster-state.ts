import type { RosterState } from "#src/domain/roster-report.ts";
import type { Store } from "#src/ports/store.ts";
import type { RosterWatch } from "./roster-watch.ts";

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
