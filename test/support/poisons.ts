import fc from "fast-check";

/** Texts with what no text holds, and with what nobody sees: each with what has to be gone from all that is kept or shown. */
export const POISONS: Readonly<Record<string, string>> = {
  NUL: "\0",
  "a bell": "\u0007",
  "a delete": "\u007F",
  "an escape sequence": "\u001B[2J",
  "a title of the terminal": "\u001B]0;owned\u0007",
  "an 8-bit escape sequence": "\u009B31m",
  "a next line": "\u0085",
  "half a letter": "\uD83D",
  "the other half": "\uDE00",
  "a noncharacter": "\uFFFE",
  "a bidirectional override": "\u202E",
  "a bidirectional isolate": "\u2067",
  "a direction mark": "\u200F",
  "an Arabic letter mark": "\u061C",
  "a zero-width space": "\u200B",
  "a byte order mark inside": "\uFEFF",
  "a filler": "\u3164",
  "a tag": "\u{E0041}",
};

/** What must be in nothing that is kept or shown: written apart from the rule that it is held against. */
export const POISONOUS = new RegExp(
  String.raw`[\0-\x08\x0B-\x1F\x7F-\x9F\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFF9-\uFFFB\uFFFE\uFFFF\uD800-\uDFFF\u{E0041}]`,
  "u",
);

/** The same in several values of any depth. */
export const poisonous = (value: unknown): boolean =>
  typeof value === "string"
    ? POISONOUS.test(value)
    : typeof value === "object" &&
      value !== null &&
      Object.entries(value).some(([key, inner]) => poisonous(key) || poisonous(inner));

/** Any text at all, with poisons more often than chance has them. */
export const anyText = (): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...Object.values(POISONS)),
        fc.string({ unit: "binary", maxLength: 4 }),
        fc.constantFrom(
          "\uD83D",
          "\uDC00",
          "\u200D",
          "\uFE0F",
          "😀",
          "ب",
          "0",
          "\r",
          "\r\n",
          "\x1B[",
          "\x1B]",
          "m",
        ),
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join(""));
