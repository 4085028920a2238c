import { act } from "#src/card/act.ts";
import type { Block, Card } from "#src/card/card.ts";
import type { PersonId } from "#src/domain/person.ts";
import { rosterNameOf, type FilePart } from "#src/domain/files.ts";
import type {
  FileStanding,
  LeftOut,
  RosterAccount,
  RosterDoubt,
  RosterReport,
  SkipRule,
} from "#src/domain/roster-report.ts";
import type { Words } from "#src/words/words.ts";
import type { Context } from "../context.ts";
import { leftOutReason } from "../left-out.ts";
import { nameOf, shortened } from "../named.ts";

/** As many lines and names as a part of a card bears, and a card of its own; the command line has them all. */
const SHOWN = 5;
const WHOLE = 20;

/** For coordinators: rosters that cannot be had, and what came of reading the others last. */
export function rosterBlocks(context: Context, words: Words): readonly Block[] {
  const news = newsOf(context, words, SHOWN);
  if (news.length === 0) return [];
  const { roster } = words.say;
  return [
    { type: "text", text: roster.title, tone: "strong" },
    ...news,
    {
      type: "actions",
      actions: [{ label: roster.whole, act: act({ verb: "say", command: "roster" }), style: "quiet" }],
    },
  ];
}

/** The same on a card of its own, for whoever asks after an import. */
export function rosterCard(context: Context, words: Words): Card {
  const { roster } = words.say;
  const news = newsOf(context, words, WHOLE);
  const nothing: Block = { type: "text", text: roster.notYet };
  return {
    locale: words.locale,
    notification: roster.title,
    blocks: [
      { type: "title", text: roster.title, note: words.program },
      ...(news.length === 0 ? [nothing] : news),
    ],
  };
}

function newsOf(context: Context, words: Words, shown: number): readonly Block[] {
  const { roster } = words.say;
  const rosters = context.rosters?.();
  const troubles = rosters?.troubles ?? [];
  const report = rosters?.report;
  return [
    ...troubles.flatMap(({ name, since, mend, doubt }): readonly Block[] =>
      doubt === undefined
        ? [
            { type: "text", text: roster.trouble(name, words.format.moment(since)) },
            { type: "text", text: mend ? roster.mend : roster.passes, tone: "quiet" },
          ]
        : doubtOf(context, words, doubt, shown),
    ),
    ...(rosters?.files ?? []).map((one): Block => ({
      type: "text",
      text: standingText(context, words, one),
      tone: "quiet",
    })),
    ...(report === undefined
      ? []
      : [{ type: "facts" as const, rows: rowsOf(context, words, report, shown) }]),
  ];
}

/** What is not believed of the rosters, and is not done before somebody has looked. */
export const doubtBlocks = (context: Context, words: Words): readonly Block[] =>
  (context.rosters?.().troubles ?? []).flatMap(({ doubt }) =>
    doubt === undefined ? [] : doubtOf(context, words, doubt, SHOWN),
  );

const doubtOf = (context: Context, words: Words, doubt: RosterDoubt, shown: number): readonly Block[] => [
  {
    type: "text",
    text: words.say.roster.doubts[doubt.why](namesIn(context, words, doubt.people, shown), doubt.shifts),
  },
  { type: "text", text: words.say.roster.mendDoubt, tone: "quiet" },
];

/** Which version of a file is in force, who applied it, and when. */
function standingText(context: Context, words: Words, { part, name, by, at }: FileStanding): string {
  const { files: say } = words.say;
  const who = by === undefined ? "" : nameOf(context, words, by);
  const what = rosterNameOf(part as FilePart) ?? say.people;
  return words.say.labelled(say.inForce, say.standing(what, name, who, words.format.moment(at)));
}

function namesIn(context: Context, words: Words, people: readonly PersonId[], shown: number): string {
  const names = people.map((id) => nameOf(context, words, id));
  return words.format.list(shortened(words, names, shown));
}

function rowsOf(context: Context, words: Words, report: RosterReport, shown: number) {
  const { roster } = words.say;
  const some = (all: readonly string[]): string =>
    all.length === 0 ? roster.none : shortened(words, all, shown).join("\n");
  const called = (id: PersonId): string => nameOf(context, words, id);
  const [doubled, notUnderstood] = [true, false].map((is) =>
    some(
      report.leftOut
        .filter(({ why }) => (why.code === "doubled") === is)
        .map((one) => leftOut(one, words, called)),
    ),
  );
  return [
    { label: roster.read, value: words.format.moment(report.at) },
    { label: roster.shifts, value: String(report.shifts) },
    { label: roster.people, value: roster.peopleOf(report.matched, report.people) },
    ...(report.accounts ?? []).map((one) => ({
      label: roster.account,
      value: accountText(one, words),
    })),
    { label: roster.leftOut, value: notUnderstood! },
    { label: roster.doubled, value: doubled! },
    { label: roster.withoutShifts, value: some(report.withoutShifts.map(called)) },
    {
      label: roster.withoutAttending,
      value: some(
        report.withoutAttending.map((shift) =>
          roster.shiftOf(
            called(shift.person),
            `${words.format.date(shift.start)} ${words.format.span(shift.start, shift.end)}`,
          ),
        ),
      ),
    },
  ];
}

/** What became of everything in one roster: the numbers add up. */
function accountText({ name, unit, read, skipped, leftOut }: RosterAccount, { say, format }: Words): string {
  const { roster } = say;
  const rules = Object.entries(skipped) as [SkipRule, number][];
  const passed = rules.reduce((sum, [, count]) => sum + count, 0);
  const why = format.list(rules.map(([rule, count]) => roster.ruleOf(roster.rules[rule], count)));
  return roster.accountOf(
    name,
    roster.units[unit](read + passed + leftOut),
    read,
    roster.passedOf(passed, why),
    leftOut,
  );
}

/** Why a line was left out, in the reader's language: the command line's reasons are for operators. */
function leftOut(
  { place, why, shifts, nearest = [] }: LeftOut,
  words: Words,
  nameOf: (id: PersonId) => string,
): string {
  const { say, format } = words;
  const { code, people = [], at } = why;
  if (code === "doubled")
    return say.roster.shiftOf(format.list(people.map(nameOf)), at === undefined ? "" : format.date(at));
  const { roster } = say;
  const hanging = shifts === undefined ? "" : roster.hanging(shifts);
  const isNear = code === "nobody" && nearest.length > 0;
  const perhaps = isNear ? roster.perhaps(format.list(nearest.map(nameOf))) : "";
  const reason = leftOutReason(words, why, nameOf);
  return roster.leftOutOf(place, hanging + perhaps === "" ? reason : roster.hinted(reason, hanging, perhaps));
}
