import { act } from "#src/card/act.ts";
import { rulesOf, type Nudge } from "#src/domain/nudge.ts";
import type { Person } from "#src/domain/person.ts";
import { isCivil } from "#src/domain/quiet.ts";
import { DAY, later } from "#src/domain/time.ts";
import type { Standing } from "#src/ports/store.ts";
import type { Context } from "../context.ts";

/** How far ahead a message is looked for: one that was put off is due then, too. */
const AHEAD = 120 * DAY;

/**
 * The first message to somebody that may go out before its time: whether they take part, at any civil hour; anything else once it was
 * due and was put off. Never against what they wish, nor in their rest, their leave or the middle of a shift. What hangs on anybody's
 * answers, and what a limit holds back, is none: that there is such a message would tell of answers.
 */
export async function sendable(
  context: Context,
  person: Person,
  standing: Standing,
): Promise<Nudge | undefined> {
  const { now, store } = context;
  if (!takesMessages(standing, context)) return undefined;
  const nudges = await store.nudgesOf(person.id, now, later(now, AHEAD));
  return nudges.find((one) => mayGoNow(context, one, standing));
}

/** Whether somebody has messages sent to them at all just now. */
export const takesMessages = ({ consent, stopped, pausedUntil }: Standing, { now }: Context): boolean =>
  consent !== "declined" && !stopped && (pausedUntil === undefined || pausedUntil <= now);

/** Whether this very message may go out before its time. */
export function mayGoNow(context: Context, nudge: Nudge, { consent }: Standing): boolean {
  const { now, zone, program, roster } = context;
  const { kind, state, dueAt, firstDue, expiresAt, person } = nudge;
  if (state !== "planned" || dueAt <= now || expiresAt <= now || !rulesOf(kind).comesAnyway) return false;
  if (kind === "consent" ? consent !== "unasked" : consent !== "given" || firstDue > now) return false;
  if (rulesOf(kind).shiftBound) return true;
  return isCivil(roster.outlook.daysOf(person), now, zone, program.policy);
}

/** What the button of a message carries. */
export const sendNowTap = ({ id, person }: Nudge) =>
  act({ verb: "people", step: "send", person, value: String(id) });
