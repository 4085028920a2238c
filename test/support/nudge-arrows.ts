import { NUDGE_LIFE, REMINDER_LIFE } from "#src/domain/nudge-life.ts";

interface Rule {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly spares?: readonly string[];
}

/** What mermaid calls the beginning and the end: no nudge, or no reminder. */
const NONE = "[*]";

/** Every arrow of a table of transitions as a line of mermaid, sorted. */
export const arrowsOf = (life: Readonly<Record<string, Rule>>): readonly string[] =>
  Object.entries(life)
    .flatMap(([name, { from, to }]) =>
      (from.length === 0 ? ["none"] : from).flatMap((before) =>
        to.map((after) => `${named(before)} --> ${named(after)} : ${name}`),
      ),
    )
    .toSorted();

/** The arrows of each state diagram in a text, sorted. */
export const diagramsIn = (text: string): readonly (readonly string[])[] =>
  text
    .split("stateDiagram-v2")
    .slice(1)
    .map((drawn) => [...drawn.matchAll(/\S+ --> \S+ : \w+/g)].map(([arrow]) => arrow).toSorted());

const named = (state: string): string => (state === "none" ? NONE : state);

/**
 * SQL that is true of a change of `column` in a row (`old`, `new`) that no transition makes. What a transition spares
 * stays as it is.
 */
const isStrange = (column: string, life: Readonly<Record<string, Rule>>): string => {
  const before = `coalesce(old.${column}, 'none')`;
  const after = `coalesce(new.${column}, 'none')`;
  const known = Object.values(life).flatMap(({ from, to, spares = [] }) => [
    ...from.map(
      (state) => `${before} = '${state}' and ${after} in (${to.map((one) => `'${one}'`).join(", ")})`,
    ),
    ...spares.map((state) => `${before} = '${state}' and ${after} = '${state}'`),
  ]);
  return `${before} <> ${after} and not (${known.join(" or ")})`;
};

/** The states that a nudge may begin in, for SQL. */
export const BORN = Object.values<Rule>(NUDGE_LIFE)
  .flatMap(({ from, to }) => (from.length === 0 ? to.map((state) => `'${state}'`) : []))
  .join(", ");

export const STRANGE_NUDGE = isStrange("state", NUDGE_LIFE);
export const STRANGE_REMINDER = isStrange("reminder", REMINDER_LIFE);
