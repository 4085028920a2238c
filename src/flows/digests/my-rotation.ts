import type { Block, Card, Chart, ChartValue } from "#src/card/card.ts";
import { ITEMS } from "#src/domain/forms.ts";
import type { Person } from "#src/domain/person.ts";
import type { Rotation } from "#src/domain/program.ts";
import { dateText, dayNumber, weekOf, type Instant } from "#src/domain/time.ts";
import { textOf, type Words } from "#src/words/words.ts";
import type { Context } from "../context.ts";
import { heading, toHome } from "../notice.ts";
import { answerInShort, answerInWords, goalInFull, itemLabel, outcomeInWords } from "../view/in-words.ts";
import { rotationTold, type RotationTold, type ShiftTold } from "../view/rotation-told.ts";
import { spanOf, weekNote } from "./week-span.ts";

/** As many as every platform draws in one message that also has the goals of two months. The newest. */
const MOST = { shifts: 20, answers: 16, lines: 10 };

/**
 * A resident's own rotation: goals by week with what came of them, help over the shifts, feedback, what partners wrote, and how easy it
 * was to ask for help. For that resident alone. It has no target, no average of others and no arrow.
 */
export async function myRotation(
  context: Context,
  reader: Person,
  words: Words,
  rotation: Rotation,
): Promise<Card> {
  const { rotation: say, digest } = words.say;
  const told = await rotationTold(context, reader, rotation);
  const day = (date: string) => context.zone.at(dayNumber(date), 0);
  const dates = digest.week(words.format.date(day(rotation.from)), words.format.date(day(rotation.to)));
  // Its name is in the program's language alone.
  const note = words.locale === context.program.locale ? `${rotation.name} · ${dates}` : dates;
  return {
    locale: words.locale,
    notification: say.notification,
    blocks: [
      { type: "title", text: say.title, note },
      ...goalsByWeek(context, words, told.shifts),
      ...helpOverShifts(context, words, told.shifts),
      ...feedbackReceived(words, told.shifts),
      ...linesOfPartners(words, told),
      ...trustOverWeeks(words, told),
      { type: "visibility", text: say.visible },
      { type: "actions", actions: [toHome(words)] },
    ],
  };
}

function goalsByWeek(context: Context, words: Words, shifts: readonly ShiftTold[]): readonly Block[] {
  const { rotation: say } = words.say;
  const goals = shifts.filter(({ own }) => own.has("goal"));
  const weeks = Map.groupBy(goals, ({ start }) => weekOf(context.zone.dayOf(start)));
  const rows = [...weeks].map(([week, here]) => ({
    label: weekNote(words, spanOf(context, week)),
    value: here.map((one) => `• ${goalWithOutcome(words, one)}`).join("\n"),
  }));
  return [
    heading(say.goals),
    rows.length === 0 ? { type: "text", text: say.noGoals, tone: "quiet" } : { type: "facts", rows },
  ];
}

function goalWithOutcome(words: Words, { own, isOver }: ShiftTold): string {
  const { digest } = words.say;
  const goal = goalInFull(words, own.get("goal")!, own.get("line"));
  const outcome = own.get("outcome");
  if (outcome === undefined) return isOver ? digest.goalWith(goal, digest.noOutcome) : goal;
  const [to, line] = [own.get("to"), own.get("to-line")];
  return digest.goalWith(goal, outcomeInWords(words, { value: outcome, to, line }));
}

