import { act } from "#src/card/act.ts";
import type { Action, Block, Card } from "#src/card/card.ts";
import type { Ask } from "#src/domain/nudge.ts";
import type { Person, Role } from "#src/domain/person.ts";
import { heading } from "../notice.ts";
import type { Standing } from "#src/ports/store.ts";
import { wordsFor, type Words } from "#src/words/words.ts";
import { elsewhereOf, rolesOf, type Context } from "../context.ts";
import { attendingHome } from "./attending.ts";
import { coordinatorHome } from "./coordinator.ts";
import { residentHome } from "./resident.ts";
import { settings } from "./settings.ts";
import { startAgain } from "./pause.ts";
import { nextShifts } from "./together.ts";
import { viewOf } from "../view/view.ts";

/** A person's home page: what is open, then what they may see in their role, then their settings. */
export async function homeCard(
  context: Context,
  reader: Person,
  words: Words,
  standing: Standing,
): Promise<Card> {
  const { home } = words.say;
  const takesPart = standing.consent === "given";
  const blocks: Block[] = [
    { type: "title", text: home.title, note: words.program },
    ...standingBlocks(context, words, standing),
    ...(takesPart ? await openBlocks(context, reader, words) : []),
    ...(takesPart ? await ofRoles(context, reader, words) : nextShifts(context, reader, words)),
    ...(takesPart ? await ofOtherPrograms(context, reader, words) : []),
    { type: "divider" },
    ...settings(context, words, standing),
  ];
  return { locale: words.locale, notification: home.notification, blocks };
}

/** The same of each other program that somebody works in, under its name. What they have chosen counts in all of them. */
async function ofOtherPrograms(context: Context, reader: Person, words: Words): Promise<readonly Block[]> {
  const blocks: Block[] = [];
  for (const { context: there, person } of elsewhereOf(context, reader)) {
    const theirs = wordsFor(words.locale, there.program);
    blocks.push({ type: "divider" }, { type: "title", text: theirs.program });
    blocks.push(...(await openBlocks(there, person, theirs)), ...(await ofRoles(there, person, theirs)));
  }
  return blocks;
}

/** Why nothing comes, and the way back. */
function standingBlocks(context: Context, words: Words, standing: Standing): readonly Block[] {
  const { home } = words.say;
  const { consent, stopped, pausedUntil } = standing;
  const said = (text: string, way: Action): readonly Block[] => [
    { type: "text", text, tone: "strong" },
    { type: "actions", actions: [way] },
  ];
  if (consent === "declined") return said(home.declined, { ...startAgain(words), label: home.start });
  if (stopped) return said(home.stopped, startAgain(words));
  if (pausedUntil === undefined || pausedUntil <= context.now) return [];
  return said(home.paused(words.format.date(pausedUntil)), startAgain(words));
}

/**
 * The open asks: about which shift or week and with whom, and until when they take answers. Those whose message may not
 * have arrived are among them: here the person can find them.
 */
async function openBlocks(context: Context, reader: Person, words: Words): Promise<readonly Block[]> {
  if (rolesOf(context, reader).every((role) => role === "coordinator")) return [];
  const { home } = words.say;
  const open = await context.store.openNudges(reader.id, context.now);
  if (open.length === 0) return [{ type: "text", text: home.nothingOpen, tone: "quiet" }];
  const rows = await Promise.all(open.map(async (nudge) => openRow(context, nudge, reader, words)));
  return [heading(home.open), { type: "answers", rows }];
}

async function openRow(context: Context, nudge: Ask, reader: Person, words: Words) {
  const { home } = words.say;
  const { seen, shift } = await viewOf(context, nudge, reader, words.locale);
  const partners = [...new Set(seen.flatMap((one) => one.partners))];
  const until =
    context.zone.dayOf(nudge.expiresAt) === context.zone.dayOf(context.now)
      ? words.format.time(nudge.expiresAt)
      : words.format.moment(nudge.expiresAt);
  const parts = [
    ...(shift === undefined ? [] : [words.format.date(shift.start)]),
    ...(partners.length === 0 ? [] : [home.openWith(words.all(partners))]),
    home.openUntil(until),
  ];
  return {
    label: home.kinds[nudge.kind],
    value: parts.join(" · "),
    change: { label: home.answer, act: act({ verb: "show", nudge: nudge.id }), style: "primary" as const },
  };
}

const PARTS: Readonly<
  Record<Role, (...given: Parameters<typeof residentHome>) => Promise<readonly Block[]>>
> = {
  resident: residentHome,
  attending: attendingHome,
  coordinator: coordinatorHome,
};

/** What they may see in each role; what is for one role is called so where they have several. */
async function ofRoles(context: Context, reader: Person, words: Words): Promise<readonly Block[]> {
  const roles = rolesOf(context, reader);
  const [only, ...others] = roles;
  let next = nextShifts(context, reader, words);
  if (only !== undefined && others.length === 0) return PARTS[only](context, reader, words, next);
  const blocks: Block[] = [];
  for (const role of roles) {
    blocks.push({ type: "divider" }, heading(words.say.home.parts[role]));
    blocks.push(...(await PARTS[role](context, reader, words, next)));
    // The shifts of all their roles are listed once.
    if (role !== "coordinator") next = [];
  }
  return blocks;
}
