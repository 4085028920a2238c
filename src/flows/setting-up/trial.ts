import type { Action, Block, Card, Choice } from "#src/card/card.ts";
import type { ItemId } from "#src/domain/forms.ts";
import { NO_NUDGE, type AskKind, type Nudge } from "#src/domain/nudge.ts";
import type { Overlap } from "#src/domain/outlook.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { Reply } from "#src/domain/reply.ts";
import { DAY, later, weekLabel, weekOf, type Instant } from "#src/domain/time.ts";
import type { Said } from "#src/flows/said.ts";
import type { Words } from "#src/words/words.ts";
import { cardOf } from "../ask/nudge-card.ts";
import type { Context } from "../context.ts";
import { consentCard } from "../conversations/consent.ts";
import { nameOf } from "../named.ts";
import { choice, notice } from "../notice.ts";
import { setUpTap } from "../conversations/greeting.ts";

type Trial = keyof Words["say"]["settingUp"]["trials"];

/** What can be tried. */
export const trialMenu = (context: Context, words: Words): Card =>
  choice(
    words,
    words.say.settingUp.tryWhich,
    Object.entries(words.say.settingUp.trials).map(([name, label]) => ({
      label,
      act: setUpTap(context, "try", name),
    })),
  );

/** What follows a tap in a trial. */
export const wasTrial = (context: Context, words: Words): Card =>
  notice(words, words.say.settingUp.tapped, [another(context, words)]);

const another = (context: Context, { say: { settingUp } }: Words): Action => ({
  label: settingUp.another,
  act: setUpTap(context, "try"),
  style: "quiet",
});

/**
 * One of the messages as it would go out, with people of the roster and answers that are made up. Nothing is read of what anybody
 * answered, and whatever is tapped in it only says that it was a trial.
 */
export async function trialCard({ context, words }: Said, name: string): Promise<Card> {
  const { settingUp: say } = words.say;
  const overlap = context.roster.outlook.overlaps.find(({ start }) => start > context.now);
  const trial = Object.keys(say.trials).find((one): one is Trial => one === name);
  if (trial === undefined) return trialMenu(context, words);
  const card = overlap && (await made(context, words, trial, overlap));
  if (card === undefined) return notice(words, say.noTrial);
  const { card: shows, reader } = card;
  return {
    ...shows,
    blocks: [
      { type: "text", text: say.trial(nameOf(context, words, reader)), tone: "strong" },
      ...shows.blocks.map((block) => harmless(context, block)),
      { type: "divider" },
      { type: "actions", actions: [another(context, words)] },
    ],
  };
}

async function made(
  context: Context,
  words: Words,
  trial: Trial,
  overlap: Overlap,
): Promise<{ readonly card: Card; readonly reader: PersonId } | undefined> {
  const { resident, attending } = overlap;
  const isResident = trial === "consent" || trial === "goal" || trial === "debrief" || trial === "check-in";
  const reader = context.person(isResident ? resident.person : attending.person);
  if (reader === undefined) return undefined;
  if (trial === "consent") return { card: consentCard(words, reader, NO_NUDGE), reader: reader.id };
  const week = weekOf(context.zone.dayOf(resident.start));
  const shift = isResident ? resident : attending;
  const [kind, at] = WHEN[trial](overlap);
  const nudge: Nudge = {
    // A card of a trial that is forged into a real one leads nowhere.
    id: NO_NUDGE,
    kind,
    person: reader.id,
    subject: trial === "check-in" ? weekLabel(week) : shift.id,
    dueAt: at,
    firstDue: at,
    sentAt: at,
    expiresAt: later(at, DAY),
    state: "sent",
  };
  const pair = { resident: resident.person, attending: attending.person };
  const replies = trial === "goal" || trial === "check-in" ? [] : madeUp(context, overlap, words, trial);
  const store = {
    ...context.store,
    replies: async (occasion: string) => replies.filter((one) => one.occasion === occasion),
    repliesOfPair: async () => replies,
    repliesOf: async () => [],
    checkInWeeks: async () => [{ week, message: "person" as const, pairs: [pair] }],
  };
  const standing = { consent: "given", locale: words.locale, stopped: false, unansweredInARow: 0 } as const;
  const card = await cardOf({ ...context, store, now: at }, nudge, reader, standing);
  return card && { card, reader: reader.id };
}

const WHEN: Readonly<Record<Exclude<Trial, "consent">, (of: Overlap) => readonly [AskKind, Instant]>> = {
  goal: ({ resident }) => ["shift-goal", resident.start],
  plan: ({ start }) => ["shift-plan", start],
  both: ({ start }) => ["shift-plan", later(start, 1)],
  debrief: ({ resident }) => ["shift-debrief", resident.end],
  "check-in": ({ resident }) => ["pair-check-in", later(resident.end, 3 * DAY)],
};

/** What a resident, and for two answers an attending, might have answered: two steps apart, so that the talk it opens is seen. */
function madeUp(
  { program }: Context,
  { resident, attending }: Overlap,
  words: Words,
  trial: Trial,
): readonly Reply[] {
  const at = resident.start;
  const by =
    (person: PersonId, about?: PersonId) =>
    (item: ItemId, value: string, text = false) => ({
      nudge: NO_NUDGE,
      person,
      ...(about === undefined ? {} : { about }),
      occasion: resident.id,
      item,
      value,
      text,
      at,
    });
  const [theirs, others] = [by(resident.person), by(attending.person, resident.person)];
  const goal = program.goals.find(({ id }) => id === "reasoning") ?? program.goals[0]!;
  return [
    theirs("goal", goal.id),
    theirs("line", words.say.settingUp.example, true),
    theirs("share", "full"),
    theirs("help", "3"),
    theirs("call", "2"),
    theirs("feedback", "after"),
    ...(trial === "plan" ? [] : [others("help", "1"), others("call", "2"), others("feedback", "after")]),
  ];
}

/** Whatever is tapped or sent in it says that it was a trial. */
function harmless(context: Context, block: Block): Block {
  const tried = setUpTap(context, "tried");
  const action = (one: Action): Action => {
    const { confirm: _, ...rest } = one;
    return { ...rest, act: tried };
  };
  const option = (one: Choice, at: number): Choice => ({
    ...one,
    act: setUpTap(context, "tried", String(at)),
  });
  switch (block.type) {
    case "question":
      return { ...block, choices: block.choices.map(option) };
    case "input":
      return {
        ...block,
        submit: action(block.submit),
        ...(block.skip === undefined ? {} : { skip: action(block.skip) }),
      };
    case "answers":
      return { ...block, rows: block.rows.map(({ label, value }) => ({ label, value })) };
    case "actions":
      return { ...block, actions: block.actions.map(action) };
    case "title":
    case "text":
    case "quote":
    case "compare":
    case "facts":
    case "chart":
    case "visibility":
    case "divider":
      return block;
    default:
      return block satisfies never;
  }
}
