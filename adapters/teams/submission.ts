/** Two inputs of one card may have one name; their ids on the page may not. */
export const inputId = (index: number, name: string): string => `i${index}:${name}`;

const INPUT = /^i\d+:(?<name>.+)$/su;

/** What was typed into a card, by the input's name. Where two have one name, the one that was sent counts. */
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
  // A client sends no value for an input that was left empty.
  return own === undefined || own in values ? values : { ...values, [own]: "" };
}
