import { isMap, isNode, isScalar, LineCounter, parseDocument, visit, type Document, type Node } from "yaml";
import { hiddenIn } from "../domain/text.ts";
import type { z } from "zod";
import { nearest } from "#src/roster/text/people/nearest.ts";
import { quoted, type Problem } from "#src/roster/text/problem.ts";
import { hasAddress, unseen } from "./shapes.ts";
import { keepSpelling } from "./as-written.ts";
import { badAliases, doubledKeys, isMisuse, oldYaml, tooDeep, valueOf, type Misuse } from "./yaml-limits.ts";

/** A YAML file with the lines of its values. */
export interface YamlFile {
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** The line of the value at this path, or of the nearest value around it. */
  lineOf(path: readonly PropertyKey[]): number;
}

/** Reads a YAML file. Every mistake is reported with its line. */
export function readYaml(file: string, text: string): YamlFile {
  const deep = tooDeep(text);
  const lines = new LineCounter();
  const document = parseDocument(deep === undefined ? text : text.slice(0, deep.at), {
    lineCounter: lines,
    uniqueKeys: false,
  });
  const placed = ({ at, message, todo }: Misuse): Problem => ({
    file,
    line: lines.linePos(at).line,
    message,
    todo,
  });
  if (deep !== undefined) return { value: undefined, problems: [placed(deep)], lineOf: () => 1 };

  const found = [...document.errors, ...document.warnings].map((error): Problem => {
    if (error.code === "TAB_AS_INDENT") return placed({ at: error.pos[0], ...TAB });
    const [message = error.message] = error.message.split(/ at line | \(|:?\n/u);
    return placed({ at: error.pos[0], message, todo: "mend the YAML; two spaces indent, and quotes help" });
  });
  // One mistake of syntax often makes all lines below it wrong. So only the first error is reported.
  const problems = [...new Map(found.toReversed().map((one) => [one.message, one])).values()];
  keepSpelling(document);
  const misused = [...oldYaml(document), ...doubledKeys(document), ...badAliases(document)];
  const read =
    document.errors.length === 0 && misused.length === 0 ? valueOf(document) : { value: undefined };
  const all = [...misused, ...(isMisuse(read) ? [read] : [])].map(placed);
  return {
    value: isMisuse(read) ? undefined : read.value,
    problems: [...problems, ...all, ...unseenIn(file, document, lines)].toSorted(
      (a, b) => (a.line ?? 0) - (b.line ?? 0),
    ),
    lineOf: (path) => lines.linePos(nodeAt(document, path)?.range?.[0] ?? 0).line,
  };
}

const TAB = {
  message: "a tab indents this line, and YAML takes spaces alone",
  todo: "put two spaces in its place",
};

/** Every text and key with an invisible character, with its line. */
function unseenIn(file: string, document: Document.Parsed, lines: LineCounter): readonly Problem[] {
  const found: Problem[] = [];
  visit(document, {
    Scalar(_, { value, range }) {
      const hidden = typeof value === "string" ? hiddenIn(value.replaceAll(LINES, " ")) : undefined;
      if (hidden === undefined) return;
      const [message, todo] = unseen(hidden);
      found.push({ file, line: lines.linePos(range?.[0] ?? 0).line, message, todo });
    },
  });
  return found;
}

/** A value may have several lines; a line of text says for itself that it is one. */
const LINES = /[\t\n]/gu;

function nodeAt(document: Document.Parsed, path: readonly PropertyKey[]): Node | undefined {
  for (let length = path.length; length >= 0; length -= 1) {
    const within = path.slice(0, length);
    // Report the line of the key, not the line where the block below it begins.
    const parent = length === 0 ? undefined : document.getIn(within.slice(0, -1), true);
    const key = isMap(parent)
      ? parent.items.find((item) => isScalar(item.key) && item.key.value === within.at(-1))?.key
      : undefined;
    const found = key ?? (length === 0 ? document.contents : document.getIn(within, true));
    if (isNode(found)) return found;
  }
  return undefined;
}

/** Checks a file against a shape. Returns the value, or every mistake with its line. */
export function shaped<Shape extends z.ZodType>(
  file: string,
  yaml: YamlFile,
  shape: Shape,
): {
  readonly value: z.output<Shape> | undefined;
  readonly problems: readonly Problem[];
  readonly issues: readonly z.core.$ZodIssue[];
} {
  const result = shape.safeParse(yaml.value);
  if (result.success) return { value: result.data, problems: [], issues: [] };
  const problems = result.error.issues
    .slice(0, MOST_MISTAKES)
    .flatMap((issue) => problemsOf(issue, file, yaml, shape));
  return { value: undefined, problems, issues: result.error.issues };
}

/** Of one kind: whoever has more of them has another file than was meant, and each is looked up in it. */
const MOST_MISTAKES = 100;

function problemsOf(
  issue: z.core.$ZodIssue,
  file: string,
  yaml: YamlFile,
  shape: z.ZodType,
): readonly Problem[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.slice(0, MOST_MISTAKES).map((key) => {
      const path = [...issue.path, key];
      const meant = nearest(key, keysAt(shape, issue.path));
      const todo = meant === undefined ? "take it out" : `did you mean ${meant}?`;
      return {
        file,
        line: yaml.lineOf(path),
        field: fieldOf(path),
        message: "there is no such setting",
        todo,
      };
    });
  }
  const value = valueAt(yaml.value, issue.path);
  const [message = "", todo = "see program/program.yaml for an example"] = issue.message.split("; ");
  const isSecret = issue.path.some((key) => NOT_SHOWN.has(key)) || hasAddress(shown(value));
  const found = isNothing(value) ? "it is missing" : `${isSecret ? "it" : quoted(shown(value))} will not do`;
  const field = issue.path.length === 0 ? {} : { field: fieldOf(issue.path) };
  const place = { file, line: yaml.lineOf(issue.path), ...field };
  return [{ ...place, message: `${found}: expected ${message}`, todo }];
}

/** Settings in whose place a secret may stand by mistake. */
const NOT_SHOWN = new Set<PropertyKey>(["url"]);

/** In YAML a key without a value, and an empty file, are null. */
const isNothing = (value: unknown): boolean => value === undefined || value === null;

const shown = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : JSON.stringify(value ?? null);

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );

/** "rotations[0].from" */
export const fieldOf = (path: readonly PropertyKey[]): string =>
  path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");

/** The keys that an object of the shape has at a path. */
function keysAt(shape: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  let at: unknown = shape;
  for (const key of path)
    at = typeof key === "number" ? elementOf(unwrapped(at)) : shapeOf(unwrapped(at))[key as string];
  return Object.keys(shapeOf(unwrapped(at)));
}

interface Inside {
  readonly shape?: Record<string, unknown>;
  readonly element?: unknown;
  readonly def?: { readonly innerType?: unknown; readonly in?: unknown };
}

const shapeOf = (at: unknown): Record<string, unknown> => (at as Inside | undefined)?.shape ?? {};
const elementOf = (at: unknown): unknown => (at as Inside | undefined)?.element;

/** What an optional, a default or a transform is put around. */
function unwrapped(at: unknown): unknown {
  let inner = at as Inside | undefined;
  for (let next = inner; next !== undefined;) {
    inner = next;
    next = (next.def?.innerType ?? next.def?.in) as Inside | undefined;
  }
  return inner;
}
