import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { PEOPLE } from "#src/domain/files.ts";
import type { PeopleEdit } from "#src/ports/file-desk.ts";
import type { Store } from "#src/ports/store.ts";
import type { NamedFile } from "#src/roster/reading/files-in-force.ts";
import { decode } from "#src/roster/text/tables/decode.ts";
import { csvText } from "#src/roster/text/tables/csv-text.ts";
import { peopleColumnOf } from "#src/roster/text/people/people-headings.ts";
import { recordsOf } from "#src/roster/text/tables/records.ts";

interface Editing {
  readonly store: Store;
  readonly named: readonly NamedFile[];
}

/** The list of people as it is in force, with one change: every other cell stays as it was written. */
export async function editedPeople({ store, named }: Editing, edit: PeopleEdit) {
  const place = named.find(({ part }) => part === PEOPLE);
  const [newest] = await store.filesOf(PEOPLE);
  if (newest === undefined && place === undefined) return undefined;
  const bytes = newest === undefined ? await readFile(place!.path) : await store.fileBytes(newest.id);
  const name = place === undefined ? newest!.about.name : basename(place.path);
  const [header, ...rows] = recordsOf(name, decode(bytes), []).map(({ cells }) => [...cells]);
  if (header === undefined) return undefined;
  const columns = header.map((cell): string => peopleColumnOf(cell) ?? cell.trim().toLowerCase());
  const at = (column: string): number => columns.indexOf(column);
  const idOf = (row: readonly string[]): string => (row[at("id")] ?? "").trim();
  if (edit.kind === "add") {
    for (const column of ["email", "rotation"] as const) {
      if (edit[column] === "" || at(column) !== -1) continue;
      header.push(column);
      columns.push(column);
    }
    const id = newId(edit.roles, [...rows.map(idOf), ...(await everKnown(store))]);
    const cells: Readonly<Record<string, string>> = {
      id,
      name: edit.name,
      role: edit.roles,
      email: edit.email,
      rotation: edit.rotation,
    };
    rows.push(columns.map((column) => cells[column] ?? ""));
    return { name, bytes: textOf([header, ...rows]) };
  }
  const row = rows.find((one) => idOf(one) === edit.person);
  if (row === undefined) return undefined;
  if (edit.kind === "end") return { name, bytes: textOf([header, ...rows.filter((one) => one !== row)]) };
  const [field, value] =
    edit.kind === "account" ? [edit.platform, edit.account] : ([edit.field, edit.value] as const);
  if (at(field) === -1) {
    header.push(field);
    columns.push(field);
  }
  while (row.length <= at(field)) row.push("");
  row[at(field)] = value;
  return { name, bytes: textOf([header, ...rows]) };
}

/** An id is one person's for good: nobody gets one of whom anything is kept. */
const everKnown = async (store: Store): Promise<readonly string[]> => [
  ...(await store.standings()).keys(),
  ...(await store.roster()).assignments.map(({ person }) => person),
];

/** "r7": the letter of the role, and a number that nobody has had. */
function newId(roles: string, known: readonly string[]): string {
  const numbers = known.flatMap((id) => /(?<number>\d{1,9})$/u.exec(id)?.groups?.["number"] ?? []);
  return `${roles.slice(0, 1)}${Math.max(0, ...numbers.map(Number)) + 1}`;
}

const textOf = (rows: readonly (readonly string[])[]): Uint8Array => new TextEncoder().encode(csvText(rows));
