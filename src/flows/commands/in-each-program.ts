import { act } from "#src/card/act.ts";
import type { Card } from "#src/card/card.ts";
import { csvFile } from "#src/domain/csv.ts";
import { latestRotation } from "#src/domain/outlook.ts";
import type { Person } from "#src/domain/person.ts";
import type { ResearchSaid } from "#src/domain/research-command.ts";
import { dateText } from "#src/domain/time.ts";
import type { BotResponse } from "#src/ports/inbound.ts";
import type { Words } from "#src/words/words.ts";
import { elsewhereOf, rolesOf, type Context, type Elsewhere } from "../context.ts";
import { figureTable } from "../digests/figure-table.ts";
import { myRotation } from "../digests/my-rotation.ts";
import { rosterCard } from "../digests/roster-card.ts";
import { notice, toHome } from "../notice.ts";
import { shown } from "../responses.ts";
import { everywhereElse, oneAfterTheOther, wordsThere, type Acting } from "./everywhere.ts";
import { dataCard } from "./my-data.ts";
import { researchSaid } from "./research.ts";

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

/** The figures, as a file, of the programs that somebody coordinates. */
export async function figuresAsked({ context, person, words }: Asking): Promise<BotResponse> {
  const { file } = words.say.coordinator;
  const there = everyPlace(context, person).filter((one) => one.person.roles.includes("coordinator"));
  if (there.length === 0) return shown(notice(words, file.notYours));
  const parts = await Promise.all(there.map((one) => figureTable(one.context, wordsThere(words, one))));
  const rows = parts.flat();
  if (rows.length === 0) return shown(notice(words, file.none));
  const day = dateText(context.zone.dayOf(context.now));
  return {
    ...shown(notice(words, file.says(rows.length))),
    file: {
      name: `${file.name(day)}.csv`,
      bytes: csvFile([Object.values(file.columns), ...rows]),
      again: act({ verb: "say", command: "figures" }),
    },
  };
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

/**
 * What somebody reads or says about a study: of every program of theirs that runs one. Each has an approval of its own, so a button
 * answers for the programs with the text that stood above it; a no that is typed counts in all of them.
 */
export async function study(said: Asking, command: ResearchSaid): Promise<BotResponse> {
  const { version } = command;
  const places = everyPlace(said.context, said.person).filter((one) => one.context.program.research);
  const meant = places.filter((one) => one.context.program.research?.version === version);
  const answered = version === undefined ? places : meant;
  if (answered.length < 2) {
    const [one = { context: said.context, person: said.person }] = answered;
    return researchSaid({ ...said, ...one, words: wordsThere(said.words, one) }, command);
  }
  const responses: (readonly [Words, BotResponse])[] = [];
  for (const one of answered) {
    const words = wordsThere(said.words, one);
    responses.push([words, await researchSaid({ ...said, ...one, words }, command)]);
  }
  const cards = responses.flatMap(([words, response]) =>
    response.kind === "card" ? [[words, response.card] as const] : [],
  );
  const [[, first]] = responses as [readonly [Words, BotResponse]];
  return first.kind === "card" ? { ...first, card: oneAfterTheOther(cards) } : first;
}

const everyPlace = (context: Context, person: Person): readonly Elsewhere[] => [
  { context, person },
  ...elsewhereOf(context, person),
];
