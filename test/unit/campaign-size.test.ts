import { describe, expect, it } from "vitest";
import { codeOf, importsOf, sources } from "#test/support/imports.ts";

const HOME = "test/support/campaign-size.ts";
/** In two pieces: this file names what it looks for. */
const WISH = /ATTUNE_(?:CAMP)AIGNS|ATTUNE_(?:SO)AK/u;

describe("how large a campaign is", () => {
  it("is read from the environment in one place", () => {
    const reading = sources("test", "bench").filter((file) => WISH.test(codeOf(file)));

    expect(reading).toEqual([HOME]);
  });

  it("is asked for by test files only, which the long run finds by that", () => {
    const asking = sources("test")
      .filter((file) => importsOf(file).some(({ target }) => target === HOME))
      .filter((file) => !file.endsWith(".test.ts"));

    expect(asking).toEqual([]);
  });
});
