import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { makeFolders } from "#src/composition/make-folders.ts";
import { codeOf, sources } from "#test/support/imports.ts";
import { folder } from "../config/folder.ts";

describe("folders that are to be made", () => {
  it("are made with those that they are in, and again without a word", () => {
    using place = folder({});
    const deep = place.path("a/b/c");

    makeFolders(deep);
    makeFolders(deep);

    expect(existsSync(deep)).toBe(true);
  });

  it("say why where they cannot be made", () => {
    using place = folder({ file: "" });

    expect(() => makeFolders(place.path("file"))).toThrow(expect.objectContaining({ code: "ENOTDIR" }));
    expect(() => makeFolders(place.path("file/a"))).toThrow(expect.objectContaining({ code: "ENOTDIR" }));
  });

  it.runIf(process.platform === "linux")("end on a file system that has no new ones", () => {
    expect(() => makeFolders("/proc/nowhere/a/b")).toThrow(expect.objectContaining({ code: "ENOENT" }));
  });

  it("are made by this one way only: Node's own recursion never ends there", () => {
    const others = sources("src", "adapters", "db").filter((file) =>
      /mkdir(?:Sync)?\([^)]*recursive: true/u.test(codeOf(file)),
    );

    expect(others).toEqual([]);
  });
});
