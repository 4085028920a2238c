import { describe, expect, it } from "vitest";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { codeOf, importsOf, sourceOf, sources } from "#test/support/imports.ts";
import type { Import } from "#test/support/imports.ts";

/** A row of the table in docs/ARCHITECTURE.md, "Who may import whom"; .oxlintrc.json warns of the same while typing. */
interface Part {
  /** Files and folders; what is in one row may import each other. */
  readonly is: readonly string[];
  /** Our own files and folders that it may import besides. */
  readonly knows: readonly string[];
  readonly uses: "any" | "none" | "temporal-polyfill";
}

const CORE = ["src/domain", "src/card", "src/ports", "src/errors.ts"];

const PARTS: readonly Part[] = [
  { is: ["src/domain", "src/card", "src/errors.ts"], knows: [], uses: "temporal-polyfill" },
  { is: ["src/ports"], knows: ["src/domain", "src/card", "src/errors.ts"], uses: "none" },
  {
    is: ["src/flows", "src/schedule", "src/words", "src/bot.ts", "src/engine.ts"],
    knows: CORE,
    uses: "temporal-polyfill",
  },
  { is: ["src/study"], knows: [...CORE, "src/words"], uses: "none" },
  { is: ["src/roster"], knows: CORE, uses: "any" },
  { is: ["src/ops"], knows: CORE, uses: "any" },
  { is: ["src/config", "src/config.ts"], knows: [...CORE, "src/roster"], uses: "any" },
  { is: ["adapters"], knows: CORE, uses: "any" },
  { is: ["db"], knows: CORE, uses: "any" },
  {
    is: [
      "src/composition",
      "src/runtime",
      "src/commands",
      "src/command-line",
      "src/simulation",
      "src/entry",
      "src/main.ts",
      "src/cli.ts",
    ],
    knows: ["src", "adapters", "db"],
    uses: "any",
  },
];

const files = sources("src", "adapters", "db");
const isIn = (file: string, place: string): boolean => file === place || file.startsWith(`${place}/`);
/** The part with the longest path to a file: `src/roster/watch` before `src/roster`. */
const partOf = (file: string): Part | undefined =>
  PARTS.flatMap((part) =>
    part.is.filter((place) => isIn(file, place)).map((place) => ({ part, place })),
  ).toSorted((a, b) => b.place.length - a.place.length)[0]?.part;
