import type { Block, Card } from "#src/card/card.ts";
import { isAsk } from "#src/domain/nudge.ts";
import type { Overlap } from "#src/domain/outlook.ts";
import type { Person } from "#src/domain/person.ts";
import { DAY, later, DAYS_A_WEEK, dayNumber, weekFromLabel, type Instant } from "#src/domain/time.ts";
import type { Words } from "#src/words/words.ts";
import type { Context } from "../context.ts";
import { betweenRows, type BetweenReader, type Row } from "../view/reveal.ts";
import { gapLabel, goalInFull, outcomeInWords } from "../view/in-words.ts";
import { openIn } from "../view/mismatch-lines.ts";
import { roleIn } from "../view/view.ts";
import { pairHistory, type GoalTold, type PairHistory, type PairTold } from "./pair-told.ts";
import { suggestionFor } from "./suggestion.ts";
import { spanOf, weekNote, type Span } from "./week-span.ts";

/** As many residents stand in full; of the others there is a line each. */
const IN_FULL = 3;
/** As many goals of one resident, the newest. */
const GOALS = 3;

/**
 * An attending's weekly digest: of the residents of their next shifts, by date, what was shared and what both answered. Nothing about
 * trust, and nothing that a resident did not share. Undefined where there is nothing to say about any of them.
 */
export async function attendingDigest(
  context: Context,
  reader: Person,
  words: Words,
  label: string,
): Promise<Card | undefined> {
  const { say } = words;
  const span = spanOf(context, weekFromLabel(label)!);
  const digests = await digestsUpTo(context, reader, label);
  const { at } = digests.at(-1)!;
  const all: Section[] = [];
  for (const meeting of meetings(context, reader, span, at)) {
    const history = await pairHistory(context, reader, meeting.resident, meeting.overlaps, at);
    all.push(sectionOf({ words, context, reader, role: "attending" }, meeting, history, digests));
  }
  const sections = all.filter(({ rows }) => rows.length > 0);
  if (sections.length === 0) return undefined;
  return {
    locale: words.locale,
    notification: say.digest.notification,
    blocks: [
      { type: "title", text: say.digest.title, note: weekNote(words, span) },
      ...sections.slice(0, IN_FULL).flatMap(inFull),
      { type: "divider" },
      ...inLines(words, sections.slice(IN_FULL)),
      { type: "text", text: await replyRate(context, reader, words, span), tone: "quiet" },
      { type: "visibility", text: say.digest.visible },
    ],
  };
}

/** A resident whom the reader is on duty with next, and all their shifts together. */
interface Meeting {
  readonly resident: Person;
  /** It may begin as the digest comes. */
  readonly next: Overlap;
  readonly overlaps: readonly Overlap[];
}

/** Whom the reader is on duty with in the days to come: until the end of the week after the one in which the digest comes. By date. */
function meetings(context: Context, reader: Person, { to }: Span, at: Instant): readonly Meeting[] {
  const until = later(to, 2 * DAYS_A_WEEK * DAY);
  const byResident = Map.groupBy(overlapsWith(context, reader), ({ resident }) => resident.person);
  const found = [...byResident].flatMap(([id, given]): readonly Meeting[] => {
    const overlaps = given.toSorted((a, b) => a.start - b.start);
    const next = overlaps.find(({ start, end }) => end > at && start < until);
    const resident = context.person(id);
    return next === undefined || resident === undefined ? [] : [{ resident, next, overlaps }];
  });
  return found.toSorted((a, b) => a.next.start - b.next.start || (a.resident.id < b.resident.id ? -1 : 1));
}

export const overlapsWith = (context: Context, attending: Person): readonly Overlap[] =>
  context.roster.outlook
    .shiftsOf(attending.id)
    .filter(({ role }) => role === "attending")
    .flatMap((shift) => context.roster.outlook.overlapsOf(shift));

/** A digest of the reader's, and when it was written: it stays as it was then, but for what was erased or shared less since. */
interface Digest {
  readonly span: Span;
  readonly at: Instant;
}

/** The digests that went out to the reader up to this one, oldest first; this one last. */
async function digestsUpTo(context: Context, reader: Person, label: string): Promise<readonly Digest[]> {
  const { store, program, now } = context;
  const starts = program.rotations.map(({ from }) => context.zone.at(dayNumber(from), 0));
  const nudges = await store.nudgesOf(reader.id, starts.toSorted((a, b) => a - b)[0] ?? now, now);
  const sent = nudges.filter(({ kind, sentAt }) => kind === "attending-digest" && sentAt !== undefined);
  const own = sent.find(({ subject }) => subject === label);
  const earlier = sent.filter(({ subject }) => subject < label).toSorted((a, b) => a.sentAt! - b.sentAt!);
  return [
    ...earlier.map(({ subject, sentAt }) => ({ subject, at: sentAt! })),
    { subject: label, at: own?.sentAt ?? now },
  ].map(({ subject, at }) => ({ span: spanOf(context, weekFromLabel(subject)!), at }));
}

