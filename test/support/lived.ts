import { fileURLToPath } from "node:url";
import { loadMasterKey } from "#db/keys/key-file.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { exportFrom } from "#src/commands/export.ts";
import { momentsOf, readProgram } from "#src/commands/plan.ts";
import { withStoredProgram } from "#src/commands/stored-program.ts";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { readSettings } from "#src/config.ts";
import { rosterPart } from "#src/domain/files.ts";
import type { NewFile } from "#src/ports/files.ts";
import { personId } from "#src/domain/person.ts";
import { instant } from "#src/domain/time.ts";
import { simulate } from "#src/simulation/simulate.ts";
import { seeded } from "#src/simulation/random.ts";
import { SILENT } from "./attune.ts";

/** More than a week, so that there are check-ins and digests, too. */
export const DAYS_LIVED = { usual: 9, long: 28 } as const;
const DEMO = fileURLToPath(new URL("../../program/program.yaml", import.meta.url));

/** Fills a new database with so many days of the demo program, everybody answering by chance, and so many lines of its chat. */
export async function livedDemo(
  file: string,
  keyFile: string,
  { seed, days, lines = 1 }: { readonly seed: number; readonly days: number; readonly lines?: number },
): Promise<void> {
  const keys = loadMasterKey(keyFile, { create: true });
  const { program, zone, roster } = await readProgram(DEMO);
  const from = program.rotations[0]!.from;
  const to = new Date(Date.parse(from) + (days - 1) * 86_400_000).toISOString().slice(0, 10);
  const random = seeded(seed);
  await simulate({
    program,
    roster,
    ...momentsOf(zone, { from, to }),
    script: [],
    random,
    log: SILENT,
    emit() {},
    db: openSqlite({ file, keys }),
  });
  await using db = openSqlite({ file, keys });
  const person = personId(program.people[0]!.id);
  const said = {
    person,
    from: "person",
    at: instant(Date.parse(from)),
    text: "すり合わせ 'then' \\ …",
  } as const;
  for (let line = 1; line <= lines; line += 1)
    await db.chat(program.id).append(said, `said-${line}` as never);
  await db.store(program.id).audit("test", "lived", person, instant(Date.parse(to)));
  await db.store(program.id).keepFile(FILE, 0);
  const agreed = {
    person,
    now: instant(Date.parse(to)),
    version: "a study",
    takesPart: true,
    withTrust: true,
  };
  await db.store(program.id).recordResearch({ event: "agreed", ...agreed });
}

/** A roster that a coordinator has given, in a part that the demo does not have: nothing follows from it. */
const FILE: NewFile = {
  part: rosterPart("given.csv"),
  at: instant(0),
  by: personId("c1"),
  why: "upload",
  about: { name: "三月.csv", fingerprint: "of all bytes", reading: { aliases: { "Surge T": "r1" } } },
  bytes: Uint8Array.from({ length: 256 }, (_, byte) => byte),
};

/**
 * Everything that an operator can export of the demo from a database: the program as JSON and as CSV, and everybody as
 * JSON. A person's CSV is made of the same tables.
 */
export async function everyExport(
  database: string,
  keyFile: string,
): Promise<Readonly<Record<string, string>>> {
  const settings = readSettings(
    { ATTUNE_DB: database, ATTUNE_KEY_FILE: keyFile, ATTUNE_PROGRAM: DEMO },
    PLATFORMS,
  );
  const texts: Record<string, string> = {};
  let exported = "";
  const output = { line() {}, note() {}, progress() {}, text: (text: string) => void (exported = text) };
  await withStoredProgram({ ...settings, programFile: DEMO }, output, async (stored) => {
    const wanted = [
      { program: true, format: "json", out: "-" } as const,
      { program: true, format: "csv", out: "-" } as const,
      ...stored.program.people.map(({ id }) => ({ person: id, format: "json", out: "-" }) as const),
    ];
    for (const options of wanted) {
      await exportFrom(stored, options, options.format, output);
      texts[JSON.stringify(options)] = exported;
    }
    const { store } = stored;
    for (const file of await store.filesOf(FILE.part))
      texts[`file ${file.id}`] = JSON.stringify([file, [...(await store.fileBytes(file.id))]]);
  });
  return texts;
}
