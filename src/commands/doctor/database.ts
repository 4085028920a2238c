import { accessSync, constants, existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { loadMasterKey } from "#db/keys/key-file.ts";
import type { AuditTrouble } from "#db/store/audit-anchor.ts";
import { checkPrograms } from "#src/config/load-programs.ts";
import { AttuneError } from "#src/errors.ts";
import { isDatabaseThere, openToLook, soundnessOf } from "#src/composition/open-database.ts";
import { PLATFORMS } from "#src/composition/platforms.ts";
import type { Settings } from "#src/config.ts";
import { shownDatabase } from "#src/config/database-place.ts";
import type { Check, Finding } from "./check.ts";

/** Looks at the database as a whole, whether it opens with its key, and can be written to. Changes nothing in it. */
export const databaseCheck: Check = async (settings) => {
  const { database, keyFile } = settings;
  if (!isDatabaseThere(database)) return [futureDatabase(database)];
  if (!hasKey(keyFile))
    return [say("warn", `${shownDatabase(database)} cannot be looked into before its key is right`)];
  try {
    return [await lookedInto(settings)];
  } catch (error) {
    if (!(error instanceof AttuneError)) throw error;
    const place = shownDatabase(database);
    return [say("fix", error.message, TODO.find(([sign]) => sign.test(error.message))?.[1](place))];
  }
};

/** What to do about what a server says, where its line does not say so by itself. */
const TODO: readonly (readonly [sign: RegExp, todo: (place: string) => string])[] = [
  [
    /cannot be reached|connection .*lost|stopping or starting|took too long/u,
    (place) =>
      `bring the server of ${place} back, or mend the address in ATTUNE_DB; a running Attune goes on by itself`,
  ],
  [
    /refused the name or the password/u,
    () => "mend them in ATTUNE_DB, with special characters percent-encoded",
  ],
  [/no such database/u, (place) => `make ${place} on the server, or mend its name in ATTUNE_DB`],
  [/disk is full/u, () => "make room there; nothing that was acknowledged is lost"],
];

const say = (level: Finding["level"], what: string, todo?: string): Finding => ({
  level,
  about: "database",
  what,
  ...(todo === undefined ? {} : { todo }),
});

async function lookedInto(settings: Settings): Promise<Finding> {
  const database = shownDatabase(settings.database);
  const { looked, isOlder } = await soundnessOf(settings.database);
  if (isOlder) return say("ok", `${database}: ${looked}. The next start brings it to this version's schema`);
  await using db = await openToLook(settings);
  const troubles: string[] = [];
  for (const { program } of checkPrograms(settings.programFiles, PLATFORMS).programs) {
    const trouble = program && (await db.store(program.id).auditTrouble());
    if (program === undefined || trouble === undefined) continue;
    const whose = settings.programFiles.length === 1 ? "its audit log" : `the audit log of ${program.id}`;
    troubles.push(`${whose} ${AUDIT[trouble]}`);
  }
  return troubles.length === 0
    ? say("ok", `${database} opens, reads, writes, and has this version's schema; ${looked}`)
    : say("fix", `${database}: ${troubles.join("; ")}`, "find out who did, and restore a backup");
}

/** What somebody did to an audit log, who had the database and not Attune. */
const AUDIT: Readonly<Record<AuditTrouble, string>> = {
  missing: "is missing: all of it was taken out by hand, or what says how long it was",
  cut: "was cut: entries were taken out by hand",
  rewritten: "was rewritten: entries were changed by hand",
};

function futureDatabase(database: string): Finding {
  let folder = dirname(resolve(database));
  while (!existsSync(folder)) folder = dirname(folder);
  return isWritable(folder)
    ? say("ok", `none yet: the first start makes ${database}`)
    : say("fix", `${folder} cannot be written to`, "let Attune's user write there, or set ATTUNE_DB");
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** What is wrong with the key has a line of its own. */
function hasKey(file: string): boolean {
  try {
    return loadMasterKey(file) !== undefined;
  } catch (error) {
    if (error instanceof AttuneError) return false;
    throw error;
  }
}
