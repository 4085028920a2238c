import { act } from "#src/card/act.ts";
import type { Block, Card } from "#src/card/card.ts";
import type { Nudge } from "#src/domain/nudge.ts";
import type { Person } from "#src/domain/person.ts";
import type { Standing } from "#src/ports/store.ts";
import type { Words } from "#src/words/words.ts";
import type { Context } from "../context.ts";
import { attendingHome } from "./attending.ts";
import { coordinatorHome } from "./coordinator.ts";
import { residentHome } from "./resident.ts";
import { settings } from "./settings.ts";

/** A person's home page: what is open, then what they may see in their role, then their settings. */
export async function homeCard(
  context: Context,
  reader: Person,
  words: Words,
  standing: Standing,
): Promise<Card> {
  const { home } = words.say;
  const blocks: Block[] = [
    { type: "title", text: home.title, note: context.program.name },
    ...standingBlocks(context, words, standing),
    ...(await openBlocks(context, reader, words)),
    ...(await ofRole(context, reader, words)),
    { type: "divider" },
    ...settings(context, words, standing),
  ];
  return { locale: words.locale, notification: home.notification, blocks };
}

function standingBlocks(
  context: Context,
  { say, format }: Words,
  { stopped, pausedUntil }: Standing,
): readonly Block[] {
  if (stopped) return [{ type: "text", text: say.home.stopped, tone: "strong" }];
  if (pausedUntil === undefined || pausedUntil <= context.now) return [];
  return [{ type: "text", text: say.home.paused(format.date(pausedUntil)), tone: "strong" }];
}

/** The open asks. Those whose message may not have arrived are among them: here the person can find them. */
async function openBlocks(context: Context, reader: Person, words: Words): Promise<readonly Block[]> {
  if (reader.role === "coordinator") return [];
  const { home } = words.say;
  const open = await context.store.openNudges(reader.id, context.now);
  if (open.length === 0) return [{ type: "text", text: home.nothingOpen, tone: "quiet" }];
  const label = (nudge: Nudge) => `${home.answer}: ${home.kinds[nudge.kind]}`;
  return [
    {
      type: "actions",
      actions: open.map((nudge) => ({ label: label(nudge), act: act({ verb: "show", nudge: nudge.id }) })),
    },
  ];
}

async function ofRole(context: Context, reader: Person, words: Words): Promise<readonly Block[]> {
  switch (reader.role) {
    case "resident":
      return residentHome(context, reader, words);
    case "attending":
      return attendingHome(context, reader, words);
    case "coordinator":
      return coordinatorHome(context, words);
    default:
      return reader.role satisfies never;
  }
}
