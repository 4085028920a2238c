import { and, asc, eq, sql, type SQL } from "drizzle-orm";
import { getTableConfig, type SQLiteColumn } from "drizzle-orm/sqlite-core";
import * as schema from "../schema/sqlite.ts";
import { command, query, type Columns, type Query, type Values } from "../statements/statement.ts";
import { rows, runEach, type Steps } from "../statements/steps.ts";
import { limitPlaceholder, placeholder, placeholderValue } from "./placeholders.ts";
import type { Tables } from "./store-context.ts";

/** Changes one kind of value in all programs, some rows at a time. Each part is all or nothing. Safe to repeat. */
export interface Pass {
  readonly start: Values;
  /** Changes the rows after this place. Returns where the next part begins, or undefined if nothing is left. */
  portion(after: Values): Steps<Values | undefined>;
}

/** How many rows one part has. */
export const PORTION = 1_000;

/** The primary key of SQLite's table. PostgreSQL's is the same (test/unit/db/twins.test.ts). */
const PATTERN: Tables = schema;

type Sealed = string | Buffer;
type Row<Name extends keyof Tables> = Tables[Name]["$inferSelect"];

/** Which column of which rows gets a new value, and from what the value is made. */
interface Target<Name extends keyof Tables, Column, From> {
  readonly table: Name;
  readonly column: Column;
  /** The rows to change. If the column is part of the primary key, this must leave out rows that have their new value. */
  readonly where: SQL | undefined;
  /** More columns that the new value is made from. */
  readonly from: readonly From[];
  /** Reads clear text from a column that this version's schema no longer has. */
  readonly clear?: SQL<string | null>;
}

type Found<Name extends keyof Tables, Column extends keyof Row<Name>, From extends keyof Row<Name>> = Pick<
  Row<Name>,
  From
> & { readonly stored: Row<Name>[Column]; readonly clear?: string | null };

/**
 * Changes one column of a table, based on its old value. It goes through the rows in the order of the primary key, and each part
 * begins after the last row of the part before. So it reaches each row once, and ends.
 */
export function rowPass<
  Name extends keyof Tables,
  Column extends keyof Row<Name> & string,
  From extends keyof Row<Name> & string,
>(
  tables: Tables,
  { table: name, column, where, from, clear }: Target<Name, Column, From>,
  anew: (row: Found<Name, Column, From>) => Sealed | Steps<Sealed>,
  size: number = PORTION,
): Pass {
  const table = tables[name];
  const columns = table as unknown as Readonly<Record<string, SQLiteColumn>>;
  const key = primaryKeyOf(name);
  const isAfter = sql`${tuple(key.map((one) => columns[one]))} > ${tuple(key.map(placeholder))}`;
  const chosen: Columns = {
    ...Object.fromEntries([...key, ...from].map((one) => [one, columns[one]!])),
    ...(clear && { clear }),
    stored: columns[column]!,
  };
  const found: Query<unknown> = query(chosen, (select) =>
    select
      .from(table)
      .where(and(isAfter, where))
      .orderBy(...key.map((one) => asc(columns[one]!)))
      .limit(limitPlaceholder("limit")),
  );
  const set = command((db) =>
    db
      .update(table)
      .set({ [column]: placeholderValue("anew") } as object)
      .where(and(...key.map((one) => eq(columns[one]!, placeholder(one))))),
  );
  const placeOf = (row: Values): Values => Object.fromEntries(key.map((one) => [one, row[one]]));
  return {
    start: Object.fromEntries(key.map((one) => [one, columns[one]!.dataType === "string" ? "" : 0])),
    *portion(after) {
      const some = (yield* rows(found, { ...after, limit: size })) as readonly (Values &
        Found<Name, Column, From>)[];
      const sets: Values[] = [];
      for (const row of some) {
        const value = anew(row);
        sets.push({
          ...placeOf(row),
          anew: typeof value === "string" || Buffer.isBuffer(value) ? value : yield* value,
        });
      }
      yield* runEach(set, sets);
      const last = some.at(-1);
      return last && placeOf(last);
    },
  };
}

const tuple = (parts: readonly unknown[]): SQL =>
  sql`(${sql.join(
    parts.map((one) => sql`${one}`),
    sql`, `,
  )})`;

/** The columns of a table's primary key, by their names in the code. */
function primaryKeyOf(name: keyof Tables): readonly string[] {
  const { primaryKeys, columns } = getTableConfig(PATTERN[name]);
  const key = primaryKeys[0]?.columns ?? columns.filter(({ primary }) => primary);
  const names = Object.entries(PATTERN[name]).filter(([, column]) => key.includes(column as SQLiteColumn));
  return key.map((column) => names.find(([, one]) => one === column)![0]);
}
