import { sourceOf, sources } from "./imports.ts";

/** One rule of docs/domain.md: an entry of a list, or a row of a table. */
export interface Rule {
  /** The headings that it stands under: "The forms, Shift goal". */
  readonly section: string;
  /** The whole rule on one line, without its markup. Tests name it by its first words. */
  readonly text: string;
}

/** What a test says that it holds, by a line `// domain: ` with a rule's first words above it. */
interface Naming {
  /** The file and line. */
  readonly place: string;
  readonly words: string;
  /** Whether the line stands above a test or a group of tests. */
  readonly isAboveTest: boolean;
}

/** Lists and tables that are no rules, by their heading, and why. */
const ASIDE: Readonly<Record<string, string>> = {
  "The domain: what Attune asks, when, what it shows, and to whom": "tells which finding led to which rule",
  Words: "defines the words of the rules",
};

/**
 * The rules of a page of Markdown, in its order: each entry of a list and each row of a table. Prose between them says why, or
 * from where in the literature.
 */
export function rulesOf(page: string): readonly Rule[] {
  const headings: string[] = [];
  const rules: Rule[] = [];
  for (const block of blocksOf(page)) {
    const heading = /^(?<depth>#+) (?<title>.+)$/u.exec(block)?.groups;
    if (heading !== undefined) headings.splice(heading["depth"]!.length - 1, Infinity, heading["title"]!);
    else if (/^[-|]/u.test(block) && !headings.slice(-1).some((title) => title in ASIDE))
      rules.push({ section: headings.slice(1).join(", "), text: plain(block) });
  }
  return rules;
}

/** Headings, paragraphs, entries of lists and rows of tables, each on one line; a table's head is left out. */
function blocksOf(page: string): readonly string[] {
  return page
    .replaceAll(/^\|.*\n\|[-|]+\n/gmu, "")
    .replaceAll(/\n(?![-|#\n])\s*/gu, " ")
    .split("\n")
    .map((line) => line.trim());
}

const plain = (markdown: string): string =>
  markdown
    .replace(/^- /u, "")
    .replaceAll(/^\| | \|$/gu, "")
    .replaceAll(" | ", ": ")
    .replaceAll(/\[(?<text>[^\]]+)\]\([^)]+\)/gu, "$<text>")
    .replaceAll(/(?<mark>\*\*?)(?=\S)(?<text>[^*]+)(?<=\S)\k<mark>/gu, "$<text>")
    .replaceAll("`", "");

/** Every `// domain:` line of the tests. */
export function namings(): readonly Naming[] {
  return sources("test").flatMap((file) => {
    const lines = sourceOf(file).split("\n");
    return lines.flatMap((line, index) => {
      const words = /^\s*\/\/ domain: (?<words>.+)$/u.exec(line)?.groups?.["words"];
      if (words === undefined) return [];
      const next = lines.slice(index + 1).find((one) => !/^\s*\/\//u.test(one)) ?? "";
      return { place: `${file}:${index + 1}`, words, isAboveTest: /^\s*(?:it|describe)\b/u.test(next) };
    });
  });
}

/** What is wrong between the rules and the tests, each in one line; nothing where every rule is named. */
export function faultsOf(rules: readonly Rule[], named: readonly Naming[]): readonly string[] {
  const of = ({ words }: Naming) => rules.filter(({ text }) => text.startsWith(words));
  const held = new Set(named.flatMap(of));
  return [
    ...rules.filter((rule) => !held.has(rule)).map((rule) => `no test names: ${rule.section}: ${rule.text}`),
    ...named
      .filter((one) => of(one).length !== 1)
      .map((one) => `${one.place}: ${of(one).length} rules begin so: ${one.words}`),
    ...named.filter((one) => !one.isAboveTest).map((one) => `${one.place}: it stands above no test`),
  ];
}
