import { z } from "zod";
import { isDateFormat } from "#src/roster/text/dates/dates.ts";
import { ENCODINGS } from "#src/roster/text/tables/decode.ts";
import { CSV_COLUMNS } from "#src/roster/text/dialect.ts";
import { dutyOf } from "#src/roster/text/duties/duty-codes.ts";
import { ROSTER_FORMATS } from "#src/roster/text/reader.ts";
import { idShape, line, noAddress } from "./shapes.ts";

const formatError = `a format that is read here; write ${ROSTER_FORMATS.join(" or ")}`;
const words = z.array(line("a word or phrase"), { error: "a list of words; write [on call*, lecture]" });
const title = line("the column's name in the file").optional();
const columns = Object.fromEntries(CSV_COLUMNS.map((name) => [name, title])) as Record<
  (typeof CSV_COLUMNS)[number],
  typeof title
>;
const aliasesError = 'names with ids, and no empty name; write { "Surge T": r1 }';
const codeError = 'a time span, off, rest or none; write it like "08:30-17:15"';
const MOST_PAGES = 12;
const urlError =
  "where the address is kept; write env:NAME or file:PATH, or [env:ONE, env:OTHER] for up to 12 pages";
const everyError = "minutes between two looks, 5 to 1440; write one such as 15";

/** One entry of `roster` in program.yaml, key for key. */
export const sourceShape = z.strictObject({
  file: noAddress("a path, from the folder of this file").optional(),
  /** One place, or one for each page. */
  url: z.union([z.string(), z.array(z.string()).min(1).max(MOST_PAGES)], { error: urlError }).optional(),
  /** What a feed is called in reports; its address is never shown. */
  name: noAddress("a name").optional(),
  every: z
    .int({ error: everyError })
    .min(5, { error: everyError })
    .max(1440, { error: everyError })
    .optional(),
  format: z.enum(ROSTER_FORMATS, { error: formatError }),
  person: idShape.optional(),
  encoding: z
    .enum(ENCODINGS, { error: `an encoding; write ${ENCODINGS.join(" or ")}, or leave it out` })
    .optional(),
  sheet: line("the name of a sheet").optional(),
  aliases: z
    .record(z.string(), idShape, { error: aliasesError })
    // It would be everybody's who is not named: of each empty cell.
    .refine((all) => Object.keys(all).every((name) => name.trim() !== ""), { error: aliasesError })
    .optional(),
  off: words.optional(),
  duty: words.optional(),
  skip: words.optional(),
  tentative: z
    .enum(["duty", "skip"], { error: "what tentative entries are; write duty or skip, or leave it out" })
    .optional(),
  as: z
    .enum(["resident", "attending"], { error: "a role on a shift; write resident or attending" })
    .optional(),
  roles: z
    .strictObject(
      { resident: words.optional(), attending: words.optional() },
      { error: "words in the names of shifts, by role; write { attending: [Sup *, 指導*] }" },
    )
    .optional(),
  columns: z.strictObject(columns, { error: "the file's column names; write { person: 氏名 }" }).optional(),
  dates: z
    .string({ error: "an order of day, month and year; write DD/MM/YYYY" })
    .refine(isDateFormat, { error: "an order of day, month and year; write one such as DD/MM/YYYY" })
    .optional(),
  codes: z
    .record(
      z.string(),
      z.preprocess(
        // YAML takes a bare off for false.
        (value) => (value === false ? "off" : value),
        z.string({ error: codeError }).refine((text) => dutyOf(text) !== undefined, { error: codeError }),
      ),
      { error: 'duty codes; write { 日: "08:30-17:15", 休: off }' },
    )
    .optional(),
  month: z
    .string({ error: "a month; write it as 2026-12" })
    .regex(/^\d{4}-(?:0[1-9]|1[0-2])$/u, { error: "a month; write it as 2026-12" })
    .optional(),
});

export type SourceFile = z.output<typeof sourceShape>;
