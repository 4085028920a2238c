import type { RosterFormat } from "#src/roster/text/reader.ts";
import type { Encoding } from "#src/roster/text/tables/decode.ts";
import type { Dialect } from "#src/roster/text/dialect.ts";
import { resolve } from "node:path";
import { personId, type PersonId } from "../domain/person.ts";
import { MINUTE } from "../domain/time.ts";
import type { AddressPlace, RosterSource } from "#src/roster/reading/source.ts";
import { hasAddress } from "./shapes.ts";
import { NO_PATH } from "./salvage.ts";
import type { SourceFile } from "./source-shape.ts";

/** "env:ED_FEED" or "file:secrets/feed"; undefined for anything else, an address above all. */
export function addressPlace(folder: string, url: string): AddressPlace | undefined {
  const [, kind, name] = /^(env|file):\s*(\S.*)$/iu.exec(url.trim()) ?? [];
  if (name === undefined || hasAddress(name)) return undefined;
  return kind?.toLowerCase() === "env" ? { variable: name } : { path: resolve(folder, name) };
}

/** The rosters that program.yaml names. What is wrong about an entry is reported elsewhere. */
export const rosterSources = (folder: string, given: readonly SourceFile[]): readonly RosterSource[] =>
  given.flatMap(({ file, url, name, every, person, aliases, ...rest }, index): readonly RosterSource[] => {
    const common = {
      ...defined(rest),
      ...(person === undefined ? {} : { person: personId(person) }),
      ...(aliases === undefined ? {} : { aliases: aliases as Record<string, PersonId> }),
    };
    if (url !== undefined) {
      const addresses = [url].flat().flatMap((one) => addressPlace(folder, one) ?? []);
      if (addresses.length === 0) return [];
      const feed = { addresses, ...(every === undefined ? {} : { every: every * MINUTE }) };
      return [{ name: name ?? `feed ${index + 1}`, feed, ...common }];
    }
    if (file === undefined || file === NO_PATH) return [];
    return [{ name: file, path: resolve(folder, file), ...common }];
  });

type Rest = Omit<SourceFile, "file" | "url" | "name" | "every" | "person" | "aliases">;

/** Without the settings that are not there. */
const defined = (rest: Rest): Dialect & { readonly format: RosterFormat; readonly encoding?: Encoding } =>
  Object.fromEntries(
    Object.entries(rest).filter(([, value]) => value !== undefined),
  ) as unknown as Dialect & {
    readonly format: RosterFormat;
  };
