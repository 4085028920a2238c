import { z } from "zod";
import type { InEach } from "../domain/locale.ts";
import type { Goal } from "../domain/program.ts";
import { paragraphsOf } from "../domain/research.ts";
import { zoneOf } from "../domain/time.ts";
import { parseWall } from "#src/roster/text/dates/wall.ts";
import { policyShape } from "./policy-shape.ts";
import { idShape, line, noAddress } from "./shapes.ts";
import { sourceShape } from "./source-shape.ts";

const error = "a date of the calendar from 1970 to 2199; write it as 2026-11-30";
const date = z
  .string({ error })
  .refine((text) => /^(?:19[7-9]|2[01]\d)\d-..-..$/u.test(text) && parseWall(text) !== undefined, { error });

export const localeShape = z.enum(["en", "ja"], { error: "a language that Attune speaks; write en or ja" });

const zoneError = "a time zone of the IANA database; write one such as Asia/Tokyo";
const fixedError =
  "a place's time zone (EST and its like have no summer time, and Etc/GMT+9 is nine hours behind); write one such as America/New_York";
export const timeZoneShape = z
  .string({ error: zoneError })
  .trim()
  .refine(isZone, { error: zoneError, abort: true })
  .refine((name) => !/^(?:[EHM]ST|Etc\/GMT[+-]\d+)$/iu.test(name), { error: fixedError });

/** Offsets such as +09:00 pass Temporal but have no summer time. */
function isZone(name: string): boolean {
  try {
    zoneOf(name);
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}

const rotation = z.strictObject({
  name: line("a name"),
  from: date,
  to: date,
  residents: z.array(idShape, { error: "a list of ids; write [r1, r2]" }).optional(),
});

const texts = (what: string) => ({ en: line(`${what} in English`), ja: line(`${what} in Japanese`) });

/** The longest that people read on a phone, in letters. */
const LONGEST_TEXT = 2_000;

/** More of them would push the buttons out of a message: Slack takes 50 blocks. */
const MOST_PARAGRAPHS = 20;

/** A text in paragraphs, with empty lines between them. */
const paragraphs = (language: string) => {
  const error = `what participants are told in ${language}, in at most ${LONGEST_TEXT} letters and ${MOST_PARAGRAPHS} paragraphs; write it`;
  return z
    .string({ error })
    .trim()
    .min(1, { error })
    .max(LONGEST_TEXT, { error, abort: true })
    .refine((text) => paragraphsOf(text).length <= MOST_PARAGRAPHS, { error });
};

/** A text for each language; a plain one is the same for all. */
const inEach = (what: string) =>
  z.unknown().transform((value, context): InEach => {
    const isMap = typeof value === "object" && value !== null && !Array.isArray(value);
    const shape = isMap
      ? z.strictObject(texts(what))
      : line(what).transform((text) => ({ en: text, ja: text }));
    const { data, error } = shape.safeParse(value);
    if (data !== undefined) return data;
    for (const issue of error?.issues ?? [])
      context.issues.push({ ...issue, input: value } as z.core.$ZodRawIssue);
    return z.NEVER;
  });

const labelsError =
  "labels of the roster, each with what is read in its place; write 日勤: { ja: 日勤, en: Day }";

const goal = z.strictObject({
  id: idShape,
  ...texts("the goal"),
  milestones: z.array(z.string(), { error: "a list of codes; write [PC1]" }).default([]),
});

const researchError =
  "a study: title, approval, contact, from, to and text; write them, or leave research out";
const textsError = "what participants are told; write { en: …, ja: … }";

const research = z.strictObject(
  {
    title: inEach("the study's title"),
    approval: line("the number of the ethics approval"),
    contact: line("whom participants can ask"),
    from: date,
    to: date,
    text: z.strictObject(
      { en: paragraphs("English"), ja: paragraphs("Japanese") },
      { error: (issue) => (issue.code === "invalid_type" ? textsError : undefined) },
    ),
  },
  { error: (issue) => (issue.code === "invalid_type" ? researchError : undefined) },
);

const listError = (what: string) => ({ error: `a list of ${what}; begin each with a dash` });

/** Months: a hundred years. */
const LONGEST_RETENTION = 1_200;

const retentionError =
  "a whole number of months after a rotation's end, 1 to 1200; write 12, or leave it out to keep answers until they are erased";

/** program.yaml, key for key. */
export const programShape = z.strictObject(
  {
    id: idShape.optional(),
    name: inEach("the program's name"),
    timeZone: timeZoneShape,
    locale: localeShape,
    rotations: z
      .array(rotation, listError("rotations"))
      .min(1, { error: "at least one rotation; write one" }),
    people: noAddress("the path of a CSV file, from the folder of this file"),
    roster: z.array(sourceShape, listError("rosters")).min(1, { error: "at least one roster; write one" }),
    goals: z
      .array(goal, listError("goals"))
      .min(1, { error: "at least one goal; write one or leave goals out" })
      .optional(),
    labels: z
      .record(z.string(), z.strictObject(texts("the label"), { error: labelsError }), { error: labelsError })
      .optional(),
    support: inEach("whom people can turn to").optional(),
    retention: z
      .int({ error: retentionError })
      .min(1, { error: retentionError })
      .max(LONGEST_RETENTION, { error: retentionError })
      .optional(),
    policy: policyShape.optional(),
    start: z
      .enum(["by-coordinator", "at-once"], {
        error:
          "how a new program begins; write by-coordinator or at-once, or leave it out for by-coordinator",
      })
      .optional(),
    research: research.optional(),
  },
  {
    error: (issue) =>
      issue.code === "invalid_type" ? "settings such as name: and timeZone:; write them" : undefined,
  },
);

export type ProgramFile = z.output<typeof programShape>;

export const goalOf = (given: NonNullable<ProgramFile["goals"]>[number]): Goal => ({
  id: given.id,
  label: { en: given.en, ja: given.ja },
  milestones: given.milestones,
});
