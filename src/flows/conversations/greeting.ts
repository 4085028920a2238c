import { act, type SetUpStep } from "#src/card/act.ts";
import type { Act, Action, Block, Card } from "#src/card/card.ts";
import type { Started } from "#src/domain/outlook.ts";
import { rulesOf } from "#src/domain/nudge.ts";
import { usualOnShift, type Person } from "#src/domain/person.ts";
import type { Assignment } from "#src/domain/roster.ts";
import { DAY, instant, later, dayNumber, type Instant } from "#src/domain/time.ts";
import type { Words } from "#src/words/words.ts";
import { isBeforeStart, type Context } from "../context.ts";
import { nameOf, shortened } from "../named.ts";
import { notice } from "../notice.ts";

export const setUpTap = ({ program }: Pick<Context, "program">, step: SetUpStep, value = ""): Act =>
  act({ verb: "set-up", program: program.id, step, value });

/** How far ahead shifts are counted: a month's roster. */
const AHEAD = 28 * DAY;
/** So many names, shifts and messages stand on the card. */
const SHOWN = 5;
const OF_A_DAY = 12;

/** How a program stands that waits for Start, for its coordinators; once it has started, that it has. */
export async function greetingCard(context: Context, person: Person, words: Words): Promise<Card> {
  const { settingUp: say } = words.say;
  if (!isBeforeStart(context)) {
    const started = context.roster.outlook.input.beginning?.started ?? {};
    return notice(words, startedText(context, words, say.started, started));
  }
  return {
    locale: words.locale,
    notification: say.notification,
    blocks: [
      { type: "title", text: say.title, note: words.program },
      { type: "text", text: say.hello(words.called(person), words.program) },
      { type: "facts", rows: [...(await peopleRows(context, words)), ...rosterRows(context, words)] },
      ...sampleDay(context, words),
      ...missing(context, words).map((text): Block => ({ type: "text", text, tone: "strong" })),
      { type: "text", text: say.howTo, tone: "quiet" },
      { type: "actions", actions: actionsOf(context, words) },
    ],
  };
}

/** Why the program cannot start yet, in sentences. */
export function missing(context: Context, { say: { settingUp: say } }: Words): readonly string[] {
  const { program, roster, now, rosters } = context;
  const isTroubled = (rosters?.().troubles ?? []).length > 0;
  const hasShifts = program.people.some(({ id }) =>
    roster.outlook.everybody.shiftsOf(id).some(({ end }) => end > now),
  );
  return [
    ...(program.people.some(isOnShifts) ? [] : [say.noPeople]),
    ...(hasShifts ? [] : [isTroubled ? say.troubled : say.noShifts]),
  ];
}

/** Who has started the program, and when. */
export function startedText(
  context: Context,
  words: Words,
  text: (who: string, when: string) => string,
  { at, by }: Started,
): string {
  if (at === undefined) return text("", "");
  const who = by === undefined ? words.say.settingUp.administrator : nameOf(context, words, by);
  return text(who, words.format.moment(at));
}

function actionsOf(context: Context, words: Words): readonly Action[] {
  const { settingUp: say } = words.say;
  const others: readonly Action[] = [
    { label: say.try, act: setUpTap(context, "try") },
    { label: say.look, act: setUpTap(context, "look"), style: "quiet" },
  ];
  if (missing(context, words).length > 0) return others;
  const asked = context.program.people.filter(isOnShifts).length;
  const confirm = { text: say.sure(asked), yes: say.start, no: say.notNow };
  return [{ label: say.start, act: setUpTap(context, "start"), style: "primary", confirm }, ...others];
}

