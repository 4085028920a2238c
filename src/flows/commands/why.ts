import type { Block, Card } from "#src/card/card.ts";
import { readPairWeek, type NudgeKind } from "#src/domain/nudge.ts";
import type { Person } from "#src/domain/person.ts";
import type { Absent, Fate, WhyRow } from "#src/domain/why.ts";
import { mondayOf, weekFromLabel } from "#src/domain/time.ts";
import type { Standing } from "#src/ports/store.ts";
import { textOf, type Words } from "#src/words/words.ts";
import type { Context } from "../context.ts";
import { toHome } from "../notice.ts";
import { sendable, sendNowTap } from "./sendable.ts";

/** "why Okafor", 「なぜ 田中」, 「田中先生はなぜ」: whom a coordinator asks about; undefined for any other text. */
export function whyAsked(text: string): string | undefined {
  const line = text.normalize("NFKC").trim();
  const found =
    /^why(?: no message(?:s)?(?: for| to)?)?[ :]+(?<name>\S.{0,60}?)[?.]?$/iu.exec(line) ??
    /^(?:なぜ|どうして)[ :、]*(?<name>\S.{0,40}?)(?:は|に|へ)?[??。]?$/u.exec(line) ??
    /^(?<name>\S.{0,40}?)(?:は|に|へ)?(?:なぜ|どうして)[??。]?$/u.exec(line);
  return found?.groups?.["name"]?.trim();
}

/**
 * Why somebody got messages today, or did not, for a coordinator of their program: the reasons of `attune why`. What somebody has
 * told Attune about messages is theirs: it is named as not taking any just now. Whether they answered is told in nothing.
 */
export async function whyCard(context: Context, words: Words, person: Person): Promise<Card> {
  const { say, format } = words;
  const { why } = say;
  if (context.keptOut.includes(person)) return keptOutCard(context, words, person);
  const found = await context.why?.(person.id);
  const standing = await context.store.standing(person.id);
  const what = (kind: NudgeKind, subject: string) =>
    [why.kinds[kind], aboutOf(context, words, subject)].filter((part) => part !== "").join(", ");
  const rows = found?.rows ?? [];
  const next = found?.next;
  const lines = [
    ...(rows.length === 0 ? [why.nothing] : rows.map((row) => rowText(context, words, row))),
    next === undefined ? why.noNext : why.next(format.moment(next.at), what(next.kind, next.subject)),
  ];
  const early = await sendable(context, person, standing);
  const hasPlace =
    person.email !== undefined ||
    Object.keys(person.accounts).length > 0 ||
    (await context.store.identities(person.id)).length > 0;
  return {
    locale: words.locale,
    notification: why.about(words.called(person)),
    blocks: [
      { type: "title", text: why.about(words.called(person)), note: format.date(context.now) },
      { type: "text", text: standingText(words, standing, context), tone: "strong" },
      ...(hasPlace ? [] : [{ type: "text", text: why.nowhere } satisfies Block]),
      { type: "text", text: lines.join("\n") },
      ...(early === undefined
        ? []
        : [
            {
              type: "text" as const,
              text: why.sendable(format.moment(early.dueAt), what(early.kind, early.subject)),
            },
          ]),
      { type: "text", text: why.never, tone: "quiet" },
      {
        type: "actions",
        actions: [
          ...(early === undefined ? [] : [{ label: why.sendNow, act: sendNowTap(early) }]),
          toHome(words),
        ],
      },
    ],
  };
}

/** Of whom nobody knows whether it is the same person: what was due to that id before is no part of it. */
const keptOutCard = ({ now }: Context, words: Words, person: Person): Card => ({
  locale: words.locale,
  notification: words.say.why.about(words.called(person)),
  blocks: [
    { type: "title", text: words.say.why.about(words.called(person)), note: words.format.date(now) },
    { type: "text", text: words.say.people.keptOut(person.id), tone: "strong" },
    { type: "actions", actions: [toHome(words)] },
  ],
});

function standingText({ say: { why } }: Words, standing: Standing, { now }: Context): string {
  const { consent, stopped, pausedUntil } = standing;
  const isQuiet = consent === "declined" || stopped || (pausedUntil !== undefined && now < pausedUntil);
  if (isQuiet) return why.takesNone;
  return consent === "unasked" ? why.participation.unasked : why.takes;
}

/** Reasons that somebody gave by a wish of their own. */
const OWN: ReadonlySet<Fate | Absent> = new Set(["stopped", "paused", "takes-no-part"]);

function rowText(context: Context, words: Words, row: WhyRow): string {
  const { why } = words.say;
  const isShift = "shift" in row;
  const about = aboutOf(context, words, isShift ? row.shift.id : row.subject);
  const fate = isShift ? row.absent : row.fate;
  const said = OWN.has(fate)
    ? why.tookNone
    : isShift
      ? textOf({ ...why.absent, ...why.coordinators }, row.absent)
      : textOf({ ...why.fates, ...why.reasons, ...why.coordinators }, row.fate);
  const text = isShift ? why.row(about, "", said) : why.row(why.kinds[row.kind], about, said);
  return `${words.format.time(row.at)}  ${text}`;
}

/** What a message is about: a shift by its hours, a week by its Monday. */
function aboutOf({ roster, zone }: Context, { format }: Words, subject: string): string {
  const shift = roster.assignment(subject);
  if (shift !== undefined)
    return [format.span(shift.start, shift.end), shift.label].filter(Boolean).join(" ");
  const week = readPairWeek(subject)?.week ?? weekFromLabel(subject);
  if (week === undefined) return "";
  const monday = mondayOf(week);
  return `${format.date(zone.at(monday, 0))} – ${format.date(zone.at(monday + 6, 0))}`;
}
