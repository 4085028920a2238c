import { readFileSync } from "node:fs";
import { unzipSync, zipSync } from "fflate";
import { localisations, manifestOf, type PackageWish } from "./manifest.ts";

const json = (value: object): Buffer => Buffer.from(`${JSON.stringify(value, undefined, 2)}\n`);

/** Two circles that overlap: two people on one shift. */
const icon = (name: string): Buffer => readFileSync(new URL(name, import.meta.url));

/** Everything that the app package holds, by file. */
export const packageFiles = (wish: PackageWish): Readonly<Record<string, Buffer>> => ({
  "manifest.json": json(manifestOf(wish)),
  "color.png": icon("color.png"),
  "outline.png": icon("outline.png"),
  ...Object.fromEntries(Object.entries(localisations).map(([name, texts]) => [name, json(texts)])),
});

/** ZIP archives store local times. This one is the same in every time zone. */
const DATE = new Date("2026-01-01T00:00:00");

/**
 * The app package that an administrator uploads. The same input gives the same bytes.
 * @throws AttuneError `config` with what to mend
 */
export const packageOf = (wish: PackageWish): Buffer =>
  Buffer.from(zipSync({ ...packageFiles(wish) }, { level: 9, mtime: DATE }));

interface Manifest {
  readonly id?: string;
  readonly developer?: { readonly websiteUrl?: string };
}

/** The manifest of an app package; undefined if the package is broken. */
export function manifestIn(archive: Buffer): Manifest | undefined {
  try {
    const files = unzipSync(archive, { filter: ({ name }) => name === "manifest.json" });
    return JSON.parse(Buffer.from(files["manifest.json"]!).toString()) as Manifest;
  } catch {
    return undefined;
  }
}
