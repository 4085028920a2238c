import type { Database } from "#db/store/database.ts";
import { instant, type Instant } from "#src/domain/time.ts";

const BACKUP = "backup";

/** Stores when a backup was made, so that every process on the database can tell how old the last one is. */
export const noteBackup = (notes: Database["notes"], at: Instant): Promise<void> =>
  notes.setNote(BACKUP, String(at));

/** When the last backup was made of this database, or of the one that it was restored or moved from; undefined before the first. */
export async function lastBackup(notes: Pick<Database["notes"], "note">): Promise<Instant | undefined> {
  const at = Number(await notes.note(BACKUP));
  return Number.isFinite(at) && at > 0 ? instant(at) : undefined;
}
