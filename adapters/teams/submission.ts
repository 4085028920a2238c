/** The id of an input. Two inputs of a card may have the same name, but not the same id. */
export const inputId = (index: number, name: string): string => `i${index}:${name}`;

const INPUT = /^i\d+:(?<name>.+)$/su;

/** The typed values by the input's name. If two inputs have the same name, the submitted one counts. */
export function valuesOf(
  data: Readonly<Record<string, unknown>>,
  sent: string,
): Readonly<Record<string, string>> {
  const typed = Object.entries(data).flatMap(([id, value]) => {
    const name = INPUT.exec(id)?.groups?.["name"];
    return name === undefined || typeof value !== "string" ? [] : [{ id, name, value }];
  });
  const inOrder = [...typed.filter(({ id }) => id !== sent), ...typed.filter(({ id }) => id === sent)];
  const values = Object.fromEntries(inOrder.map(({ name, value }) => [name, value]));
  const own = INPUT.exec(sent)?.groups?.["name"];
  // Clients send no value for an empty input.
  return own === undefined || own in values ? values : { ...values, [own]: "" };
}
