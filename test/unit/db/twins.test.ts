import { getTableName } from "drizzle-orm";
import { getTableConfig as postgresTable, type PgTable } from "drizzle-orm/pg-core";
import { getTableConfig as sqliteTable, type SQLiteTable } from "drizzle-orm/sqlite-core";
import { describe, expect, expectTypeOf, it } from "vitest";
import * as postgres from "#db/schema/postgres.ts";
import * as sqlite from "#db/schema/sqlite.ts";

type Rows<Tables> = {
  [Name in keyof Tables]: Tables[Name] extends { readonly $inferSelect: infer Row } ? Row : never;
};

/** What two dialects can be compared by. The table configs of both have the same form. */
const shape = (config: ReturnType<typeof postgresTable> | ReturnType<typeof sqliteTable>) => ({
  columns: config.columns
    .map(({ name, notNull, hasDefault, default: preset, primary, dataType, isUnique, generated }) => ({
      name,
      notNull,
      // A database counts ids by itself in both; only how it is said differs.
      default: primary ? "counted" : hasDefault && generated === undefined ? preset : undefined,
      primary,
      isUnique,
      isGenerated: generated !== undefined,
      dataType: dataType === "custom" ? "buffer" : dataType,
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name)),
  primaryKeys: config.primaryKeys.map((key) => key.columns.map(({ name }) => name)),
  foreignKeys: config.foreignKeys.map((key) => {
    const { columns, foreignColumns, foreignTable } = key.reference();
    return [
      columns.map(({ name }) => name),
      getTableName(foreignTable),
      foreignColumns.map(({ name }) => name),
      key.onDelete ?? "no action",
    ];
  }),
  indexes: config.indexes.map(({ config: { name, unique, columns, where } }) => ({
    name,
    unique,
    isPartial: where !== undefined,
    columns: columns.map((column) => ("name" in column ? column.name : "an expression")),
  })),
});

describe("the schemas of SQLite and PostgreSQL", () => {
  it("have the same tables", () => {
    expect(Object.keys(postgres)).toEqual(Object.keys(sqlite));
  });

  it.each(Object.entries<SQLiteTable>(sqlite))("are twins in the table %s", (name, table) => {
    const twin = new Map(Object.entries<PgTable>(postgres)).get(name)!;

    expect(shape(postgresTable(twin))).toEqual(shape(sqliteTable(table)));
  });

  it("give rows of the same types", () => {
    expectTypeOf<Rows<typeof postgres>>().toEqualTypeOf<Rows<typeof sqlite>>();
    expect.assertions(0);
  });
});
