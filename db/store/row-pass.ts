import { and, asc, eq, sql, type SQL } from "drizzle-orm";
import { getTableConfig, type SQLiteColumn } from "drizzle-orm/sqlite-core";
import * as schema from "../schema/sqlite.ts";
import {
  command,
  query,
  rows,
  runEach,
  type Columns,
  type Query,
  type Steps,
  type Values,
} from "../statements/statement.ts";
import { limitPlaceholder, placeholder, placeholderValue } from "./placeholders.ts";
import type { Tables } from "./store-context.ts";

/** One kind of value in all programs, some rows at a time. Each portion is all or nothing, and begun again it does no harm. */
export interface Pass {
  readonly start: Values;
  /** Sets the rows after this place; where the next portion begins, or undefined when nothing is left. */
  portion(after: Values): Steps<Values | undefined>;
}

/** Rows of one portion. */
export const PORTION = 1_000;

/** The key is that of the pattern: the other dialect has the same (test/unit/db/twins.test.ts). */
const PATTERN: Tables = schema;

type Sealed = string | Buffer;
type Row<Name extends keyof Tables> = Tables[Name]["$inferSelect"];

/** Which rows of which table get a new value in which column, and what it is made of. */
interface Target<Name extends keyof Tables, Column, From> {
  readonly table: Name;
  readonly column: Column;
  /** Where the column is part of the key, this must leave out what has its new value already. */
  readonly where: SQL | undefined;
  /** The columns that the new value is made of besides the one that is set. */
  readonly from: readonly From[];
  /** What stands in clear, in a column that the schema of this version no longer has. */
  readonly clear?: SQL<string | null>;
}

type Found<Name extends keyof Tables, Column extends keyof Row<Name>, From extends keyof Row<Name>> = Pick<
  Row<Name>,
  From
> & { readonly stored: Row<Name>[Column]; readonly clear?: string | null };

/**
 * Sets one column of a table anew, from what stands there. The rows are taken in the order of the table's primary key,
 * and every portion begins after the last row of the one before: so a pass comes to each row once, and ends.
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

/** The columns of a table's primary key, by our names. */
function primaryKeyOf(name: keyof Tables): readonly string[] {
  const { primaryKeys, columns } = getTableConfig(PATTERN[name]);
  const key = primaryKeys[0]?.columns ?? columns.filter(({ primary }) => primary);
  const names = Object.entries(PATTERN[name]).filter(([, column]) => key.includes(column as SQLiteColumn));
  return key.map((column) => names.find(([, one]) => one === column)![0]);
}
