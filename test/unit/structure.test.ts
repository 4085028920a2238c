import { describe, expect, it } from "vitest";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { codeOf, importsOf, sources } from "#test/support/imports.ts";
import type { Import } from "#test/support/imports.ts";

/** A part of the process, and what it may know. The table of docs/ARCHITECTURE.md; .oxlintrc.json teaches it while typing. */
interface Part {
  readonly is: RegExp;
  /** Our own files. */
  readonly knows: RegExp;
  /** Packages and Node's own modules. */
  readonly uses?: RegExp;
}

const INNERMOST = /^src\/(?:domain\/|card\/|errors\.ts$)/u;
const INNER = /^src\/(?:domain\/|card\/|ports\/|errors\.ts$)/u;
const CORE = /^src\/(?:domain\/|card\/|ports\/|flows\/|schedule\/|words\/|errors\.ts$|bot\.ts$)/u;
const TEMPORAL = /^temporal-polyfill$/u;
const ANYTHING = /^/u;

const PARTS: Readonly<Record<string, Part>> = {
  "domain, card, errors": { is: INNERMOST, knows: INNERMOST, uses: TEMPORAL },
  ports: { is: /^src\/ports\//u, knows: INNER },
  "flows, schedule, words, bot, engine": {
    is: /^src\/(?:flows\/|schedule\/|words\/|bot\.ts$|engine\.ts$)/u,
    knows: CORE,
    uses: TEMPORAL,
  },
  "roster: text, formats, change, reading": {
    is: /^src\/roster\/(?!watch\/)/u,
    knows: /^src\/(?:roster\/(?!watch\/)|domain\/|card\/|ports\/|errors\.ts$)/u,
    uses: ANYTHING,
  },
  "roster: watch": {
    is: /^src\/roster\/watch\//u,
    knows: /^src\/(?:roster|domain|card|ports|schedule)\/|^src\/errors\.ts$/u,
    uses: ANYTHING,
  },
  ops: { is: /^src\/ops\//u, knows: /^src\/(?:ops|domain|card|ports)\/|^src\/errors\.ts$/u, uses: ANYTHING },
  config: {
    is: /^src\/config(?:\/|\.ts$)/u,
    knows: /^src\/(?:config|roster|domain|card|ports)\/|^src\/(?:config|errors)\.ts$/u,
    uses: ANYTHING,
  },
  adapters: { is: /^adapters\//u, knows: /^src\/(?:ports|card|domain)\/|^src\/errors\.ts$/u, uses: ANYTHING },
  db: { is: /^db\//u, knows: /^db\/|^src\/(?:ports|domain|card)\/|^src\/errors\.ts$/u, uses: ANYTHING },
  "composition, runtime, commands, simulation": {
    is: /^src\/(?:composition\/|runtime\/|commands\/|command-line\/|entry\/|simulation\/|(?:main|cli)\.ts$)/u,
    knows: /^(?:src|adapters|db)\//u,
    uses: ANYTHING,
  },
};

const files = sources("src", "adapters", "db");
const partOf = (file: string): Part | undefined => Object.values(PARTS).find(({ is }) => is.test(file));
const told = ({ file, target }: Import): string => `${file} imports ${target}`;

describe("the structure", () => {
  it("has a place in the table for every file", () => {
    expect(files.filter((file) => partOf(file) === undefined)).toEqual([]);
  });

  it.each(Object.entries(PARTS))("%s: arrows point inward", (_, { is, knows, uses }) => {
    const mine = files.filter((file) => is.test(file) && partOf(file)?.is === is);

    const wrong = mine.flatMap(importsOf).filter(({ file, target, isOurs }) => {
      const isSibling = isOurs && is.test(target) && adapterOf(file) === adapterOf(target);
      return !isSibling && !(isOurs ? knows.test(target) : uses?.test(target) === true);
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

  it("has no two files that lead to each other, by types neither", () => {
    const targets = new Map(
      files.map((file) => [file, importsOf(file).flatMap(({ target, isOurs }) => (isOurs ? [target] : []))]),
    );
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      const since = path.indexOf(file);
      if (since >= 0) circles.push([...path.slice(since), file].join(" → "));
      if (since >= 0 || done.has(file)) return;
      for (const target of targets.get(file) ?? []) visit(target, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);

    expect(circles).toEqual([]);
  });

  it("has no two folders that import each other, by types neither", () => {
    const between = new Set(
      files.flatMap(importsOf).flatMap(({ file, target, isOurs }) => {
        const [from, to] = [roomOf(file), roomOf(target)];
        return isOurs && from !== to ? [`${from} → ${to}`] : [];
      }),
    );

    const mutual = [...between].filter((one) => between.has(one.split(" → ").toReversed().join(" → ")));

    expect(mutual).toEqual([]);
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
