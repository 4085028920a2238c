/** Every text that a card of Teams shows or sends along, each line as a reader sees it: runs of one line are one text. */
export function wordsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(wordsIn);
  if (typeof value !== "object" || value === null) return [];
  const { inlines, ...rest } = value as Record<string, unknown>;
  const line = Array.isArray(inlines)
    ? [inlines.map((run: unknown) => (run as { text: string }).text).join("")]
    : [];
  const shown = [
    "text",
    "label",
    "placeholder",
    "value",
    "title",
    "fallbackText",
    "description",
    "lang",
  ].flatMap((key) => (typeof rest[key] === "string" ? [rest[key]] : []));
  const { fallback: _, ...inside } = rest;
  return [...line, ...shown, ...Object.values(inside).flatMap(wordsIn)];
}

/** Every action of a card with what it would send, fallbacks aside. */
export function actionsIn(value: unknown): readonly { title: string; data: Record<string, unknown> }[] {
  if (Array.isArray(value)) return value.flatMap(actionsIn);
  if (typeof value !== "object" || value === null) return [];
  const { fallback: _, ...rest } = value as Record<string, unknown>;
  const own =
    rest["type"] === "Action.Execute"
      ? [rest as unknown as { title: string; data: Record<string, unknown> }]
      : [];
  return [...own, ...Object.values(rest).flatMap(actionsIn)];
}
