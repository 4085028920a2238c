import { describe, expect, it } from "vitest";
import { mutationsOf } from "#test/support/mutations.ts";

/** All versions of a source that are one slip away from it. */
const slips = (source: string) => mutationsOf("rule.ts", source).map((one) => one.source);

describe("the slips that tests are tried with", () => {
  it.each([
    ["a === b;", ["a !== b;"]],
    ["a < b;", ["a <= b;"]],
    ["a && b;", ["a || b;"]],
    ["a ?? b;", ["a && b;"]],
    ["(a) + b;", ["(a) - b;"]],
    ["!a;", ["a;"]],
    ["all.some(f);", ["all.every(f);"]],
    ["const a = true;", ["const a = false;"]],
    ["const a = 1;", ["const a = 2;", "const a = 0;"]],
    ["if (a) b();", ["if (!(a)) b();"]],
    ["const f = () => { return a; };", ["const f = () => { return undefined; };"]],
  ])("“%s” has these: %j", (source, expected) => {
    expect(slips(source)).toEqual(expected);
  });

  it.each([
    "// a === b",
    'const a = "a === b";',
    'import { some } from "./a-1.ts";',
    "type A = 1 | true;",
    "interface A { readonly a: 1 }",
    "const f = () => { return undefined; };",
  ])("“%s” has none: only what runs is changed", (source) => {
    expect(slips(source)).toEqual([]);
  });

  it("changes an expression whatever types are said of it, and never to what does not parse", () => {
    expect(slips("(a === b) as true;")).toEqual(["(a !== b) as true;"]);
    expect(slips("(a ?? b) || c;")).toEqual(["(a ?? b) && c;", "(a && b) || c;"]);
    expect(slips("a ?? b ?? c;")).toEqual([]);
  });

  it("says where it is: the line, and the expression before and after", () => {
    const [slip] = mutationsOf("rule.ts", "const a = 'x';\nconst b =\n  a > c;");

    expect(slip).toMatchObject({ file: "rule.ts", line: 3, before: "a > c", after: "a >= c" });
  });
});