/** As the page has it: each row's parts, what they may import, and packages. */
const tableOf = (page: string): readonly Part[] => {
  const section = page.split("## Who may import whom")[1]?.split("\n## ")[0] ?? "";
  const named = (cell = ""): readonly string[] =>
    [...cell.matchAll(/`([^`]+)`/gu)].map(([, name = ""]) => name);
  return section
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .map(([, is, knows, uses]) => ({ is: named(is), knows: named(knows), uses: uses as Part["uses"] }));
};
const sorted = (parts: readonly Part[]): readonly Part[] =>
  parts.map((part) => ({ ...part, is: part.is.toSorted(), knows: part.knows.toSorted() }));
const told = ({ file, target }: Import): string => `${file} imports ${target}`;

describe("the structure", () => {
  it("has a place in the table for every file", () => {
    expect(files.filter((file) => partOf(file) === undefined)).toEqual([]);
  });

  it("is the table that the architecture page shows", () => {
    const shown = tableOf(sourceOf("docs/ARCHITECTURE.md"));

    expect(sorted(shown)).toEqual(sorted(PARTS));
  });

  it.each(PARTS)("$is.0: imports point inward", (part) => {
    const mine = files.filter((file) => partOf(file) === part);

    const wrong = mine.flatMap(importsOf).filter(({ file, target, isOurs }) => {
      if (!isOurs) return part.uses !== "any" && target !== part.uses;
      const isSibling = partOf(target) === part && adapterOf(file) === adapterOf(target);
      return !isSibling && !part.knows.some((place) => isIn(target, place));
    });

    expect(mine).not.toEqual([]);
    expect(wrong.map(told)).toEqual([]);
  });

  it("lets an adapter run nothing of the domain but time, person and nudge: rules are reached through ports", () => {
    const wrong = sources("adapters")
      .flatMap(importsOf)
      .filter(({ target, isType }) => !isType && /^src\/domain\/(?!time|person|nudge)/u.test(target));

    expect(wrong.map(told)).toEqual([]);
  });

  it("has no circle of files, by types neither", () => {
    expect(circlesIn(files.flatMap(importsOf).filter(({ isOurs }) => isOurs))).toEqual([]);
  });

  it("has no circle of folders, by types neither", () => {
    const between = files
      .flatMap(importsOf)
      .filter(({ isOurs }) => isOurs)
      .map(({ file, target }) => ({ file: roomOf(file), target: roomOf(target) }))
      .filter(({ file, target }) => file !== target);

    expect(circlesIn(between)).toEqual([]);
  });

  it("knows botbuilder and Bolt in their adapters only", () => {
    const wrong = files
      .flatMap(importsOf)
      .filter(
        ({ file, target }) =>
          /^(?:botbuilder|@slack\/)/u.test(target) && !/^adapters\/(?:slack|teams)\//u.test(file),
      );

    expect(wrong.map(told)).toEqual([]);
  });

  it("knows botbuilder in one file, which a newer SDK will take the place of", () => {
    const importers = sources("src", "adapters", "db", "test")
      .flatMap(importsOf)
      .filter(({ target }) => /^bot(?:builder|framework)/u.test(target))
      .map(({ file }) => file);

    expect(importers).toEqual(["adapters/teams/host.ts"]);
  });

  it("knows a platform by its name in one list only", () => {
    const others = sources("src", "db").filter((file) => file !== LIST && !file.startsWith("src/words/"));
    const naming = others.flatMap((file) => {
      const words = wordsOf(codeOf(file));
      return PLATFORMS.filter(({ name }) => words.has(name)).map(({ name }) => `${file} names ${name}`);
    });

    expect(naming).toEqual([]);
  });

  it("lists every platform that describes itself, under the name of its folder", () => {
    const described = sources("adapters").flatMap(
      (file) => /^adapters\/([^/]+)\/index\.ts$/u.exec(file)?.[1] ?? [],
    );

    expect(PLATFORMS.map(({ name }) => name).toSorted()).toEqual(described.toSorted());
  });

  it("holds every platform to the contracts of all platforms", () => {
    const held = (platform: string) =>
      ["messenger", "render", "inbound"].filter((contract) =>
        sources("test/contract").some(
          (file) =>
            file.startsWith(`test/contract/${platform}-`) && sourceOf(file).includes(`"./${contract}.ts"`),
        ),
      );

    for (const { name } of [...PLATFORMS, { name: "web" }])
      expect([name, ...held(name)]).toEqual([name, "messenger", "render", "inbound"]);
  });

  it("loads the SDK of no platform with the list of them", () => {
    const loaded = new Set<string>();
    const packages: string[] = [];
    const load = (file: string): void => {
      if (loaded.has(file)) return;
      loaded.add(file);
      for (const one of importsOf(file).filter(({ isType, isLazy }) => !isType && !isLazy)) {
        if (one.isOurs) load(one.target);
        else if (!one.target.startsWith("node:")) packages.push(told(one));
      }
    };
    load(LIST);

    expect([...loaded].filter((file) => file.endsWith("/index.ts"))).toHaveLength(PLATFORMS.length);
    expect(packages).toEqual([]);
  });

  it("asks nobody but its clock what time it is", () => {
    const pure = sources("src/domain", "src/card", "src/flows", "src/schedule", "src/words");

    const asking = pure.filter((file) =>
      /\bDate\.now\b|\bnew Date\(\s*\)|\bTemporal\.Now\b/u.test(codeOf(file)),
    );

    expect(asking).toEqual([]);
  });

  it("leaves chance to whoever calls the rules", () => {
    const pure = sources("src/domain", "src/card", "src/flows", "src/schedule", "src/words");

    expect(pure.filter((file) => /\bMath\.random\b|\brandomUUID\b/u.test(codeOf(file)))).toEqual([]);
  });

  it("reads the environment at its doors only", () => {
    const doors = /^src\/config\.ts$|^src\/composition\/start\.ts$|^src\/command-line\/cli\.ts$/u;

    const reading = files.filter((file) => !doors.test(file) && /\bprocess\.env\b/u.test(codeOf(file)));

    expect(reading).toEqual([]);
  });

  it("speaks English and Japanese", () => {
    expect(files).toEqual(expect.arrayContaining(["src/words/en.ts", "src/words/ja.ts"]));
  });
});

const LIST = "src/composition/platforms.ts";

/** The words of code in small letters: "slackSettings", "SLACK_BOT_TOKEN" and "#adapters/slack" have "slack" among them. */
const wordsOf = (code: string): ReadonlySet<string> =>
  new Set([...code.matchAll(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/gu)].map(([word]) => word.toLowerCase()));

const adapterOf = (file: string): string | undefined => /^adapters\/[^/]+/u.exec(file)?.[0];

/** The folder that a file stands in; a file at the top of `src` stands for itself. */
const roomOf = (file: string): string =>
  /^src\/[^/]+$/u.test(file) ? file : file.slice(0, file.lastIndexOf("/"));

/** The circles that imports make, as "a → b → a". */
function circlesIn(imports: readonly Pick<Import, "file" | "target">[]): readonly string[] {
  const from = Map.groupBy(imports, ({ file }) => file);
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (place: string, path: readonly string[]): void => {
    const since = path.indexOf(place);
    if (since >= 0) circles.push([...path.slice(since), place].join(" → "));
    if (since >= 0 || done.has(place)) return;
    for (const { target } of from.get(place) ?? []) visit(target, [...path, place]);
    done.add(place);
  };
  for (const place of from.keys()) visit(place, []);
  return circles;
}
