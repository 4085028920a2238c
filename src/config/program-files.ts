import { existsSync, lstatSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const NAME = "program.yaml";

/**
 * The program.yaml files that ATTUNE_PROGRAM or --program names: paths with commas between them, each of a file, of
 * the folder it is in, or of a folder of such folders (by name). A path with a comma in it is taken as it is when it
 * is there. A file that is not there, or that we may not see, is named all the same: whoever reads it says so. A folder without any is
 * none.
 */
export const programFiles = (text: string): readonly string[] =>
  existsSync(text) ? filesAt(text) : [...new Set(partsOf(text).flatMap(filesAt))];

const partsOf = (text: string): readonly string[] =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");

function filesAt(path: string): readonly string[] {
  if (!isFolder(path)) return [path];
  const own = join(path, NAME);
  if (isThere(own)) return [own];
  const folders = foldersIn(path);
  if (folders === undefined) return [path];
  return folders.map((folder) => join(path, folder, NAME)).filter(isThere);
}

/** Where a file system keeps what it found; ours is not in it, and nobody but root may look. */
const NOT_OURS = "lost+found";

function foldersIn(path: string): readonly string[] | undefined {
  try {
    return readdirSync(path)
      .filter((name) => name !== NOT_OURS)
      .toSorted();
  } catch {
    return undefined;
  }
}

/** Also a link that leads nowhere, and what stands in a folder that we may not enter: left out silently, a program would ask nobody anything. */
function isThere(file: string): boolean {
  try {
    lstatSync(file);
    return true;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    return !["ENOENT", "ENOTDIR"].includes(code);
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
