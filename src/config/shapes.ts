import { z } from "zod";

/** One line of text that may not be empty. */
export const line = (what: string) => {
  const error = `${what}; write one`;
  const oneLine = `${what} on one line; write it so`;
  return z
    .string({ error })
    .trim()
    .min(1, { error })
    .max(200, { error })
    .regex(/^[^\t\n\r]*$/u, { error: oneLine });
};

/** What is wrong about a text with a character that nobody can see, and what to do (the rule: src/domain/text.ts). */
export const unseen = (code: string): readonly [message: string, todo: string] => [
  `it holds a character that cannot be seen or is no text (${code})`,
  "type it anew by hand: it may have come along when it was copied",
];

const idError = "letters, digits, dots, dashes or underscores; write such an id";
/** "+" and "@" join ids in the names of pairs and shifts. */
export const idShape = z.preprocess(
  (value) => (typeof value === "number" ? String(value) : value),
  z.string({ error: idError }).regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, { error: idError }),
);

/** Whether a text holds an address, which may be a secret: a feed's opens the roster to whoever reads it. */
export const hasAddress = (text: string): boolean => text.includes("://");

/** One line that is printed in reports: an address that stands in it by mistake is refused, and not repeated. */
export const noAddress = (what: string) =>
  line(what).refine((text) => !hasAddress(text), {
    error: `${what}, and no address; a feed's is kept elsewhere, and named by url: env:NAME`,
  });
