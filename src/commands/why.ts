import { PLATFORMS } from "#src/composition/platforms.ts";
import type { Locale } from "#src/domain/locale.ts";
import { readPairWeek, type NudgeKind } from "#src/domain/nudge.ts";
import { outlookOf, type Outlook } from "#src/domain/outlook.ts";
import { wishesOf } from "#src/domain/wishes.ts";
import { isSignIn, nameIn, personId, type Person, type PersonId } from "#src/domain/person.ts";
import { DAY, later, dayNumber, mondayOf, weekFromLabel, zoneOf } from "#src/domain/time.ts";
import type { Fate, WhyRow } from "#src/domain/why.ts";
import { reusedIds } from "#src/flows/acts/reused-ids.ts";
import type { Standing } from "#src/ports/store.ts";
import { whyOf, participationOf } from "#src/schedule/why.ts";
import { textOf, wordsFor, type Words } from "#src/words/words.ts";
import { isOnRecord, unknownPerson } from "./known-person.ts";
import type { Output } from "./output.ts";
import { withProgramToLook, type OneProgram, type StoredProgram } from "./stored-program.ts";

export interface WhyOptions {
  /** A local day of the program; today without it. */
  readonly on?: string;
  /** The language of what is printed; the program's without it. */
  readonly language?: Locale;
}

/** Prints what was due to one person on one day, and why it came or did not. Changes nothing. */
export const printWhy = (
  settings: OneProgram,
  person: string,
  options: WhyOptions,
  output: Output,
): Promise<void> =>
  withProgramToLook(settings, output, async (stored) => {
    for (const line of await whyLines(stored, person, options)) output.line(line);
  });

/** Long enough before the day for a message about last week, and after it for the next one. */
const BEFORE = 14 * DAY;
const AFTER = 120 * DAY;

/** See `printWhy`. */
export async function whyLines(
  { program, store, now }: StoredProgram,
  id: string,
  { on, language = program.locale }: WhyOptions,
): Promise<readonly string[]> {
  const person = program.people.find((one) => one.id === id);
  const record = await store.export(personId(id));
  if (person === undefined && !isOnRecord(record)) throw unknownPerson(program, id);
  const zone = zoneOf(program.timeZone);
  const day = on === undefined ? zone.dayOf(now) : dayNumber(on);
  const words = wordsFor(language, program);
  const { why } = words.say;
  const wishes = wishesOf(await store.standings());
  const beginning = program.waitsForStart === true ? await store.beginning() : undefined;
  const outlook = outlookOf({
    program,
    zone,
    roster: await store.roster(),
    wishes,
    ...(beginning && { beginning }),
  });
  const start = zone.at(day, 0);
  const nudges = await store.nudgesOf(
    personId(id),
    later(start, -BEFORE),
    later(start > now ? start : now, AFTER),
  );
  const { rows, next } = whyOf(outlook, personId(id), nudges, day, now);
  const { reused } = await reusedIds(program.people, store);
  const name = person === undefined ? id : `${nameIn(language, person)} (${id})`;
  const what = (kind: NudgeKind, subject: string) =>
    [why.kinds[kind], aboutOf(outlook, words, subject)].filter((part) => part !== "").join(", ");
  return [
    why.title(name, words.format.date(start), program.timeZone),
    `  ${standingText(words, person, record.standing, reused, now)}`,
    ...(person === undefined ? [] : [`  ${accountText(words, person, record.identities)}`]),
    ...(rows.length === 0 ? [`  ${why.nothing}`] : rows.map((row) => `  ${rowText(outlook, words, row)}`)),
    next === undefined ? why.noNext : why.next(words.format.moment(next.at), what(next.kind, next.subject)),
  ];
}

function standingText(
  { say: { why }, format }: Words,
  person: Person | undefined,
  standing: Standing,
  reused: ReadonlySet<PersonId>,
  now: StoredProgram["now"],
): string {
  const participation = participationOf(person, standing, reused, now);
  return participation === "paused"
    ? why.paused(format.moment(standing.pausedUntil!))
    : why.participation[participation];
}

/** Where messages go, by what is known without asking a platform: first the account that was used last. */
function accountText(
  { say: { why } }: Words,
  { accounts, email }: Person,
  known: readonly { readonly platform: string; readonly account: string }[],
): string {
  const titleOf = (platform: string) => PLATFORMS.find(({ name }) => name === platform)?.title ?? platform;
  const used = known.find(({ platform, account }) => (accounts[platform] ?? account) === account);
  if (used !== undefined) return why.account(used.account, titleOf(used.platform));
  const named = Object.entries(accounts).find(([, account]) => !isSignIn(account));
  if (named !== undefined) return why.account(named[1], titleOf(named[0]));
  const address = Object.values(accounts)[0] ?? email;
  return address === undefined ? why.nowhere : why.byEmail(address);
}

function rowText(outlook: Outlook, words: Words, row: WhyRow): string {
  const { say, format } = words;
  const { why } = say;
  const isShift = "shift" in row;
  const about = aboutOf(outlook, words, isShift ? row.shift.id : row.subject);
  const text = isShift
    ? why.row(about, "", why.absent[row.absent])
    : why.row(why.kinds[row.kind], about, fateText(why, row.fate));
  return `${format.time(row.at)}  ${text}`;
}

/** A reason that a newer version has stored is told by its code. */
const fateText = ({ fates, reasons }: Words["say"]["why"], fate: Fate): string =>
  textOf({ ...fates, ...reasons }, fate);

/** What a message is about: a shift by its hours, a week by its Monday. */
function aboutOf({ input: { roster, zone } }: Outlook, { format }: Words, subject: string): string {
  const shift = roster.assignments.find(({ id }) => id === subject);
  if (shift !== undefined)
    return [format.date(shift.start), format.span(shift.start, shift.end), shift.label]
      .filter((part) => part !== "")
      .join(" ");
  const week = readPairWeek(subject)?.week ?? weekFromLabel(subject);
  if (week === undefined) return "";
  const monday = mondayOf(week);
  return `${format.date(zone.at(monday, 0))} – ${format.date(zone.at(monday + 6, 0))}`;
}
