import { randomUUID } from "node:crypto";
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { AttuneError } from "#src/errors.ts";
import { keyOf, newSecret, type Key } from "./keys.ts";

/**
 * The master key: 32 bytes in a file that only its owner may read. `create`: makes the file if it is missing.
 * @throws AttuneError `config` when the file is missing, when others may read it, or when it holds no key
 */
export const loadMasterKey = (file: string, { create = false }: { readonly create?: boolean } = {}): Key => {
  if (create && !existsSync(file)) makeKeyFile(file);
  let handle: number;
  try {
    // A pipe in its place is not waited for.
    handle = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (cause) {
    const { code = "unknown" } = cause as NodeJS.ErrnoException;
    // A file that is there is no lost key: another one in its place would open nothing.
    const todo =
      code === "ENOENT"
        ? "cannot be read. Put back the key that this database was made with."
        : `cannot be read (${code}). Let Attune's user read it, and nobody else: chown and chmod 600, also its folder.`;
    throw new AttuneError("config", `The key file ${file} ${todo}`, { cause });
  }
  try {
    const found = fstatSync(handle);
    const putBack = "Put back the key that this database was made with.";
    if (!found.isFile())
      throw new AttuneError("config", `${file} is no Attune key: it is no plain file. ${putBack}`);
    const others = found.mode & 0o077;
    if (others !== 0) {
      throw new AttuneError("config", `Others may read the key file ${file}. Run: chmod 600 ${file}`);
    }
    if (found.size !== 32) {
      throw new AttuneError(
        "config",
        `${file} is no Attune key: it has ${found.size} bytes, a key has 32. ${putBack}`,
      );
    }
    return keyOf(readFileSync(handle));
  } finally {
    closeSync(handle);
  }
};

/** The file of the new key during a change of the key. Until the change is committed, either file may hold the right key. */
export const nextKeyFile = (file: string): string => `${file}.new`;

/** Makes a new key. A key of an interrupted change is deleted: the caller has checked that it is not the database's. */
export const makeNextKey = (file: string): Key => {
  const next = nextKeyFile(file);
  rmSync(next, { force: true });
  makeKeyFile(next);
  return loadMasterKey(next);
};

/**
 * Puts the new key in place. The old one is kept beside it, with its id in the name. Returns that path. Safe to repeat, and where
 * another command has done it meanwhile: the new key opens the database from the commit on.
 * @param old the id of the key that is replaced
 */
export const putNextKeyInPlace = (file: string, old = loadMasterKey(file).id): string => {
  const before = `${file}.old-${old}`;
  if (!existsSync(before) && loadMasterKey(file).id === old) linkSync(file, before);
  try {
    renameSync(nextKeyFile(file), file);
  } catch (cause) {
    const isDone = (cause as NodeJS.ErrnoException).code === "ENOENT" && existsSync(before);
    if (!isDone) throw new AttuneError("config", `The new key cannot be put at ${file}.`, { cause });
  }
  onDisk(dirname(file));
  return before;
};

/** Writes a key file, completely or not at all, and never over another file: with a lost key all texts are lost. */
const makeKeyFile = (file: string): void => {
  const draft = `${file}.${randomUUID()}`;
  try {
    const handle = openSync(draft, "wx", 0o600);
    try {
      writeSync(handle, newSecret());
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    linkSync(draft, file);
    onDisk(dirname(file));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") return;
    throw new AttuneError(
      "config",
      `The key file ${file} cannot be made (${(cause as NodeJS.ErrnoException).code}): let Attune's user write in its folder, or set ATTUNE_KEY_FILE to another place.`,
      { cause },
    );
  } finally {
    // `force` alone still throws where the folder is none, and hides what is told above.
    if (existsSync(draft)) rmSync(draft, { force: true });
  }
};

/** Writes a folder to disk, since a file's name is part of it. A power cut must not lose a key that is in use. */
const onDisk = (folder: string): void => {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};
