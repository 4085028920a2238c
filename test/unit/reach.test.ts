import { describe, expect, it } from "vitest";
import { markAt, withMarks } from "#test/support/reach.ts";

/** A source with its marks, each as the place where its part begins. */
const marked = (source: string): string =>
  withMarks("rule.ts", source)
    .replace(/^import [^;]*; /u, "")
    .replaceAll(/reached_\("rule\.ts:(\d+)"\)/gu, "$1");

describe("the marks that tell which tests come by a part of the code", () => {
  it.each([
    ["const f = () => a;", "const f = () => (16, a);"],
    ["const f = () => ({ a });", "const f = () => (16, ({ a }));"],
    ["function f() { return a; }", "function f() {14; return a; }"],
    ["if (a) { b(); } else { c(); }", "if (a) {8; b(); } else {22; c(); }"],
    ["a ? b : c;", "a ? (4, b) : (8, c);"],
    ["a && b.c(d);", "a && (5, b.c(d));"],
    ["try { a(); } catch { b(); }", "try { a(); } catch {20; b(); }"],
  ])("“%s” has these: “%s”", (source, expected) => {
    expect(marked(source)).toBe(expected);
  });

  it("finds the innermost that is passed before a place, and none for what runs as the file is loaded", () => {
    const source = "const a = 1; const f = (b) => b === 2 && b.c(3);";
    const at = (text: string) => markAt("rule.ts", source, source.indexOf(text));

    expect(at("1")).toBeUndefined();
    expect(at("===")).toBe("rule.ts:30");
    expect(at("&&")).toBe("rule.ts:30");
    expect(at("3")).toBe("rule.ts:41");
  });
});
