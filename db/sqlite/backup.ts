import Client from "better-sqlite3";
import { wholeOrNot } from "./draft.ts";
import { storeFailure } from "./failure.ts";
import { demandSound, demandSoundFile } from "./soundness.ts";

/** How many pages are copied in one turn of the event loop: 3 ms at most. */
const PAGES = 100;

/**
 * Copies a database to `target`, completely or not at all, and never over an existing file. A damaged database is refused: its backup
 * might replace a good one. The copy is checked before it gets its name. The copy reads one snapshot on a connection of its own.
 * Without it SQLite begins again whenever another process writes (72 times for 26 MB beside one busy writer).
 */
export const backUp = (file: string, target: string, progress?: (share: number) => void): Promise<void> =>
  wholeOrNot(target, async (draft) => {
    const source = new Client(file, { readonly: true, timeout: 5_000 });
    try {
      source.exec("begin; select count(*) from sqlite_schema");
      demandSound(source, file);
      await source.backup(draft, {
        progress: ({ totalPages, remainingPages }) => {
          progress?.(1 - remainingPages / totalPages);
          return PAGES;
        },
      });
    } catch (thrown) {
      throw storeFailure(thrown);
    } finally {
      source.close();
    }
    demandSoundFile(draft, `The copy for ${target}`);
  });
