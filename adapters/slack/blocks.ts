/** A block of Slack's Block Kit, as JSON. */
export type SlackBlock = { readonly type: string } & Readonly<Record<string, unknown>>;

/** One run of literal text. */
export interface Run {
  readonly text: string;
  readonly bold?: boolean;
}

/**
 * Text that is shown as it is written: a rich text element has no markup, so that neither `&`, `<`, `>` nor
 * `*stars*` nor `<@mentions>` in people's words mean anything. (`mrkdwn` cannot escape stars.)
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

/** Slack takes no empty text. */
export const plainText = (text: string) => ({
  type: "plain_text" as const,
  text: text === "" ? "…" : text,
  emoji: false,
});

/** The top-level text of a message is read as markup, unlike every text of ours in blocks. */
export const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