interface Section {
  readonly name: string;
  /** What is shared, open or settled; nothing where there is nothing to say. */
  readonly rows: readonly Row[];
  /** The same in one line. */
  readonly line: string;
  readonly suggestion: string;
}

function sectionOf(
  reader: BetweenReader,
  meeting: Meeting,
  history: PairHistory,
  digests: readonly Digest[],
): Section {
  const { words } = reader;
  const { resident, next } = meeting;
  const { digest } = words.say;
  const { span, at } = digests.at(-1)!;
  const told = history.told(span, at);
  const goals = goalLines(words, told.goals).slice(-GOALS);
  const alsoOpen = openIn(words, told.alsoOpen);
  const rows = [
    ...(goals.length === 0 ? [] : [{ label: digest.goals, value: goals.join("\n") }]),
    ...betweenRows(reader, told.between, resident),
    ...(alsoOpen === "" ? [] : [{ label: digest.alsoOpen, value: alsoOpen }]),
  ];
  return {
    name: digest.residentOn(words.called(resident), words.format.moment(next.start)),
    rows,
    line: lineOf(words, told, goals.at(-1)),
    suggestion: suggested(words, meeting, history, digests),
  };
}

/** Each goal in the resident's own words, and what came of it, by its last shift: the same again is one line. */
function goalLines(words: Words, goals: readonly GoalTold[]): readonly string[] {
  const { digest } = words.say;
  const named = goals.map(({ goal, line, outcome }) => ({
    name: goalInFull(words, goal, line),
    said: outcome === undefined ? digest.noOutcome : outcomeInWords(words, outcome),
  }));
  const newest = [
    ...Map.groupBy(named.toReversed(), ({ name, said }) => digest.goalWith(name, said)).values(),
  ];
  return newest.toReversed().map((same) => {
    const { name, said } = same[0]!;
    return digest.goalWith(name, same.length === 1 ? said : digest.onShifts(said, same.length));
  });
}

/** What is open, else what was settled, else the last goal, else the wish. */
function lineOf(words: Words, { between }: PairTold, goal: string | undefined): string {
  const { lastTime, digest } = words.say;
  const { mismatch, wishes } = between;
  if (mismatch !== undefined) {
    const name = gapLabel(words, mismatch.item);
    return mismatch.state === "open" ? lastTime.open(name) : lastTime.settled(name);
  }
  return goal ?? wishes.map(({ text }) => digest.wish(text)).join(" ");
}

/**
 * What is suggested about a resident. It follows from what each digest of this rotation suggested, and so differs from the one before,
 * without a word of it being kept.
 */
function suggested(
  words: Words,
  { resident, next }: Meeting,
  history: PairHistory,
  digests: readonly Digest[],
): string {
  let last: string | undefined;
  let text = "";
  for (const { span, at } of digests.filter((one) => one.at >= history.since)) {
    const suggestion = suggestionFor(words, resident, next.start <= at, history.told(span, at), last);
    last = suggestion.about;
    text = suggestion.text;
  }
  return text;
}

const inFull = ({ name, rows, suggestion }: Section): readonly Block[] => [
  { type: "divider" },
  { type: "text", text: name, tone: "strong" },
  { type: "facts", rows },
  { type: "text", text: suggestion },
];

const inLines = ({ say }: Words, others: readonly Section[]): readonly Block[] =>
  others.length === 0
    ? []
    : [
        { type: "text", text: say.digest.others, tone: "strong" },
        { type: "facts", rows: others.map(({ name, line }) => ({ label: name, value: line })) },
        { type: "divider" },
      ];

async function replyRate(
  context: Context,
  reader: Person,
  words: Words,
  { from, to }: Span,
): Promise<string> {
  const nudges = await context.store.nudgesOf(reader.id, from, to);
  const asks = nudges.filter(
    (one) =>
      isAsk(one) &&
      roleIn(one, reader, context.roster.assignment(one.subject)) === "attending" &&
      ["sent", "uncertain", "answered", "expired"].includes(one.state) &&
      one.sentAt !== undefined,
  );
  const answered = asks.filter((one) => one.state === "answered").length;
  return asks.length === 0 ? words.say.digest.noAsks : words.say.digest.rate(answered, asks.length);
}
