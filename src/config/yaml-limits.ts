import { isAlias, isNode, isScalar, visit, type Document, type Node } from "yaml";

/** A place in a YAML text, and what is wrong with it. */
export interface Misuse {
  /** Counted from 0, in letters. */
  readonly at: number;
  readonly message: string;
  readonly todo: string;
}

/** A program's settings are four levels deep; a parser that is led into thousands fails in its own way. */
const DEEPEST = 50;
const PLAIN = "write it as program/program.yaml does";

/** Where a text goes deeper than any settings do, told before it is parsed; undefined for every other one. */
export function tooDeep(text: string): Misuse | undefined {
  let [at, brackets] = [0, 0];
  for (const line of text.split("\n")) {
    const lead = /^[ \t?-]*/u.exec(line)![0];
    const signs = lead.length - lead.replaceAll(/[?-]/gu, "").length;
    for (const letter of line) {
      if (letter === "[" || letter === "{") brackets += 1;
      if ((letter === "]" || letter === "}") && brackets > 0) brackets -= 1;
      if (brackets > DEEPEST) break;
    }
    if (brackets > DEEPEST || signs > DEEPEST || lead.length > DEEPEST * 8)
      return { at, message: "it is nested too deeply", todo: PLAIN };
    at += line.length + 1;
  }
  return undefined;
}

/** A file that asks for YAML 1.1, where `no` is false, 7:45 is a number and a day is a moment. */
export const oldYaml = ({ directives }: Document.Parsed): readonly Misuse[] =>
  directives.yaml.version === "1.2"
    ? []
    : [
        {
          at: 0,
          message: "it asks for an older YAML, which reads no and 7:45 otherwise",
          todo: "take the line that begins with %YAML away",
        },
      ];

/** A key that is there twice. The parser's own search would take the square of a map's length. */
export function doubledKeys(document: Document.Parsed): readonly Misuse[] {
  const found: Misuse[] = [];
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value))
          found.push({ at: startOf(key), message: "Map keys must be unique", todo: "keep one of the two" });
        seen.add(key.value);
      }
    },
  });
  return found;
}

/** Names (`*x`) of what stands elsewhere (`&x`): not there before, or within itself. */
export function badAliases(document: Document.Parsed): readonly Misuse[] {
  const seen = new Set<string>();
  const found: Misuse[] = [];
  visit(document, {
    Node(_, node, path) {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) seen.add(node.anchor);
        return;
      }
      const todo = `write out what *${node.source} stands for`;
      const isWithin = path.some((one) => isNode(one) && !isAlias(one) && one.anchor === node.source);
      if (isWithin) found.push({ at: startOf(node), message: `*${node.source} stands for itself`, todo });
      else if (!seen.has(node.source))
        found.push({ at: startOf(node), message: `there is no &${node.source} above`, todo });
    },
  });
  return found;
}

/** The value of a document, or the first of its aliases when they make more of it than can be held. */
export function valueOf(document: Document.Parsed): { readonly value: unknown } | Misuse {
  try {
    return { value: document.toJS() };
  } catch {
    let first: Node | undefined;
    visit(document, { Alias: (_, node) => void (first ??= node) });
    const message = "its aliases (*) stand for more than a file of settings can hold";
    return { at: startOf(first), message, todo: "write out what they stand for" };
  }
}

const startOf = (node: Node | undefined): number => node?.range?.[0] ?? 0;

export const isMisuse = (found: { readonly value: unknown } | Misuse): found is Misuse => "at" in found;
