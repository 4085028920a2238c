import type { Card } from "#src/card/card.ts";
import { latestRotation } from "#src/domain/outlook.ts";
import type { Person } from "#src/domain/person.ts";
import type { BotResponse } from "#src/ports/inbound.ts";
import type { Words } from "#src/words/words.ts";
import { elsewhereOf, rolesOf, type Context, type Elsewhere } from "../context.ts";
import { myRotation } from "../digests/my-rotation.ts";
import { rosterCard } from "../digests/roster-card.ts";
import { notice } from "../notice.ts";
import { shown } from "../responses.ts";
import { everywhereElse, oneAfterTheOther, wordsThere, type Acting } from "./everywhere.ts";
import { toHome } from "./help.ts";
import { dataCard } from "./my-data.ts";

/* Commands that are answered from every program of theirs. */

interface Asking extends Acting {
  readonly words: Words;
}

/** The rotation that a resident is on, or their last one, in each of their programs. */
export async function rotation({ context, person, words }: Asking): Promise<BotResponse> {
  const { say } = words;
  const there = everyPlace(context, person).filter((one) =>
    rolesOf(one.context, one.person).includes("resident"),
  );
  if (there.length === 0) return shown(notice(words, say.rotation.notResident, [toHome(words)]));
  const cards: (readonly [Words, Card])[] = [];
  for (const one of there) {
    const { program, zone, now } = one.context;
    const latest = latestRotation(program, one.person.id, zone.dayOf(now));
    const theirs = wordsThere(words, one);
    if (latest !== undefined) cards.push([theirs, await myRotation(one.context, one.person, theirs, latest)]);
  }
  return shown(
    cards.length === 0 ? notice(words, say.rotation.notYet, [toHome(words)]) : oneAfterTheOther(cards),
  );
}

/** How the rosters stand, of the programs that somebody coordinates. */
export function rosters({ context, person, words }: Asking): BotResponse {
  const cards = everyPlace(context, person)
    .filter((one) => one.person.roles.includes("coordinator"))
    .map((one) => [wordsThere(words, one), rosterCard(one.context, wordsThere(words, one))] as const);
  return shown(cards.length === 0 ? notice(words, words.say.roster.notYours) : oneAfterTheOther(cards));
}

/** What is kept of somebody, in each of their programs, also where people.csv has them no more. */
export async function data(said: Asking): Promise<BotResponse> {
  const { context, person, words } = said;
  const cards: (readonly [Words, Card])[] = [];
  for (const one of [{ context, person }, ...(await everywhereElse(said))]) {
    const theirs = wordsThere(words, one);
    cards.push([theirs, dataCard(theirs, one.context, await one.context.store.export(one.person.id))]);
  }
  return shown(oneAfterTheOther(cards));
}

const everyPlace = (context: Context, person: Person): readonly Elsewhere[] => [
  { context, person },
  ...elsewhereOf(context, person),
];
