import { createHash } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, it } from "vitest";
import type { StoredProgram } from "#src/commands/stored-program.ts";
import { exportInto, studyFiles } from "#src/commands/study/export.ts";
import { madeUpStudy, type MadeUp } from "#src/simulation/made-up-study.ts";
import { seeded } from "#src/simulation/random.ts";
import { simulate } from "#src/simulation/simulate.ts";
import type { PersonId } from "#src/domain/person.ts";
import { SILENT } from "#test/support/attune.ts";
import { redcapProblems } from "#test/support/redcap-rules.ts";
import { folder } from "../unit/config/folder.ts";

/** A week of four residents who answer by chance all that they are asked, through the whole engine. */
const TRUTH = { equal: { first: 0.4, last: 0.7 }, bias: 0.6, answering: 0.9 };
const WEEKS = 1;
/** So small that a test may live it. */
const MINIMUM = { residents: 2, attendings: 2 };

interface Lived {
  readonly written: {
    readonly modes: readonly number[];
    readonly audited: readonly string[];
    readonly again: string;
  };
  readonly madeUp: MadeUp;
  readonly files: ReadonlyMap<string, string>;
  readonly others: ReadonlyMap<string, string>;
  readonly afterLeaving: ReadonlyMap<string, string>;
}

const ids = (seed: number) => {
  const random = seeded(seed);
  return (letter: string) => `${letter}${String(random()).slice(2, 12)}`;
};

let lived: Lived;

beforeAll(async () => {
  const made = madeUpStudy(4, WEEKS, TRUTH, seeded(3));
  const policy = { ...made.program.policy, aggregate: MINIMUM };
  const madeUp = { ...made, program: { ...made.program, policy } };
  let found: Lived | undefined;
  await simulate({
    ...madeUp,
    random: seeded(4),
    log: SILENT,
    emit() {},
    async ended(store) {
      const stored = { program: madeUp.program, store, now: madeUp.to };
      const files = new Map(await studyFiles(stored, ids(1)));
      const others = new Map(await studyFiles(stored, ids(2)));
      const written = await writes(stored);
      await store.recordResearch({
        event: "out",
        person: "r1" as PersonId,
        now: madeUp.to,
        version: madeUp.program.research!.version,
        takesPart: false,
        withTrust: false,
      });
      await store.erase("r2" as PersonId, madeUp.to, "test");
      found = { madeUp, written, files, others, afterLeaving: new Map(await studyFiles(stored, ids(3))) };
    },
  });
  lived = found!;
}, 240_000);

/** Writes an export into a folder, and tries it there again. */
async function writes(stored: StoredProgram): Promise<Lived["written"]> {
  using files = folder({});
  const audited: string[] = [];
  const store = {
    ...stored.store,
    audit: async (...[actor, what, subject]: Parameters<typeof stored.store.audit>) => {
      audited.push(`${actor} ${what} ${subject}`);
    },
  };
  const output = { line() {}, text() {}, note() {}, progress() {} };
  const out = files.path("out");
  await exportInto(out, { ...stored, store }, output);
  const again = await exportInto(out, { ...stored, store }, output).then(
    () => "",
    (error: Error) => error.message,
  );
  const modes = readdirSync(out).map((name) => statSync(join(out, name)).mode & 0o777);
  return { modes, audited, again };
}

const rows = (of: ReadonlyMap<string, string>) =>
  parse(of.get("restricted-pairs.csv")!, { columns: true }) as Record<string, string>[];

