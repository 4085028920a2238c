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

/** What Slack reads as markup in `mrkdwn`, or may read so: of these only the first three can be escaped. */
const MARKUP = /[&<>*_~`:|\\\n]/u;

/** A text object under a heading, which is bold where neither of the two has anything that Slack would take for markup. */
export const headed = (heading: string, text = "") =>
  MARKUP.test(heading + text) || heading.trim() !== heading || heading === ""
    ? plainText([heading, text].filter((one) => one !== "").join(text === "" ? "" : ":\n"))
    : { type: "mrkdwn" as const, text: `*${heading}*${text === "" ? "" : `\n${text}`}`, verbatim: true };

/** Slack reads the top-level text of a message as markup, unlike our texts in blocks. */
export const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
