import { is, Param, Placeholder } from "drizzle-orm";
import { AttuneError } from "#src/errors.ts";
import type { Values } from "./statement.ts";

/** Reads a statement's parameters from the values of one run. The list is the same at every call: it is read before the next one. */
export const binder = (params: readonly unknown[]): ((values: Values) => unknown[]) => {
  const parameters = params.map(parameterOf);
  const bound: unknown[] = parameters.map(() => null);
  return (values) => {
    for (const [i, parameter] of parameters.entries()) {
      const value = parameter(values);
      bound[i] = typeof value === "string" ? storable(value) : value;
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

/** A value that was not named would be null to the driver: no row is found or changed, and nobody is told. */
const valueNamed =
  (name: string) =>
  (values: Values): unknown => {
    const value = values[name];
    if (value === undefined && !(name in values)) throw new Error(`A statement was not given its ${name}.`);
    return value;
  };

/**
 * PostgreSQL refuses U+0000, and both drivers change half a letter into another one: what is not kept as it was given is
 * refused alike on both. Texts are cleaned where they come in (src/domain/text.ts); this is the second line. What is
 * sealed is asked before it is: nobody sees it afterwards.
 */
export function storable<Text extends string>(value: Text): Text {
  if (value.includes("\0") || !value.isWellFormed())
    throw new AttuneError(
      "store",
      "Not saved: a text holds what no database keeps (U+0000 or half a letter).",
    );
  return value;
}
