import { randomUUID } from "node:crypto";
import { and, asc, desc, eq, isNotNull, isNull, lt, sql, type SQL } from "drizzle-orm";
import { AttuneError } from "#src/errors.ts";
import type { FileId, FilePart } from "#src/domain/files.ts";
import type { FileAbout, FileStore, KeptFile, NewFile } from "#src/ports/files.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { Key, Place } from "../keys/keys.ts";
import { command, query } from "../statements/statement.ts";
import { first, rows, run, type Steps } from "../statements/steps.ts";
import { is, placeholder, placeholderValue } from "./placeholders.ts";
import { inboxOf } from "./recording.ts";
import type { StoreContext } from "./store-context.ts";

/** Versions of a program's files, their bytes and whatever names people sealed with the master key. */
export const files = (context: StoreContext): FileStore => {
  const { one, inForce, ofPart, bytesOf, newest } = readings(context);
  const { add, put, change, drop, forget } = writes(context);
  const sealed = sealedFile(context);
  const inbox = inboxOf(context);

  function* highest(part: FilePart): Steps<number> {
    return (yield* first(newest, { part }))?.place ?? 0;
  }

  return {
    keepFile: (file, over) =>
      context.lockedTransaction([lockOf(file.part)], function* () {
        const before = over === undefined ? undefined : yield* highest(file.part);
        if (before !== over) return undefined;
        const id = randomUUID() as FileId;
        const { part, at, why, by = null } = file;
        const place = before === undefined ? null : before + 1;
        yield* run(add, { id, part, place, at, by, why, ...sealed.of(id, file) });
        return id;
      }),
    takeFile: async (id, over, by, now) => {
      const found = await context.read(() => first(one, { id }));
      if (found === undefined) return "gone";
      return context.lockedTransaction([lockOf(found.part)], function* () {
        const there = yield* first(one, { id });
        if (there === undefined) return "gone";
        if (there.place !== null) return "again";
        if ((yield* highest(there.part)) !== over) return "overtaken";
        // Somebody else may have forgotten it meanwhile.
        return (yield* run(put, { id, place: over + 1, by, now })) === 1 ? "in-force" : "gone";
      });
    },
    readFileAs: async (id, about) =>
      (await context.write(change, { id, about: sealed.about(id, about) })) === 1,
    dropFile: async (id) => (await context.write(drop, { id })) === 1,
    forgetWaiting: (before) => context.write(forget, { before }),
    fileAnswered: (event, by, now) => context.transaction(() => inbox.keep(event, by, now)),
    filesInForce: () =>
      context.read(function* () {
        const all = (yield* rows(inForce)).map(sealed.opened);
        return all.filter(({ part }, at) => all[at - 1]?.part !== part);
      }),
    filesOf: (part) =>
      context.read(function* () {
        return (yield* rows(ofPart, { part })).map(sealed.opened);
      }),
    keptFile: (id) =>
      context.read(function* () {
        const row = yield* first(one, { id });
        return row && sealed.opened(row);
      }),
    fileBytes: (id) =>
      context.read(function* () {
        const row = yield* first(bytesOf, { id });
        if (row === undefined) throw new AttuneError("store", "there is no such version of a file");
        return sealed.bytes(id, row.bytes);
      }),
  };
};

/** One version after the other comes into force. */
const lockOf = (part: FilePart): string => `file ${part}`;

function readings({ program, tables: { fileVersion: t } }: StoreContext) {
  const columns = {
    id: t.id,
    part: t.part,
    place: t.place,
    at: t.at,
    by: t.by,
    why: t.why,
    about: t.about,
  };
  const that = and(is(t.program, program), eq(t.id, placeholder("id")));
  const ofThatPart = and(is(t.program, program), eq(t.part, placeholder("part")), isNotNull(t.place));
  const isNewest: SQL = sql`not exists (select 1 from ${t} as later where later.program = ${t.program} and later.part = ${t.part} and later.place > ${t.place})`;
  return {
    one: query(columns, (select) => select.from(t).where(that)),
    inForce: query(columns, (select) =>
      select
        .from(t)
        .where(and(is(t.program, program), isNotNull(t.place), isNewest))
        .orderBy(asc(t.part)),
    ),
    ofPart: query(columns, (select) => select.from(t).where(ofThatPart).orderBy(desc(t.place))),
    bytesOf: query({ bytes: t.bytes }, (select) => select.from(t).where(that)),
    newest: query({ place: sql<number | null>`max(${t.place})` }, (select) =>
      select.from(t).where(ofThatPart),
    ),
  };
}

function writes({ program, tables: { fileVersion: t } }: StoreContext) {
  const waits = and(is(t.program, program), eq(t.id, placeholder("id")), isNull(t.place));
  return {
    add: command((db) =>
      db.insert(t).values({
        program,
        id: placeholder("id"),
        part: placeholder("part"),
        place: placeholder("place"),
        at: placeholder("at"),
        by: placeholder("by"),
        why: placeholder("why"),
        about: placeholder("about"),
        bytes: placeholder("bytes"),
      }),
    ),
    put: command((db) =>
      db
        .update(t)
        .set({ place: placeholderValue("place"), by: placeholderValue("by"), at: placeholderValue("now") })
        .where(waits),
    ),
    change: command((db) =>
      db
        .update(t)
        .set({ about: placeholderValue("about") })
        .where(waits),
    ),
    drop: command((db) => db.delete(t).where(waits)),
    forget: command((db) =>
      db.delete(t).where(and(is(t.program, program), isNull(t.place), lt(t.at, placeholder("before")))),
    ),
  };
}

interface Row {
  readonly id: FileId;
  readonly part: FilePart;
  readonly place: number | null;
  readonly at: KeptFile["at"];
  readonly by: PersonId | null;
  readonly why: KeptFile["why"];
  readonly about: Buffer;
}

/** What of a version is sealed, each at its own place: neither can be moved to another version. */
function sealedFile({ program, masterKey }: Pick<StoreContext, "program" | "masterKey">) {
  const about = (id: FileId, given: FileAbout): Buffer =>
    masterKey.seal(JSON.stringify(given), filePlace(program, id, "about"));
  return {
    about,
    of: (id: FileId, file: NewFile) => ({
      about: about(id, file.about),
      bytes: masterKey.seal(Buffer.from(file.bytes), filePlace(program, id, "bytes")),
    }),
    bytes: (id: FileId, sealed: Buffer): Uint8Array =>
      new Uint8Array(masterKey.open(sealed, filePlace(program, id, "bytes"))),
    opened: ({ id, part, place, at, by, why, about: stored }: Row): KeptFile => ({
      id,
      part,
      at,
      why,
      ...(place === null ? {} : { place }),
      ...(by === null ? {} : { by }),
      about: JSON.parse(masterKey.open(stored, filePlace(program, id, "about")).toString()) as FileAbout,
    }),
  };
}

/** The place of what is sealed of a version. */
const filePlace = (program: string, id: FileId, column: "about" | "bytes"): Place => ({
  table: "file_version",
  row: `${program}/${id}`,
  column,
});

/** What is sealed of a version, under another key. */
export const resealed = (
  from: Key,
  to: Key,
  { program, id, stored }: { readonly program: string; readonly id: FileId; readonly stored: Buffer },
  column: "about" | "bytes",
): Buffer => {
  const place = filePlace(program, id, column);
  return to.seal(from.open(stored, place), place);
};
