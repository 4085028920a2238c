import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { feedSecret } from "#src/config/feed-address.ts";
import { folder } from "./folder.ts";

it("waits for no pipe and reads no device without end, where a feed's address should be", () => {
  using files = folder({});
  execFileSync("mkfifo", [files.path("pipe")]);

  for (const path of [files.path("pipe"), "/dev/zero"])
    expect(() => feedSecret({ path }, {})).toThrow("cannot be read (it is no plain file)");
});

it("reads an address as editors save it, and says in which way another file is none", () => {
  using files = folder({
    feed: "\uFEFFhttps://er.example/feed.ics\r\n",
    pages: "https://er.example/feed.ics?page=1\r\n\r\n  https://er.example/feed.ics?page=2\n",
    empty: "\n",
    huge: "x".repeat(100_000),
  });
  const read = (name: string) => feedSecret({ path: files.path(name) }, {});

  expect(read("feed")).toEqual(["https://er.example/feed.ics"]);
  expect(read("pages")).toEqual([1, 2].map((page) => `https://er.example/feed.ics?page=${page}`));
  expect(() => read("empty")).toThrow("is empty");
  expect(() => read("huge")).toThrow("too large");
  expect(() => read("missing")).toThrow("ENOENT");
});

it("of a variable that is named may stand in a file, which is read anew each time", () => {
  using files = folder({ feed: "https://roster.example/a.ics\nhttps://roster.example/b.ics\n" });
  const env = { ED_ROSTER_FILE: files.path("feed") };
  const read = (more: Readonly<Record<string, string>> = {}) =>
    feedSecret({ variable: "ED_ROSTER" }, { ...env, ...more });

  expect(read()).toEqual(["https://roster.example/a.ics", "https://roster.example/b.ics"]);
  files.write("feed", "https://roster.example/new.ics");
  expect(read()).toEqual(["https://roster.example/new.ics"]);
  expect(() => read({ ED_ROSTER: "https://secret.example" })).toThrow(
    "the environment variable ED_ROSTER_FILE: ED_ROSTER is set as well; leave one of the two empty",
  );
  expect(() => read({ ED_ROSTER_FILE: files.path("none") })).toThrow(
    "the environment variable ED_ROSTER_FILE: there is no such file",
  );
});
