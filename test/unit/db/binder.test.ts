import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { binder } from "#db/statements/steps.ts";

it("a statement that is not given one of its values fails: as null it would find no row, and change none", () => {
  const bind = binder([sql.placeholder("stored")]);

  expect(bind({ stored: "text" })).toEqual(["text"]);
  expect(bind({ stored: null })).toEqual([null]);
  expect(() => bind({ context: "text" })).toThrow("not given its stored");
});
