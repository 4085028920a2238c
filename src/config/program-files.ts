import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const NAME = "program.yaml";

/**
 * The program.yaml files that ATTUNE_PROGRAM or --program names: paths with commas between them, each of a file, of
 * the folder it is in, or of a folder of such folders (by name). A path with a comma in it is taken as it is when it
 * is there. A file that is not there is named all the same: whoever reads it says so. A folder without any is none.
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
  if (existsSync(join(path, NAME))) return [join(path, NAME)];
  return readdirSync(path)
    .toSorted()
    .map((folder) => join(path, folder, NAME))
    .filter((file) => existsSync(file));
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
