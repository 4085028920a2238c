import { createInterface } from "node:readline/promises";
import { isOnServer } from "#src/config/database-place.ts";
import { personId } from "#src/domain/person.ts";
import { shownText } from "#src/domain/text.ts";
import { AttuneError } from "#src/errors.ts";
import type { PersonRecord } from "#src/ports/store.ts";
import type { Output } from "./output.ts";
import { elsewhereLines } from "./elsewhere-text.ts";
import { isOnRecord, unknownPerson } from "./known-person.ts";
import { withStoredProgram, type OneProgram, type StoredProgram } from "./stored-program.ts";

export interface EraseOptions {
  readonly person: string;
  /** Erase without asking. */
  readonly yes?: boolean;
}

/** Erases one person, after the user has confirmed it at the terminal. */
export const erasePerson = (
  settings: OneProgram,
  { person, yes }: EraseOptions,
  output: Output,
): Promise<void> =>
  withStoredProgram(settings, output, async (stored) => {
    await erased(stored, person, yes === true, output);
    if (isOnServer(settings.database)) output.line(SERVER);
    for (const line of elsewhereLines(settings, person, "erase")) output.line(line);
  });

/** The rows are gone from small tables' files; the rest is the server's to forget. */
const SERVER =
  "So may PostgreSQL's own log (pg_wal, until it is recycled), its archive, standbys and dumps: they forget it as your server is set up to. What was in a table over 8 MB may lie in free space of its files until that is used again: answers are noise without their key, accounts are not without the master key.";

const IN_USE =
  "Somebody has been reading the database since before: its files hold what was erased until a running Attune clears them, within minutes of their end, or until you run this once more.";

async function erased({ program, store, now }: StoredProgram, id: string, isSure: boolean, output: Output) {
  const person = personId(id);
  const record = await store.export(person);
  if (!program.people.some((one) => one.id === id) && !isOnRecord(record)) throw unknownPerson(program, id);
  if (!isSure && !(await confirmed(id, record)))
    throw new AttuneError("config", `Nothing was erased: the answer was not ${id}.`);
  await store.erase(person, now, "command-line");
  output.line(
    `Erased of ${id}: ${held(record)}, and the key to their words. Attune asks ${id} nothing any more.`,
  );
  // It is erased: why the files could not be cleared of it is told by whoever clears them.
  if (!(await store.finishErasing().catch(() => false))) output.line(IN_USE);
  output.line(
    "Their duty shifts are the roster's and stay. Messages in their chat stay; a running Attune edits what others' messages show of them.",
  );
  output.line(
    `Totals over ${program.policy.aggregate.residents} residents or more that coordinators have already seen stay as they are.`,
  );
  output.line(
    "Backups and exports made before now still hold all of it: destroy them, or erase again after a restore.",
  );
}

async function confirmed(id: string, record: PersonRecord): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const question = shownText(`This destroys ${held(record)} of ${id} for good. Type ${id} to go on: `);
    // A terminal that is closed instead of answered resolves to nothing at all.
    const closed = new Promise<string>((resolve) => lines.once("close", () => resolve("")));
    return (await Promise.race([lines.question(question), closed])).trim() === id;
  } finally {
    lines.close();
  }
}

const held = ({ replies, nudges, identities }: PersonRecord): string =>
  [
    counted(replies.length, "answer"),
    counted(nudges.length, "planned or sent message"),
    counted(identities.length, "account"),
  ].join(", ");

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
