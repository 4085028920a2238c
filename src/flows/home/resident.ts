import { act } from "#src/card/act.ts";
import type { Action, Block } from "#src/card/card.ts";
import { ITEMS, STRATEGY_ITEMS, type ItemId } from "#src/domain/forms.ts";
import { exchangesOf } from "#src/domain/exchange.ts";
import { isAsk } from "#src/domain/nudge.ts";
import type { Person } from "#src/domain/person.ts";
import type { Reply } from "#src/domain/reply.ts";

import { rotationStart } from "#src/domain/outlook.ts";
import { heading } from "../notice.ts";
import type { Words } from "#src/words/words.ts";
import type { Context } from "../context.ts";
import { goalInFull, answerInWords, itemLabel, outcomeInWords, type Outcome } from "../view/in-words.ts";
import { shiftWithGoal } from "../ask/goal-to-set.ts";
import { changeAction, stepNamed } from "../ask/ask-card.ts";
import { shiftsAnswered } from "../view/earlier-goals.ts";
import { compared, mismatchesBetween } from "../view/between.ts";
import { settledIn } from "../view/mismatch-lines.ts";
import { isOver, viewOf } from "../view/view.ts";
import { differences } from "./differences.ts";
import { partnersOf } from "./together.ts";

const GOALS_SHOWN = 12;

/** A resident's own page: today's goal, what comes next and with whom (`next`), and what became of it all. */
export async function residentHome(
  context: Context,
  reader: Person,
  words: Words,
  next: readonly Block[],
): Promise<readonly Block[]> {
  return [
    ...(await todaysGoal(context, reader, words)),
    ...next,
    ...(await differences(context, reader, words, "resident")),
    ...(await agreements(context, reader, words)),
    ...(await goalsOfRotation(context, reader, words)),
  ];
}

/** The goal of the shift that is on, or next within hours, with a way to set or change it, and how much of it is shared. */
async function todaysGoal(context: Context, reader: Person, words: Words): Promise<readonly Block[]> {
  const { say } = words;
  const shift = shiftWithGoal(context, reader.id);
  if (shift === undefined) return [];
  const own = (await context.store.replies(shift.id)).filter((reply) => reply.person === reader.id);
  const goal = goalInWords(words, own);
  const when = `${words.format.date(shift.start)} · ${words.format.span(shift.start, shift.end)}`;
  const title = heading(say.home.goalFor(when));
  const changing = await waysToChange(context, reader, words, shift.id);
  if (own.some(({ item, value }) => item === "none" && value !== null)) {
    const rows = [{ label: say.goal.label, value: say.goal.none, ...changing("goal") }];
    return [title, { type: "answers", rows }];
  }
  if (goal === undefined) {
    // It is asked at the top of the page already.
    if (await isAsked(context, reader, shift.id)) return [];
    const set = {
      label: say.home.setGoal,
      act: act({ verb: "say", command: "goal" }),
      style: "primary",
    } as const;
    return [
      title,
      { type: "text", text: say.home.noGoalYet, tone: "quiet" },
      { type: "actions", actions: [set] },
    ];
  }
  const share = own.find((reply) => reply.item === "share")?.value ?? "full";
  const isAlone = context.roster.outlook.everybody.overlapsOf(shift).length === 0;
  const shared = { label: say.goal.shareLabel, value: answerInWords(words, ITEMS.share, share) };
  return [
    title,
    {
      type: "answers",
      rows: [
        { label: say.goal.label, value: goal, ...changing("goal") },
        ...(isAlone ? [] : [{ ...shared, ...changing("share") }]),
      ],
    },
  ];
}

/** Whether a shift's goal is asked and waits for an answer. */
async function isAsked({ store, now }: Context, reader: Person, subject: string): Promise<boolean> {
  const open = await store.openNudges(reader.id, now);
  return open.some((one) => one.kind === "shift-goal" && one.subject === subject);
}

/** A button for each item of a shift's goal that can still be changed. */
async function waysToChange(context: Context, reader: Person, words: Words, subject: string) {
  const nudge = await context.store.nudgeAbout("shift-goal", reader.id, subject);
  if (nudge === undefined || !isAsk(nudge)) return () => ({});
  const view = await viewOf(context, nudge, reader, words.locale);
  return (item: ItemId): { readonly change?: Action } => {
    const step = stepNamed(view, item, undefined);
    return step === undefined || isOver(view) ? {} : { change: changeAction(view, step) };
  };
}

/** Their goals since the rotation began and what became of each, newest first. */
async function goalsOfRotation(context: Context, reader: Person, words: Words): Promise<readonly Block[]> {
  const { say, format } = words;
  const since = rotationStart(context.program, context.zone, reader.id, context.now);
  const occasions = await shiftsAnswered(context, reader, since);
  const rows = occasions.flatMap((own) => {
    const text = goalInWords(words, own);
    if (text === undefined) return [];
    const outcome = outcomeOf(own);
    const value = outcome === undefined ? text : say.digest.goalWith(text, outcomeInWords(words, outcome));
    const given = own.find((reply) => reply.item === "goal")!;
    return [
      {
        label: format.date(context.roster.assignment(given.occasion)?.start ?? given.at),
        value,
      },
    ];
  });
  return [
    heading(say.home.goals),
    rows.length === 0
      ? { type: "text", text: say.home.noGoals, tone: "quiet" }
      : { type: "facts", rows: rows.slice(-GOALS_SHOWN).toReversed() },
    {
      type: "actions",
      actions: [
        { label: say.rotation.open, act: act({ verb: "say", command: "my rotation" }), style: "quiet" },
      ],
    },
  ];
}

const valueOf = (own: readonly Reply[], item: ItemId): string | undefined =>
  own.find((reply) => reply.item === item)?.value ?? undefined;

/** The goal, and the resident's own line to it. */
function goalInWords(words: Words, own: readonly Reply[]): string | undefined {
  const goal = valueOf(own, "goal");
  return goal === undefined ? undefined : goalInFull(words, goal, valueOf(own, "line"));
}

/** What came of it, and what it changed to. */
function outcomeOf(own: readonly Reply[]): Outcome | undefined {
  const value = valueOf(own, "outcome");
  return value === undefined ? undefined : { value, to: valueOf(own, "to"), line: valueOf(own, "to-line") };
}

/** By attending: what both answered alike when they last both answered, and what they have settled. */
async function agreements(context: Context, reader: Person, words: Words): Promise<readonly Block[]> {
  const { say } = words;
  const rows: { label: string; value: string }[] = [];
  for (const partner of partnersOf(context, reader, "resident")) {
    const exchanges = exchangesOf(
      reader.id,
      partner.id,
      await compared(context, { resident: reader.id, attending: partner.id }),
    );
    const last = exchanges.findLast(({ resident }) => STRATEGY_ITEMS.some(({ id }) => resident.has(id)));
    const alike = STRATEGY_ITEMS.flatMap((item) => {
      const mine = last?.resident.get(item.id);
      if (mine === undefined || mine !== last?.attending.get(item.id)) return [];
      return [say.labelled(itemLabel(words, item.id), answerInWords(words, item, mine))];
    });
    const mismatches = await mismatchesBetween(context, reader.id, partner.id);
    const lines = [...alike, ...settledIn(words, mismatches)];
    if (lines.length > 0) rows.push({ label: words.called(partner), value: lines.join("\n") });
  }
  return rows.length === 0 ? [] : [heading(say.home.agreed), { type: "facts", rows }];
}
