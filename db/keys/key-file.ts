import { randomUUID } from "node:crypto";
import {
  closeSync,
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
 * The master key: 32 bytes in a file that only its owner may read. With `create`, a file that is not
 * there is made. AttuneError `config` when there is none, when others may read it, or when it is no key.
 */
export const loadMasterKey = (file: string, { create = false }: { readonly create?: boolean } = {}): Key => {
  if (create && !existsSync(file)) makeKeyFile(file);
  let handle: number;
  try {
    handle = openSync(file, "r");
  } catch (cause) {
    throw new AttuneError(
      "config",
      `The key file ${file} cannot be read. Put back the key that this database was made with.`,
      { cause },
    );
  }
  try {
    const others = fstatSync(handle).mode & 0o077;
    if (others !== 0) {
      throw new AttuneError("config", `Others may read the key file ${file}. Run: chmod 600 ${file}`);
    }
    const secret = readFileSync(handle);
    if (secret.length !== 32) {
      throw new AttuneError(
        "config",
        `${file} is no Attune key: it has ${secret.length} bytes, a key has 32.`,
      );
    }
    return keyOf(secret);
  } finally {
    closeSync(handle);
  }
};

/** The key that a database is being given, beside the one that it has: until its rows are committed, either may be the database's. */
export const nextKeyFile = (file: string): string => `${file}.new`;

/** Makes the next key. One that an interrupted change left is thrown away: the caller has proved that the database has the other. */
export const makeNextKey = (file: string): Key => {
  const next = nextKeyFile(file);
  rmSync(next, { force: true });
  makeKeyFile(next);
  return loadMasterKey(next);
};

/** Puts the next key in the place of the one before, which is kept beside it under its id. Returns where. Again, it does no harm. */
export const putNextKeyInPlace = (file: string): string => {
  const before = `${file}.old-${loadMasterKey(file).id}`;
  if (!existsSync(before)) linkSync(file, before);
  renameSync(nextKeyFile(file), file);
  onDisk(dirname(file));
  return before;
};

/** Whole or not at all, and never over an existing file: a lost key is lost text. */
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
    throw new AttuneError("config", `The key file ${file} cannot be made.`, { cause });
  } finally {
    rmSync(draft, { force: true });
  }
};

/** A file's name is on disk once its folder is: a power cut must not take away the key that rows are sealed with. */
const onDisk = (folder: string): void => {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};
