import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Instant } from "#src/domain/time.ts";
import { rosterPart, type FilePart } from "#src/domain/files.ts";
import type { FileStore, KeptFile } from "#src/ports/files.ts";
import { plainFile } from "./plain-file.ts";
import type { RosterSource } from "./source.ts";

/** A file as program.yaml names it. */
export interface NamedFile {
  readonly part: FilePart;
  /** Absolute. */
  readonly path: string;
  /** Bytes that are read of it at the most. */
  readonly most: number;
}

/** A version in force, with its bytes. */
export interface FileInForce extends KeptFile {
  readonly bytes: Uint8Array;
}

/** What counts in place of the files that program.yaml names, as one process knows it. */
export interface FilesInForce {
  /** Looks what is in force now. Costs one small query where nothing has changed. */
  look(): Promise<void>;
  /**
   * The same, and puts a file of program.yaml in force that is newer than what is: one that was never there before. A replica that
   * still has the last one takes nothing back.
   */
  takeOver(now: Instant): Promise<void>;
  /** Undefined where the file that program.yaml names is all there is. */
  of(part: FilePart): FileInForce | undefined;
  all(): readonly FileInForce[];
}

export const NO_FILES: FilesInForce = {
  look: async () => undefined,
  takeOver: async () => undefined,
  of: () => undefined,
  all: () => [],
};

/** @param named the files of program.yaml, and people.csv */
export function filesInForce(
  store: Pick<FileStore, "filesInForce" | "filesOf" | "fileBytes" | "keepFile">,
  named: readonly NamedFile[],
): FilesInForce {
  let current = new Map<FilePart, FileInForce>();
  const stamps = new Map<string, string>();

  const look = async (): Promise<void> => {
    const next = new Map<FilePart, FileInForce>();
    for (const file of await store.filesInForce()) {
      const before = current.get(file.part);
      const isSame = before?.id === file.id && before.place === file.place;
      next.set(file.part, isSame ? before : { ...file, bytes: await store.fileBytes(file.id) });
    }
    current = next;
  };

  return {
    look,
    async takeOver(now) {
      await look();
      for (const one of named) {
        const kept = current.get(one.part);
        if (kept?.place === undefined) continue;
        const stamp = `${kept.id} ${await stampOf(one.path)}`;
        if (stamps.get(one.path) === stamp) continue;
        const file = namedFile(one);
        if (file !== undefined && !(await wasThere(store, file))) {
          await store.keepFile({ ...file, at: now, why: "file" }, kept.place);
          await look();
        }
        stamps.set(one.path, stamp);
      }
    },
    of: (part) => current.get(part),
    all: () => [...current.values()],
  };
}

/**
 * Keeps what program.yaml names as the first version of a part, before another one comes in force for the first time: there is
 * something to go back to, and it is known as seen.
 *
 * @returns the place of the version in force then
 */
export async function firstVersion(
  store: Pick<FileStore, "filesOf" | "keepFile">,
  named: NamedFile,
  now: Instant,
): Promise<number> {
  const [newest] = await store.filesOf(named.part);
  const file = newest === undefined ? namedFile(named) : undefined;
  if (file === undefined) return newest?.place ?? 0;
  await store.keepFile({ ...file, at: now, why: "file" }, 0);
  return (await store.filesOf(named.part))[0]?.place ?? 0;
}

/** What stands in the place that program.yaml names; undefined where there is none, or one that is too large. */
function namedFile({ part, path, most }: NamedFile) {
  const bytes = plainFile(path, most);
  if (!(bytes instanceof Uint8Array) || bytes.length > most) return undefined;
  return { part, bytes, about: { name: basename(path), fingerprint: fingerprintOf(bytes) } };
}

export const fingerprintOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

async function wasThere(
  store: Pick<FileStore, "filesOf">,
  { part, about }: Pick<KeptFile, "part" | "about">,
): Promise<boolean> {
  return (await store.filesOf(part)).some((one) => one.about.fingerprint === about.fingerprint);
}

/** Changes when a file does: dates and sizes, no contents. */
export async function stampOf(path: string | undefined): Promise<string> {
  if (path === undefined) return "-";
  try {
    const { mtimeMs, ctimeMs, ino, size } = await stat(path);
    return `${mtimeMs}:${ctimeMs}:${ino}:${size}`;
  } catch {
    return "-";
  }
}

/** A roster of program.yaml, read from a version that the database has: under that file's own name, in the place of the other. */
export const keptSource = (source: RosterSource, { about }: Pick<FileInForce, "about">): RosterSource => {
  const { path: _, ...rest } = source;
  const settled = about.reading as Partial<RosterSource> | undefined;
  // Whom a name means may be settled in the chat for some names, and in program.yaml for others.
  const aliases = { ...source.aliases, ...settled?.aliases };
  return {
    ...rest,
    ...settled,
    ...(Object.keys(aliases).length > 0 && { aliases }),
    name: about.name,
    insteadOf: source.name,
  };
};

/** A roster, and what is to be read of it: of a version in force its bytes, of a feed what was fetched. */
export interface ReadAs {
  readonly source: RosterSource;
  readonly pages: readonly Uint8Array[] | undefined;
}

/** How each roster of a program is read now. */
export function readAs(
  source: RosterSource,
  files: Pick<FilesInForce, "of" | "all">,
  fetched: (name: string) => readonly Uint8Array[] | undefined,
): ReadAs {
  const isKept = source.feed === undefined && files.all().length > 0;
  const kept = isKept ? files.of(rosterPart(source.name)) : undefined;
  if (kept === undefined) return { source, pages: fetched(source.name) };
  return { source: keptSource(source, kept), pages: [kept.bytes] };
}
