import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PersonId } from "#src/domain/person.ts";
import type { Reply } from "#src/domain/reply.ts";
import { HOUR, later, type Instant } from "#src/domain/time.ts";
import { studyData } from "#src/study/dataset.ts";
import type { StudyRow, StudySource } from "#src/study/rows.ts";
import { longRows } from "#src/study/long-file.ts";
import { redcapImport } from "#src/study/redcap.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import { local } from "#test/support/programs.ts";
import { randomStudy, type RandomStudy } from "#test/support/random-studies.ts";

/** Milliseconds: a soak's many histories take their time. */
const PATIENCE = campaignSize({ usual: 60_000, long: 240_000, soak: 1_800_000 });
const RUNS = { numRuns: campaignSize({ quick: 10, usual: 40, long: 300, soak: 3_000 }) };
const START = local("2026-12-01T00:00");

/** What somebody had last said about the study at a moment, told from what they said and nothing else. */
const lastWord = ({ words }: RandomStudy, person: PersonId, at = Infinity) =>
  words.findLast((one) => one.person === person && later(START, one.hour * HOUR) <= at);

const standing = (
  { replies }: StudySource,
  person: PersonId,
  { occasion, item }: StudyRow,
): readonly Reply[] =>
  (replies.get(person) ?? []).filter(
    (one) => one.occasion === occasion && one.item === item && !one.superseded,
  );

const isTrust = ({ item }: StudyRow): boolean => item === "week-trust";

const newIds = () => (letter: string) => letter + randomBytes(5).toString("hex");

describe("what a study gets of random histories", { timeout: PATIENCE }, () => {
  // domain: A study gets answers only of two partners
  it("is of nobody who had not agreed when either of the two answered, or does not agree to the text of today", () => {
    let seen = 0;
    fc.assert(
      fc.property(randomStudy, (study) => {
        const { rows } = studyData(study.source)!;

        for (const row of rows) {
          const two = [row.resident, row.attending];
          for (const person of two) {
            const now = lastWord(study, person);
            expect({ person, yes: now?.yes, old: now?.old }).toEqual({ person, yes: true, old: false });
            expect(now?.trust !== true && isTrust(row)).toBe(false);
          }
          const moments = two.flatMap((person) =>
            standing(study.source, person, row).map(({ at }): Instant => at),
          );
          expect(moments.length).toBeGreaterThanOrEqual(2);
          for (const at of moments)
            for (const person of two) {
              expect(lastWord(study, person, at)?.yes).toBe(true);
              expect(lastWord(study, person, at)?.trust !== true && isTrust(row)).toBe(false);
            }
        }
        seen += rows.length;
      }),
      RUNS,
    );
    expect(seen).toBeGreaterThan(100);
  });

  it("is what stands: neither what was corrected since, nor what was taken back", () => {
    fc.assert(
      fc.property(randomStudy, ({ source }) => {
        const ordered = studyData(source)!.rows.filter(({ item }) => item !== "feedback");

        for (const row of ordered) {
          expect(standing(source, row.resident, row).at(-1)?.value).toBe(String(row.x));
          const own = standing(source, row.attending, row).filter(
            ({ about }) => about === undefined || about === row.resident,
          );
          expect(own.at(-1)?.value).toBe(String(row.y));
        }
      }),
      RUNS,
    );
  });

  it("tells nothing of a goal that was kept private, whenever that was said", () => {
    fc.assert(
      fc.property(randomStudy, ({ source }) => {
        const isPrivate = ({ resident, occasion }: StudyRow): boolean =>
          (source.replies.get(resident) ?? []).some(
            (one) => one.occasion === occasion && one.item === "share" && !one.superseded,
          );

        const told = studyData(source)!.rows.filter(
          ({ outcome, item }) => outcome !== undefined && !item.startsWith("week-"),
        );

        expect(told.filter(isPrivate)).toEqual([]);
      }),
      RUNS,
    );
  });

  it("stands on enough different residents and attendings, in each rotation and for each item", () => {
    fc.assert(
      fc.property(randomStudy, ({ source }) => {
        const { rows } = studyData(source)!;

        for (const group of Map.groupBy(rows, ({ rotation, item }) => `${rotation} ${item}`).values()) {
          expect(new Set(group.map(({ resident }) => resident)).size).toBeGreaterThanOrEqual(5);
          expect(new Set(group.map(({ attending }) => attending)).size).toBeGreaterThanOrEqual(3);
        }
      }),
      RUNS,
    );
  });

  it("has nothing any more of who withdraws, or is erased, and the rest does not grow by that", () => {
    fc.assert(
      fc.property(randomStudy, fc.constantFrom("r1", "r3", "a2"), ({ source }, id) => {
        const before = studyData(source)!.rows;
        const replies = new Map([...source.replies].filter(([person]) => person !== id));

        const { rows } = studyData({ ...source, replies })!;

        expect(rows.some(({ resident, attending }) => resident === id || attending === id)).toBe(false);
        const keyOf = (row: StudyRow) => JSON.stringify(row);
        const known = new Set(before.map(keyOf));
        for (const row of rows)
          expect(known.has(keyOf(row)) || (row.item.startsWith("week-") && row.outcome !== undefined)).toBe(
            true,
          );
      }),
      RUNS,
    );
  });

  // domain: A study gets random ids drawn for each export
  it("names nobody, and no id of one export stands in another", () => {
    fc.assert(
      fc.property(randomStudy, ({ source }) => {
        const { rows } = studyData(source)!;
        const one = longRows(rows, newIds());
        const other = longRows(rows, newIds());

        const words = (text: unknown) => new Set(JSON.stringify(text).match(/[\p{L}\p{N}@:+-]+/gu));
        const ids = (of: typeof one) =>
          new Set(of.flatMap((row) => [row.dyad, row.resident, row.attending, row.occasion, row.rotation]));
        expect([...ids(one)].filter((id) => ids(other).has(id))).toEqual([]);
        for (const { id, name } of source.program.people)
          for (const text of [one, redcapImport(one)]) {
            expect(words(text).has(id)).toBe(false);
            expect(JSON.stringify(text)).not.toContain(name);
          }
        expect(JSON.stringify(one)).not.toMatch(/\d{4}-\d{2}|T\d{2}:|ER/u);
        expect(one).toHaveLength(rows.length);
      }),
      RUNS,
    );
  });
});

it("a study that the program does not have has no data", () => {
  const [{ source }] = fc.sample(randomStudy, { numRuns: 1, seed: 1 }) as [RandomStudy];
  const { research: _, ...program } = source.program;

  expect(studyData({ ...source, program })).toBeUndefined();
});
