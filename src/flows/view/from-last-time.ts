import type { Block } from "#src/card/card.ts";
import { ITEMS } from "#src/domain/forms.ts";
import type { Mismatch } from "#src/domain/mismatch.ts";
import type { Person } from "#src/domain/person.ts";
import { gapText } from "#src/words/words.ts";
import type { Between, Happened } from "./between.ts";
import { answerInWords, gapLabel, settledOn } from "./in-words.ts";
import type { View } from "./view.ts";

export type Row = { readonly label: string; readonly value: string };

/**
 * Where the reader and a partner begin: the open difference with its starter, or what they settled on and how it went, and the
 * partner's last wish. Nothing where nothing stands between them.
 */
export function fromLastTime(view: View, partner: Person): readonly Block[] {
  const between = view.between.get(partner.id);
  if (between === undefined) return [];
  const rows = betweenRows(view, between, partner);
  return rows.length === 0 ? [] : [{ type: "facts", rows }];
}

/** Who is told what stands between them and a partner. */
export type Told = Pick<View, "words" | "context" | "reader" | "role">;

/** The open difference, or what was settled and how it went; then the partner's last wish. */
export const betweenRows = (view: Told, between: Between, partner: Person): readonly Row[] => [
  ...differenceRows(view, between, partner),
  ...wishRows(view, between, partner),
];

/** The same for each of several partners, under their names. */
export const fromLastTimes = (view: View): readonly Block[] => {
  const partners = view.seen.flatMap((seen) => seen.partners);
  return partners.flatMap((partner) => {
    const blocks = fromLastTime(view, partner);
    if (blocks.length === 0 || partners.length === 1) return blocks;
    return [{ type: "text" as const, text: view.words.called(partner), tone: "strong" as const }, ...blocks];
  });
};

function differenceRows(view: Told, { mismatch, happened }: Between, partner: Person): readonly Row[] {
  if (mismatch === undefined) return [];
  const { lastTime, reveal } = view.words.say;
  const name = gapLabel(view.words, mismatch.item);
  const difference =
    mismatch.state === "open"
      ? {
          label: lastTime.open(name),
          value: `${gapText(reveal.directions, mismatch)}\n${gapText(reveal.starters, mismatch)}`,
        }
      : { label: lastTime.settled(name), value: settledInWords(view, mismatch) };
  const isAboutHelp = ["help", "safety", "happened"].includes(mismatch.item);
  const isToldOf = isAboutHelp && happened !== undefined && happened.at >= mismatch.openedAt;
  return isToldOf ? [difference, happenedRow(view, happened, partner)] : [difference];
}

function settledInWords({ words, context, reader }: Told, { settlement }: Mismatch): string {
  const { settle } = words.say;
  const said = settlement && settledOn(words, settlement);
  if (settlement === undefined || said === undefined) return settle.talked;
  const { by, at } = settlement;
  const speaker = context.person(by);
  const name = by === reader.id ? words.say.you : speaker === undefined ? by : words.called(speaker);
  return settle.said(said, name, words.format.date(at));
}

function happenedRow({ words, role }: Told, told: Happened, partner: Person): Row {
  const inWords = (step: string) => answerInWords(words, ITEMS.happened, step);
  const label = words.say.lastTime.happened;
  if (told.resident === told.attending) return { label, value: inWords(told.resident) };
  const [mine, theirs] =
    role === "resident" ? [told.resident, told.attending] : [told.attending, told.resident];
  const by = (name: string, step: string) => words.say.labelled(name, inWords(step));
  return { label, value: `${by(words.say.you, mine)}\n${by(words.called(partner), theirs)}` };
}

const wishRows = ({ words }: Told, { wishes }: Between, partner: Person): readonly Row[] =>
  wishes
    .filter(({ by }) => by === partner.id)
    .map(({ text }) => ({ label: words.say.checkIn.nextFrom(words.called(partner)), value: text }));
