import { act } from "#src/card/act.ts";
import type { Block, Card } from "#src/card/card.ts";
import type { Nudge } from "#src/domain/nudge.ts";
import type { Person } from "#src/domain/person.ts";
import { DAY, later } from "#src/domain/time.ts";
import { visibleTo } from "#src/domain/visibility.ts";
import { weekOf } from "#src/domain/zone.ts";
import type { Standing } from "#src/ports/store.ts";
import type { Words } from "#src/words/words.ts";
import { labelsOf, overlapsWith, spanOf } from "./attending-digest.ts";
import { programBlocks } from "./coordinator-digest.ts";
import type { Desk } from "./desk.ts";
import { rosterBlocks } from "./roster-news.ts";
import { answerInWords } from "./strategy.ts";
import { circleOf, mismatchesWith } from "./view.ts";
import { itemOf } from "#src/domain/forms.ts";

const SHIFTS_SHOWN = 4;
const GOALS_SHOWN = 8;

/** What a person finds when they look Attune up: what is open, what is next, and, by role, what they may see of it all. */
export async function homeCard(desk: Desk, reader: Person, words: Words, standing: Standing): Promise<Card> {
  const { home } = words.say;
  const blocks: Block[] = [
    { type: "title", text: home.title, note: desk.program.name },
    ...standingBlocks(desk, words, standing),
    ...(await openBlocks(desk, reader, words)),
    ...nextShifts(desk, reader, words),
    ...(await ofRole(desk, reader, words)),
    {
      type: "actions",
      actions: [
        { label: words.say.buttons.help, act: act({ verb: "say", command: "help" }), style: "quiet" },
      ],
    },
  ];
  return { locale: words.locale, notification: home.notification, blocks };
}

function standingBlocks(
  desk: Desk,
  { say, format }: Words,
  { stopped, pausedUntil }: Standing,
): readonly Block[] {
  if (stopped) return [{ type: "text", text: say.home.stopped, tone: "strong" }];
  if (pausedUntil === undefined || pausedUntil <= desk.now) return [];
  return [{ type: "text", text: say.home.paused(format.date(pausedUntil)), tone: "strong" }];
}

async function openBlocks(desk: Desk, reader: Person, words: Words): Promise<readonly Block[]> {
  const { home } = words.say;
  const open = await desk.store.openNudges(reader.id, desk.now);
  if (open.length === 0) return [{ type: "text", text: home.nothingOpen, tone: "quiet" }];
  const label = (nudge: Nudge) => `${home.answer}: ${home.kinds[nudge.kind]}`;
  return [
    {
      type: "actions",
      actions: open.map((nudge) => ({ label: label(nudge), act: act({ verb: "show", nudge: nudge.id }) })),
    },
  ];
}

function nextShifts(desk: Desk, reader: Person, words: Words): readonly Block[] {
  if (reader.role === "coordinator") return [];
  const { home } = words.say;
  const { outlook } = desk.roster;
  const shifts = outlook
    .daysOf(reader.id)
    .assignments.filter((one) => one.end > desk.now)
    .slice(0, SHIFTS_SHOWN);
  const rows = shifts.map((shift) => {
    const ids = outlook
      .overlapsOf(shift)
      .map((one) => (reader.role === "resident" ? one.attending.person : one.resident.person));
    const names = words.all([...new Set(ids)].flatMap((id) => desk.person(id) ?? []));
    const span = words.say.goal.note(shift.label, words.format.span(shift.start, shift.end));
    return { label: words.format.date(shift.start), value: home.shiftWith(span, names) };
  });
  return [
    heading(home.nextShifts),
    rows.length === 0 ? { type: "text", text: home.noShifts, tone: "quiet" } : { type: "facts", rows },
  ];
}

async function ofRole(desk: Desk, reader: Person, words: Words): Promise<readonly Block[]> {
  switch (reader.role) {
    case "resident":
      return [...(await ownGoals(desk, reader, words)), ...(await differences(desk, reader, words))];
    case "attending":
      return [...(await residentsGoals(desk, reader, words)), ...(await differences(desk, reader, words))];
    case "coordinator":
      return [
        heading(words.say.home.program),
        ...(await programBlocks(desk, words, spanOf(desk, weekOf(desk.zone.dayOf(desk.now))))),
        ...rosterBlocks(desk, words),
      ];
    default:
      return reader.role satisfies never;
  }
}

/** A resident's goals and what became of them, newest first. */
async function ownGoals(desk: Desk, reader: Person, words: Words): Promise<readonly Block[]> {
  const replies = await desk.store.repliesOf(reader.id, later(desk.now, -70 * DAY), later(desk.now, 1));
  const rows = replies
    .filter((reply) => reply.item === "goal" && reply.value !== null)
    .slice(-GOALS_SHOWN)
    .toReversed()
    .map((goal) => {
      const outcome = replies.find(
        (reply) => reply.item === "outcome" && reply.occasion === goal.occasion,
      )?.value;
      const ended =
        outcome === undefined || outcome === null ? "" : answerInWords(words, itemOf("outcome")!, outcome);
      const text = words.goal(goal.value!);
      return {
        label: words.format.date(goal.at),
        value: ended === "" ? text : words.say.digest.goalWith(text, ended),
      };
    });
  return rows.length === 0 ? [] : [heading(words.say.home.goals), { type: "facts", rows }];
}

/** The goals that residents share for an attending's coming and recent shifts. */
async function residentsGoals(desk: Desk, reader: Person, words: Words): Promise<readonly Block[]> {
  const recent = overlapsWith(desk, reader).filter(
    (one) => one.end > later(desk.now, -7 * DAY) && one.start < later(desk.now, DAY),
  );
  const rows: { label: string; value: string }[] = [];
  for (const { resident } of recent) {
    const circle = circleOf(desk, resident);
    const seen = visibleTo(reader.id, circle, await desk.store.replies(circle.occasion));
    const goal = seen.find((reply) => reply.person === resident.person && reply.item === "goal")?.value;
    const person = desk.person(resident.person);
    if (goal === undefined || goal === null || person === undefined) continue;
    rows.unshift({
      label: `${words.called(person)} · ${words.format.date(resident.start)}`,
      value: words.goal(goal),
    });
  }
  return rows.length === 0
    ? []
    : [heading(words.say.home.residents), { type: "facts", rows: rows.slice(0, GOALS_SHOWN) }];
}

/** Open mismatches with each partner: by item, never by number. */
async function differences(desk: Desk, reader: Person, words: Words): Promise<readonly Block[]> {
  const { home } = words.say;
  const lines: string[] = [];
  for (const partner of partnersOf(desk, reader)) {
    const open = labelsOf(words, await mismatchesWith(desk, reader, partner.id), "open");
    if (open !== "") lines.push(home.differenceWith(words.called(partner), open));
  }
  return [
    heading(home.differences),
    { type: "text", text: lines.length === 0 ? home.noDifferences : lines.join("\n") },
  ];
}

function partnersOf(desk: Desk, reader: Person): readonly Person[] {
  const { outlook } = desk.roster;
  const overlaps = outlook.shiftsOf(reader.id).flatMap((shift) => outlook.overlapsOf(shift));
  const ids = overlaps.map((one) =>
    reader.role === "resident" ? one.attending.person : one.resident.person,
  );
  return [...new Set(ids)].flatMap((id) => desk.person(id) ?? []);
}

const heading = (text: string): Block => ({ type: "text", text, tone: "strong" });
