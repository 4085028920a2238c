import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanFile, cleanLine, cleanText, damageIn, hiddenIn, shownText } from "#src/domain/text.ts";
import { anyText, POISONOUS, POISONS } from "#test/support/poisons.ts";

/** As people write, in the scripts and with the signs that they have. */
const ORDINARY: readonly string[] = [
  "Reassess the chest pain in 30 min — twice, please!",
  "佐藤　健（初期研修医）",
  "\u845B\u{E0100}城さん",
  "ﾊﾝｶｸとがなのだくてん か\u3099",
  "外字 \uE000",
  "می‌خواهم مُ‌ب",
  "שלום, ד״ר כהן",
  "क्‍ष क्‌ष",
  "e\u0301 ñ ü ß ł",
  "👩‍⚕️ 👨🏽‍⚕️ 👩‍👩‍👧‍👦 ❤️‍🔥 ☺️ ☎︎ 1️⃣ 🇯🇵",
  "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
  "ᠠ᠋ ᠨ᠎ᠠ",
  "한국어 ไทย ខ្មែរ",
  "x \uFFFD y",
];

describe("the rule of what a text may hold", () => {
  it.each(ORDINARY)("leaves %s as it is", (text) => {
    expect(cleanText(text)).toBe(text);
    expect(cleanLine(text)).toBe(text);
    expect(cleanFile(text)).toBe(text);
    expect(shownText(text)).toBe(text);
    expect(hiddenIn(text)).toBeUndefined();
  });

  it("leaves any text of letters, marks, figures and signs as it is", () => {
    const units = fc.stringMatching(/^[\p{L}\p{N}\p{P}\p{S}\t\n 　]*$/u);

    fc.assert(
      fc.property(units, (text) => {
        fc.pre(!/\p{DI}/u.test(text));
        expect(cleanText(text)).toBe(text);
      }),
    );
  });

  it.each(Object.entries(POISONS))("takes %s out, and refuses it in a name", (_, poison) => {
    const text = `Early${poison} shift`;

    expect(cleanText(text).replace("\uFFFD", "").replace("\n", "")).toBe("Early shift");
    expect(cleanLine(text)).not.toMatch(POISONOUS);
    expect(hiddenIn(text)).toMatch(/^U\+[0-9A-F]{4,6}$/);
  });

  it("gives every text as it may be stored: well-formed, seen as it is, and the same when it is cleaned again", () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        for (const clean of [cleanText, cleanLine]) {
          const once = clean(text);
          expect(once.isWellFormed()).toBe(true);
          expect(once).not.toMatch(POISONOUS);
          expect(clean(once)).toBe(once);
          expect(hiddenIn(once.replaceAll(/[\t\n]/gu, " "))).toBeUndefined();
        }
        expect(cleanLine(text)).toBe(cleanLine(text).trim());
        expect(cleanLine(text)).not.toMatch(/[\t\n]/u);
      }),
      { numRuns: 2_000 },
    );
  });

  it("names a text as wrong exactly when cleaning would change it", () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        expect(hiddenIn(text) !== undefined).toBe(cleanText(text) !== text || /[\t\n]/u.test(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it("keeps nobody's joiner where it joins nothing: a number cannot be taken apart by what nobody sees", () => {
    expect(cleanText("MRN 00\u200D48\uFE0F29\u200C13\u{E0100}")).toBe("MRN 00482913");
  });

  it("has lines end in one way, and takes whole escape sequences out", () => {
    expect(cleanText("a\r\nb\rc\u2028d\u0085e")).toBe("a\nb\nc\nd\ne");
    expect(cleanText("\u001B[1;31mhelp\u001B[0m \u001B]8;;http://x\u001B\\me\u001B]8;;\u0007")).toBe(
      "help me",
    );
    expect(cleanLine(" a\r\n\tb ")).toBe("a b");
  });
});

describe("a file at the door", () => {
  it("keeps its lines and joins nothing that a control character kept apart", () => {
    expect(cleanFile("r1\u00000,a\r\nb\rc\nd")).toBe("r1 0,a\r\nb\rc\nd");
    expect(cleanFile("Sa\u200Bto\uFEFF")).toBe("Sato");
  });

  it("holds as many lines as before, whatever is in it", () => {
    const lines = (text: string) => text.split(/\r\n|\n|\r/u).length;

    fc.assert(
      fc.property(anyText(), (text) => {
        expect(lines(cleanFile(text))).toBe(lines(text));
        expect(cleanFile(text)).not.toMatch(
          new RegExp(POISONOUS.source.replace("\\x0B-\\x1F", "\\x0E-\\x1F"), "u"),
        );
      }),
    );
  });

  it("is damaged where the first control character or lost letter stands, and not by a tab", () => {
    expect(damageIn("a\tb\r\n\u200Bc")).toBeUndefined();
    expect(damageIn("a\nb\u0001")).toEqual({ at: 3, code: "U+0001" });
    expect(damageIn("a\uFFFD")).toEqual({ at: 1, code: "U+FFFD" });
  });
});

describe("a text on a terminal", () => {
  it("does nothing to it, and is the same text where it is JSON", () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const shown = shownText(JSON.stringify({ text }));
        expect(shown).not.toMatch(POISONOUS);
        expect(JSON.parse(shown)).toEqual({ text });
        expect(shownText(text).replaceAll("\r\n", "\n")).not.toMatch(POISONOUS);
      }),
    );
  });

  it("shows what was hidden", () => {
    expect(shownText("a\u001B[2Jb\u202Ec\r\nd\re")).toBe("a\\u001b[2Jb\\u202ec\r\nd\\u000de");
  });
});
