import type { PersonId } from "#src/domain/person.ts";
import type { Wall } from "../../text/dates/wall.ts";
import type { NamesNobody } from "../../text/people/named.ts";
import { quoted, type RosterProblem } from "../../text/problem.ts";
import { cellName, type Cell, type Row } from "../grid/days.ts";
import type { CellProblem } from "../grid/ledger.ts";
import type { PersonRow } from "../grid/table.ts";

/* Several rows a person, of which not all are what is planned: 希望 and 予定, "Requested" and "Scheduled", 予定 and 実績. */

type Kind = "request" | "plan" | "final" | "actual" | "change" | "former";

const KINDS: readonly (readonly [Kind, RegExp])[] = [
  [
    "request",
    /^(?:希望|希望(?:シフト|勤務|休)|(?:シフト|勤務)希望|要望|申請|リクエスト|requests?|requested|wish(?:es|ed)?|preferences?|preferred|availability|(?:素|原)?案|仮|drafts?|tentative|propos(?:ed|als?))$/u,
  ],
  [
    "plan",
    /^(?:(?:勤務|シフト)?(?:予定|計画)|勤務|シフト|scheduled?|plan|planned|assign(?:ed|ments?)|shifts?|duty|duties)$/u,
  ],
  ["final", /^(?:確定|決定|公開|final|confirmed|approved|published|granted)$/u],
  ["actual", /^(?:(?:勤務)?実績|実施|actuals?|worked)$/u],
  ["change", /^(?:変更後?|修正後?|changed?|changes|revised|amended)$/u],
  ["former", /^(?:当初|変更前|修正前|originals?|former)$/u],
];

const kindNamed = (text: string): Kind | undefined => {
  const plain = text
    .normalize("NFKC")
    .replaceAll(/[\s()[\]【】]/gu, "")
    .replace(/(?:行|row|shifts?)$/iu, "")
    .toLowerCase();
  return KINDS.find(([, words]) => words.test(plain))?.[0];
};

/** Before the days, the row says what kind of row it is, and nothing else. */
export const saysOnlyKind = (names: Row): boolean =>
  names.length > 0 && names.every(({ text }) => kindNamed(text) !== undefined);

/** Whose a row is, or why it is nobody's. */
export type Owner = { readonly id: PersonId } | (NamesNobody & Partial<Pick<RosterProblem, "todo">>);

/** A row with whose it is. */
export interface OwnedRow extends PersonRow {
  readonly owner: Owner;
}

/** Rows by what they are. */
export interface RowKinds {
  /** What somebody works. */
  readonly rows: readonly OwnedRow[];
  /** What somebody asked for, or drew up: it is no duty. Where nothing says what is planned, each has a fault. */
  readonly requests: readonly { readonly row: OwnedRow; readonly fault: CellProblem | undefined }[];
  /** Cells of which one row says another thing than the other. */
  readonly rivals: ReadonlyMap<Cell, CellProblem>;
}

export function kindsOf(all: readonly OwnedRow[]): RowKinds {
  const kinds = new Map(all.map((row) => [row, kindOf(row.names)?.kind]));
  const rows = all.filter((row) => kinds.get(row) !== "request");
  const hasPlan = rows.some((row) => kinds.get(row) !== undefined);
  const requests = all
    .filter((row) => !rows.includes(row))
    .map((row) => ({ row, fault: hasPlan ? undefined : onlyAskedFor(kindOf(row.names)!.cell) }));
  const marked = rows.flatMap((row) => {
    const kind = kinds.get(row);
    return kind === undefined || !("id" in row.owner) ? [] : [{ row, kind, id: row.owner.id }];
  });
  const rivals = [...Map.groupBy(marked, ({ id }) => id).values()].flatMap(rivalCells);
  return { rows, requests, rivals: new Map(rivals) };
}

function kindOf(names: Row): { readonly kind: Kind; readonly cell: Cell } | undefined {
  for (const cell of names) {
    const kind = kindNamed(cell.text);
    if (kind !== undefined) return { kind, cell };
  }
  return undefined;
}

/** Cells of one person's days of which two kinds of rows say different things. */
function rivalCells(
  own: readonly { readonly row: OwnedRow; readonly kind: Kind }[],
): readonly (readonly [Cell, CellProblem])[] {
  const lanes = [...Map.groupBy(own, ({ kind }) => kind)].map(([kind, some]) => {
    const codes = some.flatMap(({ row }) => row.codes);
    return { kind, codes, last: Math.max(...codes.map(({ day }) => day)) };
  });
  if (lanes.length < 2) return [];
  const days = new Set(lanes.flatMap(({ codes }) => codes.map(({ day }) => day)));
  return [...days].flatMap((day) => {
    const said = lanes.filter((lane) => speaks(lane, day)).map(({ codes }) => textOn(codes, day));
    if (new Set(said).size < 2) return [];
    const cells = lanes.flatMap(({ codes }) => codes.filter((one) => one.day === day));
    const fault = twoSayings(cells.map(({ cell }) => cell));
    return cells.map(({ cell }) => [cell, fault] as const);
  });
}

type Codes = PersonRow["codes"];

/** An empty cell says nothing where the row is not filled in so far, or has only what was changed. */
function speaks({ kind, codes, last }: { kind: Kind; codes: Codes; last: number }, day: Wall): boolean {
  return codes.some((one) => one.day === day) || (kind !== "change" && day < last);
}

const textOn = (codes: Codes, day: Wall): string =>
  codes
    .filter((one) => one.day === day)
    .map(({ cell }) => cell.text.normalize("NFKC"))
    .join(" ");

const onlyAskedFor = (cell: Cell): CellProblem => ({
  line: cell.line,
  field: cellName(cell),
  message: `the row is called ${quoted(cell.text)}, and no other row says what is planned`,
  todo: "take the word out of the row if its shifts take place",
  why: { code: "not-sure", text: cell.text },
});

const twoSayings = (cells: readonly Cell[]): CellProblem => ({
  line: cells[0]!.line,
  field: cellName(cells[0]!),
  message: `rows of one person say different things of one day: ${cells.map((cell) => `${quoted(cell.text)} in ${cellName(cell)}`).join(", ")}`,
  todo: "leave the row that counts, or write the same into both; that day was left out",
  why: { code: "two-readings", text: cells.map(({ text }) => text).join(" / ") },
});
