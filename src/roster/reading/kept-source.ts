import { rosterPart } from "#src/domain/files.ts";
import type { FileInForce } from "./files-in-force.ts";
import type { RosterSource } from "./source.ts";

/** A roster of program.yaml, read from a version that the database has: under that file's own name, in the place of the other. */
export const keptSource = (source: RosterSource, { about }: Pick<FileInForce, "about">): RosterSource => {
  const { path: _, ...rest } = source;
  const read = { ...rest, ...(about.reading as Partial<RosterSource> | undefined) };
  return { ...read, name: about.name, insteadOf: source.name };
};

/** A roster, and what is to be read of it: of a version in force its bytes, of a feed what was fetched. */
export interface ReadAs {
  readonly source: RosterSource;
  readonly pages: readonly Uint8Array[] | undefined;
}

/** How each roster of a program is read now. */
export function readAs(
  source: RosterSource,
  files: { of(part: ReturnType<typeof rosterPart>): FileInForce | undefined },
  fetched: (name: string) => readonly Uint8Array[] | undefined,
): ReadAs {
  const kept = source.feed === undefined ? files.of(rosterPart(source.name)) : undefined;
  if (kept === undefined) return { source, pages: fetched(source.name) };
  return { source: keptSource(source, kept), pages: [kept.bytes] };
}
