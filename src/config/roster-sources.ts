import { resolve } from "node:path";
import { personId, type PersonId } from "../domain/person.ts";
import { MINUTE } from "../domain/time.ts";
import type { Encoding } from "../roster/decode.ts";
import type { Dialect } from "../roster/dialect.ts";
import type { RosterFormat } from "../roster/formats.ts";
import { NO_PATH } from "./salvage.ts";
import type { SourceFile } from "./source-shape.ts";

/** One entry of `roster` in program.yaml. */
export interface RosterSource extends Dialect {
  /** What problems call it: the path as program.yaml has it, or a feed's name. */
  readonly name: string;
  readonly format: RosterFormat;
  readonly person?: PersonId;
  readonly encoding?: Encoding;
  /** Absolute; a source has this or `feed`. */
  readonly path?: string;
  readonly feed?: FeedSource;
}

export interface FeedSource {
  readonly address: AddressPlace;
  /** Milliseconds between two looks. */
  readonly every: number;
}

/** Where a feed's address is kept. The address itself is a secret and stands in no file of the program. */
export type AddressPlace = { readonly variable: string } | { readonly path: string };

const EVERY = 15;

/** "env:ED_FEED" or "file:secrets/feed"; undefined for anything else, an address above all. */
export function addressPlace(folder: string, url: string): AddressPlace | undefined {
  const [, kind, name] = /^(env|file):\s*(\S.*)$/iu.exec(url.trim()) ?? [];
  if (name === undefined) return undefined;
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
      const address = addressPlace(folder, url);
      const feed = address && { address, every: (every ?? EVERY) * MINUTE };
      return feed === undefined ? [] : [{ name: name ?? `feed ${index + 1}`, feed, ...common }];
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
