import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

/** Text in which everything that came from outside is escaped. */
export type Markup = HtmlEscapedString;

/**
 * hono's `html`, which escapes every value that is not markup. It is asynchronous only if a value is a promise; ours never are.
 */
export const markup = (strings: TemplateStringsArray, ...values: readonly unknown[]): Markup =>
  html(strings, ...values) as Markup;

export const nothing = markup``;
