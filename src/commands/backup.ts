import { existsSync } from "node:fs";
import type { Settings } from "#src/config.ts";
import { AttuneError } from "#src/errors.ts";
import { noteBackup } from "#src/runtime/last-backup.ts";
import { openExistingDatabase } from "#src/composition/open-database.ts";
import { sayKind } from "./kind-line.ts";
import type { Output } from "./output.ts";

/** Copies the database of the settings to a file. */
export async function backUp(settings: Settings, file: string, output: Output): Promise<void> {
  if (existsSync(file)) throw new AttuneError("config", `${file} is there already: name another file.`);
  await using db = await openExistingDatabase(settings);
  // As old as what is in it: what is kept from now on may be missing.
  const begun = await db.now();
  await sayKind(db, settings.database, output);
  await db.backup(file, (share) => output.progress(`copying … ${Math.floor(share * 100)} %`));
  output.line(
    `${file} is written. It opens with the key in ${settings.keyFile} only: keep that apart from it.`,
  );
  await noteBackup(db.notes, begun).catch(() =>
    output.line("The database cannot note that, as a standby cannot: /metrics do not count this backup."),
  );
}
