import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolders } from "#src/composition/make-folders.ts";
import { AttuneError } from "#src/errors.ts";

/** A file by its name. */
export type NamedFile = readonly [name: string, text: string];

/**
 * Makes the folder, unless it is there and empty: files of two runs must not get mixed.
 * @throws AttuneError "config"
 */
export function made(folder: string): void {
  const isEmpty = tried(folder, () => {
    makeFolders(folder);
    return readdirSync(folder).length === 0;
  });
  if (!isEmpty)
    throw new AttuneError("config", `${folder} is not empty: name a new folder, so that nothing gets mixed.`);
}

/** Writes files that only their owner can read. */
export const written = (folder: string, files: readonly NamedFile[]): void =>
  tried(folder, () => {
    for (const [name, text] of files) writeFileSync(join(folder, name), text, { flag: "wx", mode: 0o600 });
  });

function tried<Result>(folder: string, work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "error";
    throw new AttuneError("config", `${folder} cannot be written (${code}): name another folder.`, { cause });
  }
}
