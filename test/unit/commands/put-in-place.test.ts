import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { putInPlace } from "#src/commands/put-in-place.ts";
import { folder } from "../config/folder.ts";

it("writes a roster to a draft of its own, so that two imports at once never put half of one in place", () => {
  using files = folder({ "roster.csv": "old", "new.csv": "new", "roster.csv.draft": "another import's" });

  putInPlace(files.path("new.csv"), files.path("roster.csv"));

  expect(readFileSync(files.path("roster.csv"), "utf8")).toBe("new");
  expect(readFileSync(files.path("roster.csv.before"), "utf8")).toBe("old");
  expect(readFileSync(files.path("roster.csv.draft"), "utf8")).toBe("another import's");
});

it("leaves no draft of a roster that cannot be put in place", () => {
  using files = folder({ "roster.csv": "old", "roster.csv.before/in-the-way": "", "new.csv": "new" });

  expect(() => putInPlace(files.path("new.csv"), files.path("roster.csv"))).toThrow(
    /roster\.csv\.before cannot be written \((?:EISDIR|ENOTEMPTY|EEXIST)\): let whoever runs this command write/u,
  );

  expect(readFileSync(files.path("roster.csv"), "utf8")).toBe("old");
  expect(readdirSync(files.path(".")).filter((name) => name.endsWith(".draft"))).toEqual([]);
});
