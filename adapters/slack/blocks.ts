/** A block of Slack's Block Kit, as JSON. */
export type SlackBlock = { readonly type: string } & Readonly<Record<string, unknown>>;

/** A piece of plain text. */
export interface Run {
  readonly text: string;
  readonly bold?: boolean;
}

/**
 * Text that Slack shows exactly as it is. A rich text element knows no markup: `&`, `<`, `>`, `*stars*` and `<@mentions>` in
 * people's words have no effect. (In `mrkdwn` stars cannot be escaped.)
 */
export const rich = (runs: readonly Run[], as: "section" | "quote" = "section") => ({
  type: `rich_text_${as}`,
  elements: runs
    .filter(({ text }) => text !== "")
    .map(({ text, bold }) => ({ type: "text", text, ...(bold === true ? { style: { bold: true } } : {}) })),
});

export const richText = (...parts: readonly ReturnType<typeof rich>[]): readonly SlackBlock[] => {
  const elements = parts.filter((part) => part.elements.length > 0);
  return elements.length === 0 ? [] : [{ type: "rich_text", elements }];
};

/** Slack refuses empty texts. */
export const plainText = (text: string) => ({
  type: "plain_text" as const,
  text: text === "" ? "…" : text,
  emoji: false,
});

/** Slack reads the top-level text of a message as markup, unlike our texts in blocks. */
export const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
