import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";

const ROOT = join(import.meta.dirname, "..", "..");

/** One import of one file, as the sources have it. */
export interface Import {
  readonly file: string;
  /** A path from the root for a file of ours, else the package's name ("node:fs", "@hono/node-server"). */
  readonly target: string;
  readonly isOurs: boolean;
  /** Only types: gone before anything runs. */
  readonly isType: boolean;
  /** Loaded where it is called for, and not with the file. */
  readonly isLazy: boolean;
}

/** Paths of our own TypeScript from the root, links aside. */
export function sources(...folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
      .map((entry) => relative(ROOT, join(entry.parentPath, entry.name))),
  );
}

export const sourceOf = (file: string): string => readFileSync(join(ROOT, file), "utf8");

/** The source without its comments: what a rule about code is checked on. */
export const codeOf = (file: string): string =>
  sourceOf(file)
    .replaceAll(/\/\*[\s\S]*?\*\//gu, "")
    .replaceAll(/^\s*\/\/.*$/gmu, "");

const IMPORT =
  /^(?:import|export) (?<type>type )?(?:[^"';]*? from )?"(?<from>[^"]+)";|\bimport\("(?<lazy>[^"]+)"\)/gmu;

export function importsOf(file: string): readonly Import[] {
  return [...codeOf(file).matchAll(IMPORT)].map(({ groups = {} }) => {
    const written = groups["from"] ?? groups["lazy"] ?? "";
    const isOurs = written.startsWith(".") || written.startsWith("#");
    return {
      file,
      target: isOurs ? ownPath(file, written) : packageOf(written),
      isOurs,
      isType: groups["type"] !== undefined,
      isLazy: groups["lazy"] !== undefined,
    };
  });
}

/** Which files import a file or a package, as they run: types aside. */
export function importersIn(...folders: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const imports = sources(...folders)
    .flatMap((file) => importsOf(file))
    .filter(({ isType }) => !isType);
  const byTarget = Map.groupBy(imports, ({ target }) => target);
  return new Map([...byTarget].map(([target, all]) => [target, all.map(({ file }) => file)]));
}

const ownPath = (file: string, written: string): string =>
  written.startsWith("#") ? written.slice(1) : posix.normalize(posix.join(dirname(file), written));

const packageOf = (written: string): string =>
  written.startsWith("node:")
    ? written
    : written
        .split("/")
        .slice(0, written.startsWith("@") ? 2 : 1)
        .join("/");
