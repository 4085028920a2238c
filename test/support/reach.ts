import { parseSync, visitorKeys, type Node } from "oxc-parser";

/* Which tests come by which part of the code: a test that never does cannot notice a slip there. */

/** A part of a file that runs as a whole or not at all, as far as nothing in it is such a part again. */
interface Part {
  /** Characters, counted from 0. */
  readonly start: number;
  readonly end: number;
  /** Whether a statement can stand at its start. */
  readonly isBlock: boolean;
}

/** A file whose parts tell when they run: see reached.ts. */
export function withMarks(file: string, source: string): string {
  const inserts = partsOf(file, source).flatMap(({ start, end, isBlock }) => {
    const mark = `reached_(${JSON.stringify(markOf(file, start))})`;
    return isBlock
      ? [{ at: start, text: `${mark};`, isEnd: false }]
      : [
          { at: start, text: `(${mark}, `, isEnd: false },
          { at: end, text: ")", isEnd: true },
        ];
  });
  // Parts begin from the outermost on, and end from the innermost on.
  const ordered = inserts.toSorted((a, b) => a.at - b.at || Number(b.isEnd) - Number(a.isEnd));
  let [marked, from] = [`import { reached as reached_ } from "#test/support/reached.ts"; `, 0];
  for (const { at, text } of ordered) {
    marked += source.slice(from, at) + text;
    from = at;
  }
  return marked + source.slice(from);
}

/** The mark that is passed before what stands at a place of a file; undefined for what runs as the file is loaded. */
export function markAt(file: string, source: string, place: number): string | undefined {
  const around = partsOf(file, source).filter(({ start, end }) => start <= place && place < end);
  const inner = around.toSorted((a, b) => b.start - a.start || a.end - b.end)[0];
  return inner && markOf(file, inner.start);
}

const markOf = (file: string, start: number): string => `${file}:${start}`;

const partsOf = (file: string, source: string): readonly Part[] =>
  partsBelow(parseSync(file, source).program);

function partsBelow(node: Node): readonly Part[] {
  const keys = visitorKeys[node.type] ?? [];
  const below = keys.flatMap((key) => (node as unknown as Record<string, Node | Node[] | null>)[key] ?? []);
  return [...ownParts(node), ...below.flatMap((one) => (one === null ? [] : partsBelow(one)))];
}

function ownParts(node: Node): readonly Part[] {
  switch (node.type) {
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
    case "CatchClause":
      return node.body === null ? [] : [partOf(node.body)];
    case "IfStatement":
      return [node.consequent, node.alternate].flatMap((one) =>
        one?.type === "BlockStatement" ? [partOf(one)] : [],
      );
    case "ConditionalExpression":
      return [partOf(node.consequent), partOf(node.alternate)];
    case "LogicalExpression":
      return [partOf(node.right)];
    default:
      return [];
  }
}

const partOf = ({ type, start, end }: Node): Part =>
  type === "BlockStatement" ? { start: start + 1, end, isBlock: true } : { start, end, isBlock: false };
