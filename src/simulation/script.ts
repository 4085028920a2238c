import { z } from "zod";
import { Temporal } from "temporal-polyfill";
import { AttuneError } from "#src/errors.ts";
import { instant, type Instant } from "#src/domain/time.ts";
import type { Program } from "#src/domain/program.ts";
import { itemsOf } from "#src/domain/forms.ts";
import { ASK_KINDS, type AskKind } from "#src/domain/nudge.ts";
import { SETTLEABLE } from "#src/domain/exchange.ts";
import { itemNamed } from "./aliases.ts";
import { personId, type PersonId } from "#src/domain/person.ts";

/** What somebody does at a moment of a simulation. */
export type Deed = { readonly at: Instant; readonly person: PersonId } & (
  | {
      readonly type: "answers";
      readonly kind: AskKind;
      readonly partner?: PersonId;
      readonly answers: Readonly<Record<string, string>>;
    }
  | { readonly type: "says"; readonly text: string }
  /** What somebody says that they settled on with a partner. */
  | { readonly type: "settles"; readonly settled: Settled; readonly partner?: PersonId }
  /** What a resident makes of the goal that a partner suggests. */
  | { readonly type: "suggestion"; readonly value: "taken" | "kept"; readonly partner?: PersonId }
);

/** By item: a value, "apart", or a line. */
type Settled = Readonly<Record<string, string | { readonly line: string }>>;

const value = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const LINE = z
  .strictObject({
    at: z.string(),
    person: z.string(),
    nudge: z.enum(ASK_KINDS).optional(),
    /** The one resident that a plan or debrief is about, where there are several. */
    resident: z.string().optional(),
    /** The one partner that a check-in's answers are about. */
    about: z.string().optional(),
    answers: z.record(z.string(), value).optional(),
    say: z.string().optional(),
    settled: z.record(z.string(), z.union([value, z.strictObject({ line: z.string() })])).optional(),
    suggestion: z.enum(["taken", "kept"]).optional(),
    /** The partner of a settlement or a suggestion, where there are several. */
    with: z.string().optional(),
  })
  .refine(
    (line) =>
      [
        line.nudge !== undefined && line.answers !== undefined,
        line.say !== undefined,
        line.settled !== undefined,
        line.suggestion !== undefined,
      ].filter(Boolean).length === 1,
    {
      message: "expected one of: nudge with answers, say, settled, or suggestion",
    },
  );

/**
 * Reads a script, a JSON object a line, times in the program's zone (or with an offset), into deeds by time.
 *
 * @throws AttuneError "config" that names every line that is wrong
 */
export function readScript(file: string, text: string, program: Program): readonly Deed[] {
  const problems: string[] = [];
  const deeds: Deed[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const deed = readLine(line, program);
    if (typeof deed === "string") problems.push(`${file}:${index + 1}: ${deed}`);
    else deeds.push(deed);
  }
  if (problems.length > 0) throw new AttuneError("config", problems.join("\n"));
  return deeds.toSorted((a, b) => a.at - b.at);
}

/** The deed, or what is wrong with the line. */
function readLine(text: string, program: Program): Deed | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return "expected one JSON object on this line; check quotes and commas";
  }
  const read = LINE.safeParse(json);
  if (!read.success)
    return read.error.issues.map((issue) => `${issue.path.join(".") || "line"}: ${issue.message}`).join("; ");
  const line = read.data;
  const at = momentOf(line.at, program.timeZone);
  if (at === undefined) return `at: expected a local time like 2026-03-29T07:50, got "${line.at}"`;
  const person = personId(line.person);
  if (!program.people.some(({ id }) => id === person))
    return `person: "${line.person}" is not in the program's people`;
  if (line.say !== undefined) return { type: "says", at, person, text: line.say };
  if (line.settled !== undefined) return settles(at, person, line.settled, line.with);
  if (line.suggestion !== undefined) {
    const partner = line.with === undefined ? {} : { partner: personId(line.with) };
    return { type: "suggestion", at, person, value: line.suggestion, ...partner };
  }
  const kind = line.nudge!;
  const stranger = Object.keys(line.answers!).find((name) => itemNamed(kind, name) === undefined);
  if (stranger !== undefined) {
    const known = itemsOf(kind).map(({ id }) => id);
    return `answers: a ${kind} asks no "${stranger}"; expected ${known.join(", ")}`;
  }
  const named = line.about ?? line.resident;
  const partner = named === undefined ? {} : { partner: personId(named) };
  return { type: "answers", at, person, kind, answers: line.answers!, ...partner };
}

function settles(
  at: Instant,
  person: PersonId,
  settled: Settled,
  partner: string | undefined,
): Deed | string {
  const stranger = Object.keys(settled).find((name) => !SETTLEABLE.some((item) => item === name));
  if (stranger !== undefined)
    return `settled: nothing is settled about "${stranger}"; expected ${SETTLEABLE.join(", ")}`;
  return {
    type: "settles",
    at,
    person,
    settled,
    ...(partner === undefined ? {} : { partner: personId(partner) }),
  };
}

/** A local time of the program, or one with an offset or Z. */
function momentOf(text: string, timeZone: string): Instant | undefined {
  try {
    const hasOffset = /(?:Z|[+-]\d{2}:?\d{2})$/.test(text);
    const at = hasOffset
      ? Temporal.Instant.from(text)
      : Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone, { disambiguation: "compatible" });
    return instant(at.epochMilliseconds);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