describe("an export", () => {
  it("has the columns of the pair-level long file, and answers of every kind that was asked", () => {
    const found = rows(lived.files);

    expect(Object.keys(found[0]!).join(",")).toBe(
      "dyad,resident,attending,occasion,week_no,form,version,item,x_resident,y_attending,x_c,y_c,xx,xy,yy,settled,happened,outcome,rotation",
    );
    expect(new Set(found.map(({ item }) => item))).toEqual(
      new Set(["help", "call", "feedback", "happened", "week-goal", "week-strategy"]),
    );
    expect(new Set(found.map(({ week_no }) => week_no))).toEqual(new Set(["1"]));
    for (const key of ["settled", "happened", "outcome"])
      expect(found.some((row) => row[key] !== "")).toBe(true);
    for (const row of found.filter(({ item }) => item === "help")) {
      expect(Number(row["x_c"])).toBe(Number(row["x_resident"]) - 2.5);
      expect(Number(row["xy"])).toBeCloseTo(Number(row["x_c"]) * Number(row["y_c"]), 9);
    }
  });

  it("passes REDCap's published rules", () => {
    expect(
      redcapProblems(
        lived.files.get("redcap-dictionary.csv")!,
        lived.files.get("restricted-redcap-import.csv")!,
      ),
    ).toEqual([]);
  });

  it("has every answer of the long file in REDCap's, too", () => {
    const imported = parse(lived.files.get("restricted-redcap-import.csv")!, { columns: true }) as Record<
      string,
      string
    >[];
    const answers = rows(lived.files).map(
      (row) => `${row["dyad"]} ${row["occasion"]} ${row["item"]} ${row["x_resident"]} ${row["y_attending"]}`,
    );

    const found = imported.flatMap((line) =>
      Object.keys(line)
        .filter((column) => column.endsWith("_r") && line[column] !== "")
        .map((column) => {
          const item = column.slice(0, -2);
          const occasion = line["shift_occasion"] === "" ? line["check_in_occasion"] : line["shift_occasion"];
          return `${line["record_id"]} ${occasion} ${item.replaceAll("_", "-")} ${line[column]} ${line[`${item}_a`]}`;
        }),
    );

    expect(found.toSorted()).toEqual(answers.toSorted());
  });

  it("says in its manifest what it holds, with checksums that are right", () => {
    const manifest = JSON.parse(lived.files.get("manifest.json")!) as {
      status: string;
      counts: { rows: number; dyads: number };
      files: { name: string; sha256: string }[];
    };

    expect(manifest.status).toBe("restricted");
    expect(manifest.counts.rows).toBe(rows(lived.files).length);
    for (const { name, sha256 } of manifest.files)
      expect(createHash("sha256").update(lived.files.get(name)!).digest("hex")).toBe(sha256);
    expect([...lived.files.values()].join("\n")).not.toMatch(/anonymous/iu);
  });

  it("tells no name, id, date or time, and no id of another export", () => {
    const restricted = [...lived.files]
      .filter(([name]) => name.startsWith("restricted"))
      .map(([, text]) => text)
      .join("\n");

    for (const { id, name } of lived.madeUp.program.people) {
      expect(restricted).not.toContain(name);
      expect(restricted.split(/[,\r\n]/u)).not.toContain(id);
    }
    expect(restricted).not.toMatch(/\d{4}-\d{2}-\d{2}|\d{2}:\d{2}/u);
    const idsOf = (of: ReadonlyMap<string, string>) =>
      new Set(
        rows(of).flatMap(({ dyad, resident, attending, occasion, rotation }) => [
          dyad,
          resident,
          attending,
          occasion,
          rotation,
        ]),
      );
    expect([...idsOf(lived.files)].filter((id) => idsOf(lived.others).has(id))).toEqual([]);
  });

  it("has no more of who has withdrawn or was erased", () => {
    const residents = (of: ReadonlyMap<string, string>) =>
      new Set(rows(of).map(({ resident }) => resident)).size;

    expect(residents(lived.files)).toBe(4);
    expect(residents(lived.afterLeaving)).toBe(2);
  });

  it("stands in the audit log, is readable by its owner alone, and never gets mixed with another", () => {
    expect(lived.written.audited).toEqual(["command-line study-export made-up"]);
    expect(lived.written.modes).toEqual([0o600, 0o600, 0o600, 0o600, 0o600]);
    expect(lived.written.again).toContain("is not empty: name a new folder");
  });
});
