import { act } from "#src/card/act.ts";
import type { Action, Card } from "#src/card/card.ts";
import type { Locale } from "#src/domain/locale.ts";
import type { BotResponse } from "#src/ports/inbound.ts";
import { NO_ANSWER, type StandingChange } from "#src/ports/store.ts";
import type { Command } from "#src/domain/command.ts";
import type { PauseSaid } from "#src/domain/pause-command.ts";
import { daysMeant } from "#src/domain/said-day.ts";
import type { SnoozeSaid } from "#src/domain/snooze-command.ts";
import type { Nudge } from "#src/domain/nudge.ts";
import { MINUTE, later } from "#src/domain/time.ts";
import { usualOnShift, type Person } from "#src/domain/person.ts";
import { isMidShift } from "#src/domain/quiet.ts";
import { LOCALES, wordsFor, type Words } from "#src/words/words.ts";
import { messageOf } from "../ask/answer.ts";
import { askCard } from "../ask/ask-card.ts";
import { elsewhereOf, rolesOf, type Context } from "../context.ts";
import { openedGoal } from "../ask/goal-to-set.ts";
import { choose, eraseEverywhere } from "./everywhere.ts";
import { helpCard } from "./help.ts";
import { homeCard } from "../home/home.ts";
import { data, figuresAsked, rosters, rotation, study } from "./in-each-program.ts";
import { eraseCard } from "./my-data.ts";
import { choice, notice, toHome } from "../notice.ts";
import { pauseChoices, startAgain } from "../home/pause.ts";
import { refused, shown } from "../responses.ts";
import { wordsSaid, type Said } from "../said.ts";
import { viewOf } from "../view/view.ts";
import { whoSeesCard } from "./who-sees.ts";

/** Carries out a command, typed or tapped. The same on every platform. */
export async function obey(said: Said, command: Command): Promise<BotResponse> {
  const { context, person, standing, words } = said;
  const { say } = words;
  switch (command.name) {
    case "help":
      return shown(helpCard(words, rolesOf(context, person), context.program.research !== undefined));
    case "home":
      return shown(await homeCard(context, person, words, standing));
    case "who-sees":
      return shown(whoSeesCard(said));
    case "roster":
      return rosters(said);
    case "figures":
      return figuresAsked(said);
    case "goal":
      return setGoal(said);
    case "my-rotation":
      return rotation(said);
    case "research":
      return study(said, command);
    case "snooze":
      return snooze(said, command);
    case "pause":
      return pause(said, command);
    case "resume":
      return change(
        said,
        { consent: "given", stopped: false, pausedUntil: null },
        { text: resumedText(said) },
      );
    case "stop":
      return change(said, { stopped: true }, { text: say.commands.stopped, actions: [startAgain(words)] });
    case "language":
      return language(said, command.to);
    case "my-data":
      return data(said);
    case "erase":
      return shown(eraseCard(words, context.program.policy.aggregate.residents));
    case "erase-for-good":
      await eraseEverywhere(said);
      return shown(notice(words, say.commands.erased));
    default:
      return command satisfies never;
  }
}

async function change(
  said: Said,
  to: StandingChange,
  { text, actions = [], words = said.words }: Told,
): Promise<BotResponse> {
  return (await choose(said, to)) === "again"
    ? refused("already-received", words.say.refused.again)
    : shown(notice(words, text, [...actions, toHome(words)]));
}

/** What is said once a wish is stored; in other words than the person's until then where they chose another language. */
interface Told {
  readonly text: string;
  readonly actions?: readonly Action[];
  readonly words?: Words;
}

const worksShifts = (person: Person): boolean => usualOnShift(person) !== undefined;

/** When somebody who has begun again, in all of their programs, hears of Attune next. */
function resumedText({ context, person, words }: Said): string {
  const { commands } = words.say;
  const all = [{ context, person }, ...elsewhereOf(context, person)];
  if (!all.some((one) => worksShifts(one.person))) return commands.resumedWeekly;
  const assignments = all.flatMap((one) => one.context.roster.outlook.everybody.dutyOf(one.person.id));
  return isMidShift({ assignments }, context.now) ? commands.resumedMidShift : commands.resumed;
}