async function peopleRows(context: Context, words: Words) {
  const { settingUp: say } = words.say;
  const people = context.program.people.filter(isOnShifts);
  const of = (role: "resident" | "attending") =>
    people.filter(({ roles }) => usualOnShift({ roles }) === role).length;
  const rows = [{ label: say.people, value: say.peopleOf(of("resident"), of("attending")) }];
  const found = people.length === 0 ? undefined : await context.settingUp?.found(people);
  if (found === undefined) return rows;
  const not = people.filter(({ id }) => found.get(id) === false);
  const unsure = people.filter(({ id }) => found.get(id) === undefined);
  const reached = people.length - not.length - unsure.length;
  const parts = [
    reached === people.length ? say.all(reached) : say.someFound(reached, people.length),
    ...(not.length === 0
      ? []
      : [say.notFound(words.format.list(shortened(words, not.map(words.called), SHOWN)))]),
    ...(unsure.length === 0 ? [] : [say.notLooked(unsure.length)]),
  ];
  return [...rows, { label: say.reached, value: parts.join("\n") }];
}

const isOnShifts = (person: Person): boolean => usualOnShift(person) !== undefined;

function rosterRows(context: Context, words: Words) {
  const { settingUp: say, roster: ofRoster } = words.say;
  const { format } = words;
  const { from, to } = windowOf(context);
  const coming = shiftsIn(context, from, to);
  const { everybody } = context.roster.outlook;
  const alone = coming.filter((one) => one.role === "resident" && everybody.overlapsOf(one).length === 0);
  const unknown = (context.rosters?.().report?.leftOut ?? []).flatMap(({ why }) =>
    why.code === "nobody" && why.text !== undefined && why.text !== "" ? [why.text] : [],
  );
  const shiftText = ({ person, start, end }: Assignment) =>
    ofRoster.shiftOf(nameOf(context, words, person), `${format.date(start)} ${format.span(start, end)}`);
  return [
    {
      label: say.shifts(`${format.day(from)} – ${format.day(later(to, -DAY))}`),
      value: say.shiftsOf(coming.length, new Set(coming.map(({ person }) => person)).size),
    },
    { label: ofRoster.withoutAttending, value: lines(words, alone.map(shiftText)) },
    { label: say.unknown, value: lines(words, [...new Set(unknown)]) },
  ];
}

/** The next four weeks; of a program whose first rotation is still to come, its first four. */
function windowOf({ program, zone, now }: Context): { readonly from: Instant; readonly to: Instant } {
  const first = Math.min(...program.rotations.map(({ from }) => dayNumber(from)));
  const day = Math.max(zone.dayOf(now), first);
  return { from: zone.at(day, 0), to: zone.at(day + AHEAD / DAY, 0) };
}

const shiftsIn = ({ program, roster, now }: Context, from: Instant, to: Instant): readonly Assignment[] =>
  program.people
    .flatMap(({ id }) => roster.outlook.everybody.shiftsOf(id))
    .filter(({ start, end }) => start >= from && start < to && end > now)
    .toSorted((a, b) => a.start - b.start);

/** The first day on which two work together, message by message. */
function sampleDay(context: Context, words: Words): readonly Block[] {
  const { settingUp: say, why } = words.say;
  const { zone, roster, now } = context;
  const start = Math.min(
    ...roster.outlook.overlaps.filter((one) => one.start > now).map((one) => one.resident.start),
  );
  if (context.settingUp === undefined || !Number.isFinite(start)) return [];
  const day = zone.dayOf(instant(start));
  const sent = context.settingUp
    .plan()
    .filter(({ kind, dueAt }) => rulesOf(kind).shiftBound && zone.dayOf(dueAt) === day);
  const texts = sent.map(({ dueAt, person, kind }) =>
    say.sampleLine(words.format.time(dueAt), nameOf(context, words, person), why.kinds[kind]),
  );
  return [
    { type: "text", text: say.sample(words.format.date(instant(start))), tone: "strong" },
    { type: "text", text: shortened(words, texts, OF_A_DAY).join("\n") },
    { type: "text", text: say.firstAsked, tone: "quiet" },
  ];
}

const lines = (words: Words, all: readonly string[]): string =>
  all.length === 0 ? words.say.roster.none : shortened(words, all, SHOWN).join("\n");
