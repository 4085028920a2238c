import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { ROSTER_FORMATS } from "#src/roster/text/reader.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");
const isThere = (path: string): boolean => existsSync(join(ROOT, path));
const PAGES = globSync(["*.md", "docs/**/*.md"], { cwd: ROOT }).map((file) =>
  relative(ROOT, join(ROOT, file)),
);
const manifest = JSON.parse(read("package.json")) as { version: string; scripts: Record<string, string> };

/** A link to a page or a heading of ours, from [text](target), `![…]` and link references. */
const LINK = /\]\((?!\w+:)(?<target>[^)\s]+)\)/gu;
/** A path from the root in code type: `src/roster/csv.ts`, `adapters/`. What has a placeholder in it is none. */
const PATH = /`(?<path>(?:\.github|adapters|bench|db|docs|ops|program|src|test)\/[\w./-]*)`/gu;
const SCRIPT = /\bnpm run (?:-s )?(?<name>[\w:]+)/gu;

/** What GitHub makes a heading's anchor of: small letters, hyphens for spaces, no other signs. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s-]/gu, "")
    .replaceAll(/\s/gu, "-");
const anchorsOf = (page: string): readonly string[] =>
  [...read(page).matchAll(/^#+ (?<heading>.+)$/gmu)].map((match) => anchor(match.groups?.["heading"] ?? ""));

function isReached(page: string, target: string): boolean {
  const [path = "", heading] = target.split("#");
  const file = path === "" ? page : posix.join(dirname(page), path);
  return isThere(file) && (heading === undefined || anchorsOf(file).includes(heading));
}

describe("the docs", () => {
  it.each(PAGES)("%s links to what is there", (page) => {
    const links = [...read(page).matchAll(LINK)].map((match) => match.groups?.["target"] ?? "");

    expect(links.filter((target) => !isReached(page, target))).toEqual([]);
  });

  // Decisions and the changelog tell of the code as it was.
  it.each(PAGES.filter((page) => !page.startsWith("docs/decisions/") && page !== "CHANGELOG.md"))(
    "%s names files and scripts that are there",
    (page) => {
      const text = read(page);

      const paths = [...text.matchAll(PATH)].map((match) => match.groups?.["path"] ?? "");
      const scripts = [...text.matchAll(SCRIPT)].map((match) => match.groups?.["name"] ?? "");

      expect(paths.filter((path) => !isThere(path))).toEqual([]);
      expect(scripts.filter((name) => !(name in manifest.scripts))).toEqual([]);
    },
  );

  it.each(["docs/rosters.md", "program/program.yaml"])("%s names every format of a roster", (page) => {
    expect(ROSTER_FORMATS.filter((format) => !read(page).includes(format))).toEqual([]);
  });

  it("the changelog tells of this version, and of what is to come", () => {
    const headings = [...read("CHANGELOG.md").matchAll(/^## (?<heading>\S+)/gmu)].map(
      (match) => match.groups?.["heading"],
    );

    expect(headings.slice(0, 2)).toEqual(["Unreleased", manifest.version]);
    expect(JSON.parse(read("package-lock.json"))).toMatchObject({ version: manifest.version });
  });

  it("the picture that the readme shows moves, and is small enough to be waited for", () => {
    const picture = "docs/playground.gif";

    expect(read("README.md")).toContain(`](${picture})`);
    expect(statSync(join(ROOT, picture)).size).toBeLessThan(2_000_000);
    // What makes a GIF go round and round.
    expect(readFileSync(join(ROOT, picture), "latin1")).toMatch(/^GIF89a[\s\S]*NETSCAPE2\.0/u);
  });

  it("the workflow runs the two commands of the readme, on the Node that .nvmrc names", () => {
    const workflow = read(".github/workflows/ci.yml");

    const commands = [...workflow.matchAll(/- run: (?<command>.+)$/gmu)].map(
      (match) => match.groups?.["command"],
    );

    expect(commands).toEqual(["npm ci", "npm test"]);
    expect(workflow).toContain("node-version-file: .nvmrc");
  });
});
