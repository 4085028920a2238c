import { aPath } from "./arguments.ts";
import type { MigrateOptions } from "./migrate.ts";
import { explained, type Add } from "./usage-text.ts";

export const addBackup: Add = (attune, settings, output) => {
  explained(attune, "backup", "Write a consistent copy of the database, also while Attune runs.", {
    more:
      "A SQLite file, whichever database Attune runs on; attune restore makes a database of it.\n" +
      "The copy opens with the same key file only: keep that one too, and keep it apart from the copies.",
    examples: ['backup "/backups/attune-$(date +%F).db"'],
  })
    .argument("<file>", "where the copy goes; nothing may be there yet", aPath)
    .action(async (file: string) => (await import("./backup.ts")).backUp(settings(), file, output));
};

export const addRestore: Add = (attune, settings, output) => {
  explained(attune, "restore", "Make the database of a backup, in the place that ATTUNE_DB names.", {
    more:
      "A SQLite file that is not there yet, or an empty PostgreSQL database: a backup serves for both, and nothing is\n" +
      "written over. The key file of ATTUNE_KEY_FILE must be the one that the backup was made with. Stop Attune first.",
    examples: [
      "restore /backups/attune-2026-12-01.db",
      "restore /backups/attune-2026-12-01.db   # with ATTUNE_DB=postgres://…: into that database",
    ],
  })
    .argument("<file>", "a file that attune backup has written", aPath)
    .action(async (file: string) => (await import("./restore.ts")).restore(settings(), file, output));
};

export const addRekey: Add = (attune, settings, output) => {
  explained(attune, "rekey", "Give the database a new master key, and keep the old one beside it.", {
    more:
      "Wraps everybody's keys anew, and all else that the master key seals. Stop Attune first. All or nothing: after an\n" +
      "interruption the database has the old key or the new one, and the next start finds which. Backups from before\n" +
      "open with the old key only.",
    examples: ["rekey"],
  }).action(async () => (await import("./rekey.ts")).rekey(settings(), output));
};

export const addMigrate: Add = (attune, settings, output) => {
  explained(attune, "migrate", "Move everything from one database to another, and compare both sides.", {
    more:
      "From SQLite to PostgreSQL, and back. Stop Attune first. The new database must be empty, or a file that is not\n" +
      "there yet; the old one stays as it is. Both open with the same key (ATTUNE_KEY_FILE). All or nothing: after an\n" +
      "interruption, run it again. ATTUNE_DB is not looked at.",
    examples: [
      'migrate --from ./data/attune.db --to "postgres://attune:$PASSWORD@db.example/attune"',
      'migrate --from "postgres://attune:$PASSWORD@db.example/attune" --to ./data/attune.db',
    ],
  })
    .requiredOption("--from <database>", "a SQLite file or postgres://…")
    .requiredOption("--to <database>", "an empty database: a file that is not there yet, or postgres://…")
    .action(async (options: MigrateOptions) => {
      settings(options.to);
      const { keyFile } = settings(options.from);
      await (await import("./migrate.ts")).migrateDatabase(options, keyFile, output);
    });
};