/** The help that was wanted, settled on and given: no measure of anybody, so it stands in words, and no end of the scale is the better one. */
function helpOverShifts(context: Context, words: Words, shifts: readonly ShiftTold[]): readonly Block[] {
  const { rotation: say } = words.say;
  const answered = shifts.filter(
    ({ own, settled }) => own.has("help") || own.has("happened") || settled !== undefined,
  );
  const shown = answered.slice(-MOST.shifts);
  if (shown.length === 0) return [];
  const step = (value: string | undefined): ChartValue | undefined =>
    value === undefined
      ? undefined
      : { value: Number(value), text: answerInShort(words, ITEMS.help, value) ?? value };
  const series = [
    { name: say.wanted, values: shown.map(({ own }) => step(own.get("help"))) },
    { name: say.settled, values: shown.map(({ settled }) => step(settled?.toString())) },
    { name: say.happened, values: shown.map(({ own }) => step(own.get("happened"))) },
  ].filter(({ values }) => values.some((one) => one !== undefined));
  const title = shown.length < answered.length ? say.helpLately(shown.length) : say.help;
  const scale = ["1", "2", "3", "4"].map((value) => step(value)!);
  return [
    {
      type: "chart",
      title: series.length === 1 ? words.say.labelled(title, series[0]!.name) : title,
      points: pointsAt(
        context,
        words,
        shown.map(({ start }) => start),
      ),
      series,
      scale,
      key: keyOf(words, scale),
    },
    { type: "text", text: say.helpIsNoMeasure, tone: "quiet" },
  ];
}

/** The days of a picture; where two things are of one day, with their time. */
function pointsAt(context: Context, words: Words, moments: readonly Instant[]): Chart["points"] {
  const { day, time } = words.format;
  const isAlone = (at: Instant) => moments.filter((one) => day(one) === day(at)).length === 1;
  return moments.map((at) => ({
    label: isAlone(at) ? day(at) : `${day(at)} ${time(at)}`,
    day: dateText(context.zone.dayOf(at)),
  }));
}

/** What the ends of a scale mean where a platform shows numbers. */
function keyOf({ say }: Words, scale: readonly ChartValue[]): string {
  const named = scale.map(({ value, text }) => `${value} ${text}`);
  return say.rotation.key(named[0]!, named.at(-1)!);
}

function feedbackReceived({ say }: Words, shifts: readonly ShiftTold[]): readonly Block[] {
  const answers = shifts.flatMap(({ own }) => own.get("feedback-given") ?? []);
  if (answers.length === 0) return [];
  const counts = Object.keys(say.debrief.feedbacks).flatMap((value) => {
    const count = answers.filter((one) => one === value).length;
    return count === 0
      ? []
      : [say.labelled(textOf(say.debrief.feedbacks, value), say.rotation.shifts(count))];
  });
  return [{ type: "facts", rows: [{ label: say.rotation.feedback, value: counts.join("\n") }] }];
}

function linesOfPartners(words: Words, { lines }: RotationTold): readonly Block[] {
  const { rotation: say } = words.say;
  if (lines.length === 0) return [];
  const shown = lines.slice(-MOST.lines);
  const rows = shown.map(({ by, at, text }) => ({
    label: `${words.format.day(at)} · ${words.called(by)}`,
    value: text,
  }));
  return [
    heading(shown.length < lines.length ? say.linesLately(shown.length) : say.lines),
    { type: "facts", rows },
  ];
}

/** The resident's own answers, one by one. Nobody else reads them. */
function trustOverWeeks(words: Words, { trust }: RotationTold): readonly Block[] {
  const { rotation: say } = words.say;
  const shown = trust.slice(-MOST.answers);
  if (shown.length === 0) return [];
  const step = (value: string): ChartValue => ({
    value: Number(value),
    text: answerInWords(words, ITEMS["week-trust"], value),
  });
  const scale = ["1", "2", "3", "4", "5"].map(step);
  const labels = shown.map(({ at, about }) =>
    [words.format.day(at), ...(about === undefined ? [] : [words.called(about)])].join(" "),
  );
  return [
    {
      type: "chart",
      title: say.trust,
      points: labels.map((label, at) => ({
        label: labels.indexOf(label) === at ? label : `${label} ${words.format.time(shown[at]!.at)}`,
      })),
      series: [{ name: itemLabel(words, "week-trust"), values: shown.map(({ value }) => step(value)) }],
      scale,
      key: keyOf(words, scale),
    },
  ];
}
