import { z } from "zod";

/** One line of text that may not be empty. */
export const line = (what: string) => {
  const error = `${what}; write one`;
  return z.string({ error }).trim().min(1, { error }).max(200, { error });
};

const idError = "letters, digits, dots, dashes or underscores; write such an id";
/** "+" and "@" join ids in the names of pairs and shifts. */
export const idShape = z.preprocess(
  (value) => (typeof value === "number" ? String(value) : value),
  z.string({ error: idError }).regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, { error: idError }),
);
