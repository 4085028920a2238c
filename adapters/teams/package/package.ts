import { colourIcon, outlineIcon } from "./icons.ts";
import { localisations, manifestOf, type PackageWish } from "./manifest.ts";
import { zipOf } from "./zip.ts";

const json = (value: object): Buffer => Buffer.from(`${JSON.stringify(value, undefined, 2)}\n`);

/** Everything that the app package holds, by file. */
export const packageFiles = (wish: PackageWish): Readonly<Record<string, Buffer>> => ({
  "manifest.json": json(manifestOf(wish)),
  "color.png": colourIcon(),
  "outline.png": outlineIcon(),
  ...Object.fromEntries(Object.entries(localisations).map(([name, texts]) => [name, json(texts)])),
});

/**
 * The app package as an administrator uploads it: the same wish gives the same bytes.
 * @throws AttuneError `config` with what to mend
 */
export const packageOf = (wish: PackageWish): Buffer => zipOf(packageFiles(wish));
