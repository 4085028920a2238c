import { readFileSync } from "node:fs";
import { parseSync, visitorKeys, type Node } from "oxc-parser";
import { describe, expect, it } from "vitest";
import * as tables from "#db/schema/sqlite.ts";
import { nudgeLife } from "#db/store/nudge-life.ts";
import { NUDGE_LIFE } from "#src/domain/nudge-life.ts";
import { sources } from "#test/support/imports.ts";

const LIFE = "db/store/nudge-life.ts";

/** The columns that a source writes: what it names in what it gives to `set`, `values` or `nudgeChange`, there or under a name. */
function columnsWritten(source: string): ReadonlySet<string> {
  const nodes = nodesIn(parseSync("file.ts", source).program);
  const named = new Map(
    nodes.flatMap((one) =>
      one.type === "VariableDeclarator" && one.id.type === "Identifier" && one.init !== null
        ? [[one.id.name, one.init]]
        : [],
    ),
  );
  const given = nodes.flatMap((one) => {
    if (one.type !== "CallExpression") return [];
    const { callee, arguments: args } = one;
    const property = callee.type === "MemberExpression" ? callee.property : callee;
    const name = property.type === "Identifier" ? property.name : "";
    // A map's "set" is given two.
    const isWrite = name === "set" || name === "values" ? args.length === 1 : name === "nudgeChange";
    return isWrite ? args : [];
  });
  const columns = new Set<string>();
  const seen = new Set<Node>();
  for (const next: Node[] = [...given]; next.length > 0;) {
    const one = next.pop()!;
    if (seen.has(one)) continue;
    seen.add(one);
    for (const node of nodesIn(one)) {
      if (node.type === "Property" && node.key.type === "Identifier") columns.add(node.key.name);
      const name = node.type === "SpreadElement" ? node.argument : one;
      const value = name.type === "Identifier" ? named.get(name.name) : undefined;
      if (value !== undefined) next.push(value);
    }
  }
  return columns;
}

function nodesIn(root: Node): readonly Node[] {
  const all: Node[] = [root];
  for (const one of all)
    for (const key of visitorKeys[one.type] ?? []) {
      const below = (one as unknown as Record<string, Node | readonly (Node | null)[] | null>)[key];
      for (const each of Array.isArray(below) ? below : [below]) if (each) all.push(each as Node);
    }
  return all;
}

describe("What changes a nudge's state", () => {
  it("is a transition for each of the rules, and no other", () => {
    const { reminder: _, expireShown: _shown, closeTried: _tried, ...life } = nudgeLife(tables);

    expect(Object.keys(life).toSorted()).toEqual(Object.keys(NUDGE_LIFE).toSorted());
  });

  it("is written in one file", () => {
    const writers = sources("db").filter((file) => {
      const columns = columnsWritten(readFileSync(file, "utf8"));
      return columns.has("state") || columns.has("reminder");
    });

    expect(writers.filter((file) => file !== LIFE)).toEqual([]);
  });

  it.each([
    ["in place", `db.update(t).set({ state: "sent" })`],
    ["in SQL", "db.update(t).set({ ...over, state: sql`case when x then 'sent' end` }).where(that)"],
    ["under a name", `const ended = { state: "expired" as const }; db.update(t).set({ ...ended, now });`],
    ["by a change", `nudgeChange(t, { state: "sending" }, mine)`],
    ["at once", `db.insert(t).values({ program, state: "planned" })`],
  ])("would be found elsewhere, %s", (_how, source) => {
    expect(columnsWritten(source)).toContain("state");
  });
});
