import { readFileSync } from "node:fs";
import { isAlias, isNode, parseDocument, type Document } from "yaml";
import { loadProgram } from "#src/config/load-programs.ts";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { AttuneError } from "#src/errors.ts";
import type { Program } from "#src/domain/program.ts";
import type { RosterSource } from "#src/roster/reading/source.ts";
import { decode } from "#src/roster/text/tables/decode.ts";
import { unknownPerson } from "./known-person.ts";
import type { Output } from "./output.ts";
import { rewrite } from "./put-in-place.ts";

export interface AliasOptions {
  /** The roster that has the name, as program.yaml calls it; all of them without it. */
  readonly as?: string;
}

/**
 * Writes into program.yaml whom a name of the rosters means. Comments and all else stay as they are.
 *
 * @throws AttuneError `config` when the person, or the roster, is not there, the name means another person already, or is none
 */
export function addAlias(file: string, name: string, id: string, { as }: AliasOptions, output: Output): void {
  if (name.trim() === "")
    throw new AttuneError("config", "The name is empty: write it as the roster has it.");
  const { program, sources } = loadProgram(file, PLATFORMS);
  const person = program.people.find((one) => one.id === id);
  if (person === undefined) throw unknownPerson(program, id);
  const chosen = sourcesOf(sources, as);
  // As it was read just now: in another encoding its letters would be lost with the first alias.
  const text = decode(readFileSync(file));
  const document = parseDocument(text.replaceAll("\r\n", "\n"));
  for (const source of chosen) {
    const known = Object.entries(source.aliases ?? {}).find(([alias]) => plain(alias) === plain(name));
    if (known !== undefined && known[1] !== person.id) throw taken(program, source, known);
    const at = sources.indexOf(source);
    if (known !== undefined) continue;
    if (isShared(document, at)) throw sharedAliases(source, name, id);
    document.setIn(["roster", at, "aliases", name], id);
  }
  const changed = document.toString({ lineWidth: 0 });
  rewrite(file, text.includes("\r\n") ? changed.replaceAll("\n", "\r\n") : changed);
  output.line(`"${name}" is ${person.name} (${id}) in ${chosen.map((source) => source.name).join(", ")}.`);
}

/** Whether a roster's entry, or its names, stand in several places of the file at once (`&x`, `*x`). */
const isShared = (document: Document, at: number): boolean =>
  [["roster"], ["roster", at], ["roster", at, "aliases"]].some((path) => {
    const node = document.getIn(path, true);
    return isAlias(node) || (isNode(node) && "anchor" in node && node.anchor !== undefined);
  });

const sharedAliases = ({ name: roster }: RosterSource, name: string, id: string) =>
  new AttuneError(
    "config",
    `program.yaml writes the names of ${roster} in one place for several rosters (& and *): add ${JSON.stringify(name)}: ${id} there by hand.`,
  );

const plain = (name: string): string => name.normalize("NFKC").trim().toLowerCase();

function sourcesOf(sources: readonly RosterSource[], as: string | undefined): readonly RosterSource[] {
  if (as === undefined) return sources.filter(({ person }) => person === undefined);
  const named = sources.filter(({ name }) => name === as);
  if (named.length > 0) return named;
  const list = sources.map(({ name }) => name).join(" or ");
  throw new AttuneError("config", `No roster is called ${as}: say --as ${list}, as program.yaml names it.`);
}

const taken = (program: Program, { name }: RosterSource, [alias, id]: readonly [string, string]) =>
  new AttuneError(
    "config",
    `"${alias}" is ${program.people.find((one) => one.id === id)?.name ?? id} (${id}) in ${name} already: mend \`aliases\` in program.yaml.`,
  );
