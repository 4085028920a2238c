import { parseSync, visitorKeys, type Node } from "oxc-parser";

/** One small change of one file, as a slip of the hand would make it. */
export interface Mutation {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Where it begins to differ: characters of the file, counted from 0. */
  readonly place: number;
  /** The expression or statement as it stands, and as it is after the change. */
  readonly before: string;
  readonly after: string;
  /** The whole file after the change. */
  readonly source: string;
}

/** Characters of a file, counted from 0, and what takes their place. */
interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What each operator is changed into. A comparison of size moves by its boundary: that is what tests forget. */
const OTHER_OPERATOR: Readonly<Record<string, string>> = {
  "===": "!==",
  "!==": "===",
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "+": "-",
  "-": "+",
  "*": "/",
  "/": "*",
  "&&": "||",
  "||": "&&",
  "??": "&&",
  "+=": "-=",
  "-=": "+=",
};

const OTHER_METHOD: Readonly<Record<string, string>> = {
  some: "every",
  every: "some",
  min: "max",
  max: "min",
  find: "findLast",
  findLast: "find",
  startsWith: "endsWith",
  endsWith: "startsWith",
};

/** All changes of a file that still parse. Comments, texts, imports and types stay as they are. */
export function mutationsOf(file: string, source: string): readonly Mutation[] {
  return nodesOf(parseSync(file, source).program).flatMap((node) =>
    changesOf(node, source).flatMap((change) => {
      const changed = source.slice(0, change.start) + change.text + source.slice(change.end);
      if (parseSync(file, changed).errors.length > 0) return [];
      const end = node.end + changed.length - source.length;
      return [
        {
          file,
          line: source.slice(0, change.start).split("\n").length,
          place: change.start,
          before: source.slice(node.start, node.end),
          after: changed.slice(node.start, end),
          source: changed,
        },
      ];
    }),
  );
}

/** A node and all below it that runs: of types only the expression that they are about. */
function nodesOf(node: Node): readonly Node[] {
  if (node.type === "ImportDeclaration") return [];
  const isType = node.type.startsWith("TS");
  const keys = isType ? ["expression"] : (visitorKeys[node.type] ?? []);
  const below = keys.flatMap((key) => (node as unknown as Record<string, Node | Node[] | null>)[key] ?? []);
  return [...(isType ? [] : [node]), ...below.flatMap((one) => (one === null ? [] : nodesOf(one)))];
}

function changesOf(node: Node, source: string): readonly Change[] {
  switch (node.type) {
    case "BinaryExpression":
    case "LogicalExpression":
    case "AssignmentExpression": {
      const text = OTHER_OPERATOR[node.operator];
      if (text === undefined) return [];
      const start = source.indexOf(node.operator, node.left.end);
      return [{ start, end: start + node.operator.length, text }];
    }
    case "UnaryExpression":
      return node.operator === "!"
        ? [{ ...spanOf(node.argument), start: node.start, text: sourceIn(node.argument, source) }]
        : [];
    case "Literal":
      return literalChanges(node);
    case "MemberExpression": {
      const text = node.computed ? undefined : OTHER_METHOD[sourceIn(node.property, source)];
      return text === undefined ? [] : [{ ...spanOf(node.property), text }];
    }
    case "IfStatement":
    case "ConditionalExpression":
      return isTurnedAlready(node.test)
        ? []
        : [{ ...spanOf(node.test), text: `!(${sourceIn(node.test, source)})` }];
    case "ReturnStatement":
      return node.argument === null || sourceIn(node.argument, source) === "undefined"
        ? []
        : [{ ...spanOf(node.argument), text: "undefined" }];
    default:
      return [];
  }
}

function literalChanges(node: Extract<Node, { type: "Literal" }>): readonly Change[] {
  if (typeof node.value === "boolean") return [{ ...spanOf(node), text: String(!node.value) }];
  if (typeof node.value !== "number") return [];
  return [node.value + 1, node.value - 1]
    .filter((value) => value >= 0)
    .map((value) => ({ ...spanOf(node), text: String(value) }));
}

/** A condition that another change turns round as a whole. */
const isTurnedAlready = (test: Node): boolean =>
  (test.type === "UnaryExpression" && test.operator === "!") ||
  (test.type === "BinaryExpression" && (test.operator === "===" || test.operator === "!=="));

const spanOf = ({ start, end }: Node) => ({ start, end });

const sourceIn = ({ start, end }: Node, source: string): string => source.slice(start, end);

/** Both versions of the place that changes, cut to about a line. */
export function told({ file, line, before, after }: Mutation): string {
  let same = 0;
  while (same < before.length && before[same] === after[same]) same += 1;
  const from = Math.max(0, same - 40);
  return `${file}:${line}  ${short(before.slice(from))}  ->  ${short(after.slice(from))}`;
}

function short(text: string): string {
  const line = text.replaceAll(/\s+/gu, " ");
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