async function setGoal({ context, person, words, standing }: Said): Promise<BotResponse> {
  const { say } = words;
  if (!rolesOf(context, person).includes("resident"))
    return shown(
      notice(words, worksShifts(person) ? say.commands.goalNotResident : say.commands.goalResidents),
    );
  const open = await openedGoal(context, person.id);
  if (open === undefined) return shown(notice(words, say.commands.goalNone));
  return shown(askCard(await viewOf(context, open, person, standing.locale ?? person.locale)));
}

const SNOOZES = [15, 30, 60, 120];
const DEFAULT_SNOOZE = 30;

/** The choices for asking later: only times before the ask closes. */
export function snoozeMenu(context: Context, words: Words, nudge: Nudge): Card {
  const { commands, buttons } = words.say;
  const fitting = SNOOZES.filter((minutes) => later(context.now, minutes * MINUTE) < nudge.expiresAt);
  const label = (minutes: number) =>
    minutes < 60 ? commands.minutes(minutes) : commands.hours(minutes / 60);
  return choice(
    words,
    fitting.length === 0 ? commands.snoozeNoTime : commands.snoozeTitle,
    fitting.map((minutes) => ({
      label: label(minutes),
      act: act({ verb: "snooze", nudge: nudge.id, minutes }),
    })),
    [{ label: buttons.back, act: act({ verb: "show", nudge: nudge.id }), style: "quiet" }],
  );
}

async function snooze(said: Said, command: SnoozeSaid): Promise<BotResponse> {
  const [open] = await said.context.store.openNudges(said.person.id, said.context.now);
  if (open === undefined) return shown(notice(said.words, said.words.say.commands.snoozeNone));
  return putOff(said, open, minutesOf(said.context, command));
}

/** How long a question is put off, in minutes. "Until 9:30" is the next 9:30 there is, in the evening too. */
function minutesOf({ zone, now }: Context, { minutes, until }: SnoozeSaid): number {
  if (until === undefined) return minutes ?? DEFAULT_SNOOZE;
  const day = zone.dayOf(now);
  const moments = [day, day + 1].flatMap((one) =>
    (until.isHalf ? [until.minute, until.minute + 12 * 60] : [until.minute]).map((at) =>
      zone.at(one, Math.floor(at / 60), at % 60),
    ),
  );
  return Math.ceil((moments.find((at) => at > now)! - now) / MINUTE);
}

/** Asks again at the time that the person wants. This is the ask's one reminder. */
export async function putOff(
  { context, person, words, inbound }: Said,
  nudge: Nudge,
  minutes: number,
): Promise<BotResponse> {
  const { commands, refused: no } = words.say;
  const remindAt = later(context.now, minutes * MINUTE);
  if (remindAt >= nudge.expiresAt) return refused("not-understood", commands.snoozeTooLate);
  const message = messageOf(inbound);
  const recorded = await context.store.record({
    event: inbound.event,
    person: person.id,
    now: context.now,
    nudge: nudge.id,
    ...NO_ANSWER,
    remindAt,
    ...(message === undefined ? {} : { message, platform: inbound.sender.platform }),
  });
  if (recorded === "again") return refused("already-received", no.again);
  if (recorded === "closed") return refused("expired", no.expired);
  const show = [{ label: words.say.home.answer, act: act({ verb: "show", nudge: nudge.id }) }];
  return {
    kind: "card",
    card: notice(words, commands.snoozed(words.format.time(remindAt)), show),
    replace: message !== undefined,
  };
}

async function pause(said: Said, { until }: PauseSaid): Promise<BotResponse> {
  const { context, words } = said;
  const { commands } = words.say;
  const today = context.zone.dayOf(context.now);
  if (until === undefined) {
    return shown(
      choice(words, commands.pauseTitle, pauseChoices(context, words, daysMeant(wordsSaid(said), today))),
    );
  }
  if (until <= today) return shown(notice(words, commands.pausePast));
  const pausedUntil = context.zone.at(until, 0);
  const text = commands.paused(words.format.date(pausedUntil));
  return change(said, { pausedUntil }, { text, actions: [startAgain(words)] });
}

async function language(said: Said, to: Locale | undefined): Promise<BotResponse> {
  const { context, words } = said;
  if (to === undefined) {
    const choices = LOCALES.map((locale) => ({
      label: wordsFor(locale, context.program).say.name,
      act: act({ verb: "say", command: `language ${locale}` }),
    }));
    return shown(choice(words, words.say.commands.languageTitle, choices));
  }
  const chosen = wordsFor(to, context.program);
  return change(said, { locale: to }, { text: chosen.say.commands.language(chosen.say.name), words: chosen });
}
