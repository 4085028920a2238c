import { is, Param, Placeholder, Column } from "drizzle-orm";
import { AttuneError } from "#src/errors.ts";
import type { Values, Columns } from "./statement.ts";

/** Makes the list of a statement's parameters from the values of one run. It is the same list at every call: use it before the next call. */
export const binder = (params: readonly unknown[]): ((values: Values) => unknown[]) => {
  const parameters = params.map(parameterOf);
  const bound: unknown[] = parameters.map(() => null);
  return (values) => {
    for (const [i, parameter] of parameters.entries()) {
      const value = parameter(values);
      bound[i] = typeof value === "string" ? storableText(value) : value;
    }
    return bound;
  };
};

const parameterOf = (param: unknown): ((values: Values) => unknown) => {
  if (is(param, Placeholder)) return valueNamed(param.name);
  if (!is(param, Param) || !is(param.value, Placeholder)) return () => param;
  const { encoder } = param;
  const valueOf = valueNamed(param.value.name);
  return (values) => {
    const value = valueOf(values);
    return value === null || value === undefined ? value : encoder.mapToDriverValue(value);
  };
};

/** A missing value is an error. To the driver it would be null: no row would be found or changed, and nobody would notice. */
const valueNamed =
  (name: string) =>
  (values: Values): unknown => {
    const value = values[name];
    if (value === undefined && !(name in values)) throw new Error(`A statement was not given its ${name}.`);
    return value;
  };

/**
 * Refuses a text that a database would not keep as it is. PostgreSQL refuses U+0000, and both drivers replace half of a
 * surrogate pair by another character. Texts are cleaned where they come in (src/domain/text.ts); this is the second line
 * of defence. A text that is sealed is checked before: afterwards nobody can see what is in it.
 */
export function storableText<Text extends string>(value: Text): Text {
  if (value.includes("\0") || !value.isWellFormed())
    throw new AttuneError(
      "store",
      "Not saved: a text holds what no database keeps (U+0000 or half a letter).",
    );
  return value;
}

/** Turns a driver's row (a list of values) into an object with the names of these columns. */
export const rowMapper = (columns: Columns): ((row: readonly unknown[]) => unknown) => {
  const fields = Object.entries(columns).map(([name, column]) => ({ name, decode: decoderOf(column) }));
  return (row) => {
    const named: Record<string, unknown> = {};
    for (let i = 0; i < fields.length; i += 1) {
      const { name, decode } = fields[i] as (typeof fields)[number];
      const value = row[i];
      named[name] = decode === undefined || value === null ? value : decode(value);
    }
    return named;
  };
};

/** How to convert a column's value; undefined where the driver's value stays as it is. */
const decoderOf = (column: Columns[string]): ((value: unknown) => unknown) | undefined =>
  is(column, Column) && column.mapFromDriverValue !== Column.prototype.mapFromDriverValue
    ? (value) => column.mapFromDriverValue(value)
    : undefined;
