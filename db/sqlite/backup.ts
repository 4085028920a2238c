import Client from "better-sqlite3";
import { wholeOrNot } from "./draft.ts";
import { storeFailure } from "./failure.ts";
import { demandSound, demandSoundFile } from "./soundness.ts";

/** Pages copied between two turns of the event loop: 3 ms at most. */
const PAGES = 100;

/**
 * Copies a database to `target`, whole or not at all, and never over a file that is there. A damaged one is not copied:
 * it would be kept in the place of a sound one; and the copy is looked at before it has its name. It reads one
 * snapshot through a connection of its own: without one, SQLite begins a copy anew whenever another process has
 * written (72 times in a copy of 26 MB beside one busy writer).
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
