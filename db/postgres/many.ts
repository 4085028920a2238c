import { getTableName, is, Param, Placeholder } from "drizzle-orm";
import type { ClientBase } from "pg";
import { binder } from "../statements/steps.ts";
import { isNumber, nameOf, PLACE, plain, sharedBy } from "./text.ts";
import type { QueryBuilder, RowChange, RowInsert, Values } from "../statements/statement.ts";

/** A statement that writes many rows at once, made from one that writes a single row. */
export interface PreparedForMany {
  /** How many rows it wrote. For a change, also whether each of `each` changed its row. */
  run(
    client: ClientBase,
    each: readonly Values[],
  ): Promise<{ readonly changes: number; readonly changedEach: readonly boolean[] }>;
}

/**
 * A change of many rows. It locks the rows first and leaves out those that another transaction has locked: so two such
 * statements never wait for each other.
 */
export const preparedChanges = (db: QueryBuilder, program: string, change: RowChange): PreparedForMany => {
  const table = `"${getTableName(change.table)}"`;
  return forMany(
    program,
    change.buildForMany(db).toSQL(),
    (lists, columns) => `with input as materialized (
      select each.* from ${lists} as each(${columns})
      join ${table} on ${table}."id" = each."id" for no key update of ${table} skip locked
    )`,
    (text) => `${text} returning input."place"`,
  );
};

/** An insert of many rows. */
export const preparedInserts = (db: QueryBuilder, program: string, insert: RowInsert): PreparedForMany =>
  forMany(
    program,
    insert.build(db).toSQL(),
    (lists, columns) => `with input as (select * from ${lists} as each(${columns}))`,
    selected,
  );

/** `insert … values (…)` as `insert … select … from input`, without the columns that take their default. */
const selected = (text: string): string =>
  text.replace(/\((.+?)\) values \((.+?)\)/, (_, columns: string, values: string) => {
    const listed = values.split(", ");
    const [into, from] = [columns.split(", "), listed].map((all) =>
      all.filter((_one, i) => listed[i] !== "default").join(", "),
    );
    return `(${into}) select ${from} from input`;
  });

/**
 * Turns the statement's placeholders into columns of a relation, `input`. It has a row for each set of values, and a column
 * `place` with the row's number. The lists that it is made of stand in subqueries: if the server could count them, it
 * would plan the statement anew each time.
 */
function forMany(
  program: string,
  { sql, params }: { readonly sql: string; readonly params: readonly unknown[] },
  relation: (lists: string, columns: string) => string,
  finished: (text: string) => string,
): PreparedForMany {
  const constants: unknown[] = [];
  const columns = new Map<string, unknown>();
  const body = sql.replaceAll(PLACE, (_, number: string) => {
    const param = params[Number(number) - 1];
    const holder = is(param, Param) ? param.value : param;
    if (!is(holder, Placeholder)) return `$${constants.push(param)}`;
    columns.set(holder.name, param);
    return `input."${holder.name}"`;
  });
  const shared = sharedBy(program, body, constants);
  const names = [...columns.keys()];
  const lists = names.map(
    (name, i) => `(select $${shared.params.length + 1 + i}::${isNumber(name) ? "bigint" : "text"}[])`,
  );
  const listed = [...names, "place"].map((name) => `"${name}"`).join(", ");
  const text = `${relation(`unnest(${lists.join(", ")}) with ordinality`, listed)} ${finished(shared.text)}`;
  const name = nameOf(text);
  const bindConstants = binder(shared.params);
  const bind = binder([...columns.values()]);
  return {
    async run(client, each) {
      const rows = each.map((values) => bind(values).map(plain));
      const values = [...bindConstants({}), ...names.map((_, column) => rows.map((row) => row[column]))];
      const result = await client.query<[place: number]>({ name, text, values, rowMode: "array" });
      const places = new Set(result.rows.map(([place]) => place));
      return { changes: result.rowCount ?? 0, changedEach: each.map((_, i) => places.has(i + 1)) };
    },
  };
}
