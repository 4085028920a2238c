import type { ItemId } from "#src/domain/forms.ts";
import fc from "fast-check";
import type { Trouble } from "#adapters/memory/messenger.ts";
import { act, type Meaning, tapsOf } from "#src/card/act.ts";
import { plain } from "#src/card/plain.ts";
import type { Act } from "#src/card/card.ts";
import { personTables } from "#src/commands/person-export.ts";
import { programTables } from "#src/commands/program-export.ts";
import { asCsv, asJson } from "#src/commands/table.ts";
import type { Nudge, NudgeKind } from "#src/domain/nudge.ts";
import { personId, type Address } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import type { Metrics } from "#src/ops/metrics.ts";
import type { Log } from "#src/ports/log.ts";
import type { MessageRef } from "#src/ports/messenger.ts";
import { flow, type Flow } from "./attune.ts";
import { byTheMinute } from "./by-the-minute.ts";
import { ledgerOf } from "./privacy-ledger.ts";
import { local, programOf, rosterOf } from "./programs.ts";
import type { Turn } from "./random-histories.ts";
import { press, take, type Twist } from "./turns.ts";

/** The resident who keeps their goals to themselves. */
export const PRIVATE = "r1";

/** What the resident does about the goal that nobody else is to know of: in the other worlds nothing, or "no goal this shift". */
export interface Secret {
  readonly does:
    | "goal"
    | "line"
    | "types"
    | "again"
    | "taken"
    | "kept"
    | "by-command"
    | "same"
    | "looks-back";
  readonly seed: number;
}

/** What the resident does in both worlds. */
export type Open = "strategy" | "check-in" | "home";

export interface Step {
  readonly at: string;
  readonly secrets: readonly Secret[];
  readonly open: Open | undefined;
  readonly turns: readonly Turn[];
  /** A swap of duties, or leave where both are the same. */
  readonly news: readonly [number, number] | undefined;
}

/** A program and what happens in it, as chance has it. */
export interface PrivateHistory {
  readonly people: readonly string[];
  /** The rotation's last day. What is told of it comes within the history, or after it. */
  readonly to: string;
  /** Of each on each of the two days. */
  readonly spans: readonly number[];
  readonly steps: readonly Step[];
  /** What goes wrong with the n-th message to somebody else. */
  readonly troubles: readonly (Trouble | undefined)[];
}

const MOMENTS = [
  ..."01T07:20 01T07:46 01T07:55 01T08:00 01T08:20 01T17:00 01T17:20".split(" "),
  ..."02T07:46 02T08:00 02T08:20 02T17:00 02T22:00 07T09:00 08T09:00 10T09:00".split(" "),
].map((text) => `2026-12-${text}`);
/** Reading the metrics costs as much as a beat. */
const METERED = /T(?:07:55|08:20|17:20)|-10T/u;
const SPANS = ["08:00 17:00", "08:00 17:00", "08:00 17:00", "13:00 22:00", ""];
const TROUBLES = ["lost", "arrived", "unavailable", "rejected", "unreachable"] as const;

const DEEDS = ["line", "types", "again", "taken", "kept", "by-command", "same", "looks-back"] as const;

/** What the resident has: a goal that they keep to themselves, nothing that they ever said, or no goal, as they said. */
export type World = "private" | "silent" | "none";

export const privateHistory: fc.Arbitrary<PrivateHistory> = fc
  .record({ residents: fc.integer({ min: 1, max: 3 }), attendings: fc.integer({ min: 1, max: 3 }) })
  .chain(({ residents, attendings }) => {
    const people = [...ones("r", residents), ...ones("a", attendings), "c1"];
    const who = fc.nat({ max: people.length - 2 });
    const step = (at: string): fc.Arbitrary<Step> =>
      fc.record({
        at: fc.constant(at),
        secrets: fc.array(
          fc.record<Secret>({
            does: fc.constantFrom("goal", "goal", ...DEEDS),
            seed: fc.nat({ max: 1_000 }),
          }),
          { maxLength: 2, size: "max" },
        ),
        open: fc.option(fc.constantFrom<Open>("strategy", "check-in", "home"), { nil: undefined, freq: 2 }),
        turns: fc.array(
          fc.record<Turn>({
            who,
            does: fc.constantFrom("answers", "answers", "answers", "weighs", "suggests", "change", "says"),
            seed: fc.nat({ max: 10_000 }),
            times: fc.integer({ min: 1, max: 5 }),
          }),
          { maxLength: 2, size: "max" },
        ),
        news: fc.oneof(
          { weight: 14, arbitrary: fc.constant(undefined) },
          { weight: 1, arbitrary: fc.tuple(who, who) },
        ),
      });
    return fc.record({
      people: fc.constant(people),
      to: fc.constantFrom("2026-12-06", "2027-01-24"),
      spans: fc.array(fc.nat({ max: SPANS.length - 1 }), {
        minLength: 2 * (people.length - 1),
        maxLength: 2 * (people.length - 1),
      }),
      steps: fc.tuple(...MOMENTS.map(step)),
      troubles: fc.array(fc.option(fc.constantFrom<Trouble>(...TROUBLES), { nil: undefined, freq: 2 }), {
        maxLength: 6,
      }),
    });
  });

const ones = (letter: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => `${letter}${i + 1}`);

/** All that others could see, in the order in which they could: `of` says where, `saw` what. */
export interface Sight {
  readonly of: string;
  readonly saw: string;
}

/** Lives through a history, with the private goals or without them, and gives all that anybody else could see. */
export async function live(
  history: PrivateHistory,
  world: World,
  metrics: Metrics,
  watch: (attune: Flow) => void,
): Promise<readonly Sight[]> {
  const { people } = history;
  const program = programOf({ people, to: history.to });
  const sights: Sight[] = [];
  let duties = dutiesOf(history);
  const away: { person: string; day: string }[] = [];
  let clock: Flow["clock"] | undefined;
  const trouble = byTheMinute(history.troubles, () => attune.clock.now());
  const book = logBook(() => clock?.now() ?? 0);
  await using attune = await flow({
    program,
    roster: rosterOf(duties),
    start: "2026-12-01T06:00",
    messenger: { trouble: (to) => (to === PRIVATE ? undefined : trouble(to)) },
    log: book.log,
    metrics,
  });
  clock = attune.clock;
  watch(attune);
  for (const id of people) {
    await attune.phone(id).says("home");
    await press(attune, id, ({ verb }) => verb === "agree");
  }
  const ledger = ledgerOf([]);
  for (const step of history.steps) {
    await attune.clock.set(local(step.at));
    await attune.beat();
    if (step.news !== undefined) {
      const [one, other] = step.news.map((n) => people[n]!) as [string, string];
      const day = step.at.slice(0, 10);
      if (one === other) away.push({ person: one, day });
      else duties = swapped(duties, one, other, day);
      await attune.publishes(
        rosterOf(
          duties,
          undefined,
          away.map((leave) => ({
            person: personId(leave.person),
            start: local(`${leave.day}T00:00`),
            end: local(`${leave.day}T23:59`),
          })),
        ),
      );
    }
    for (const secret of world === "silent" ? [] : step.secrets)
      await (world === "none" ? saysNone(attune, secret) : keepsTo(attune, secret));
    await attune.beat();
    if (step.open !== undefined) await openly(attune, step.open);
    for (const turn of step.turns) {
      const id = people[turn.who]!;
      if (id !== PRIVATE) await take(attune, ledger, id, turn, NOBODY);
    }
    if (METERED.test(step.at)) sights.push({ of: "metrics", saw: attuneLines(await metrics.text()) });
  }
  sights.push(...book.sights(), ...(await pagesOf(attune, people)), ...(await officeOf(attune, program)));
  for (const id of people.filter((one) => one !== PRIVATE)) {
    const seen = attune.cloud.deliveries.filter(({ to }) => to === id);
    sights.push({
      of: `messages ${id}`,
      saw: seen
        .map(({ type, at, card }) => `${type} ${at} ${JSON.stringify(card)}\n${plain(card)}`)
        .join("\n\n"),
    });
  }
  return sights;
}

const NOBODY: Twist = { of: "nobody", items: new Set(), isOn: false };

const dutiesOf = ({ people, spans }: PrivateHistory): readonly string[] =>
  people.slice(0, -1).flatMap((id, i) =>
    ["01", "02"].flatMap((day, j) => {
      // On the first day the resident works beside somebody: else there is nothing to hide.
      const span = SPANS[id === PRIVATE && j === 0 ? 0 : spans[2 * i + j]!]!;
      const [start, end] = span.split(" ");
      return span === "" ? [] : [`${id} 2026-12-${day}T${start} 2026-12-${day}T${end}`];
    }),
  );

const swapped = (duties: readonly string[], one: string, other: string, day: string): readonly string[] =>
  duties.map((text) => {
    const [person, start, end] = text.split(" ") as [string, string, string];
    if (!start.startsWith(day)) return text;
    return `${person === one ? other : person === other ? one : person} ${start} ${end}`;
  });

/** The resident's asks of a kind, the newest first: those that others do not learn of. */
async function asksOf(attune: Flow, kind: NudgeKind): Promise<readonly Nudge[]> {
  const found = await attune.store.nudgesOf(personId(PRIVATE), local("2026-11-30T00:00"), attune.clock.now());
  return found.filter((one) => one.kind === kind).toReversed();
}

/** Presses what the card of this ask says, wherever it stands. */
async function answers(
  attune: Flow,
  nudge: Nudge,
  item: ItemId,
  value: string,
  about?: string,
): Promise<void> {
  const meaning: Meaning = {
    verb: "answer",
    nudge: nudge.id,
    item,
    about: about === undefined ? undefined : personId(about),
    value,
  };
  await attune.phone(PRIVATE).presses(standing(attune, nudge), act(meaning));
}

/** The message in which an ask stands: the newest that can be answered to; else any of theirs. */
function standing(attune: Flow, { id }: Nudge): MessageRef {
  const chat = attune.cloud.chat(PRIVATE as Address);
  const about = chat.findLast(({ card }) =>
    tapsOf(card).some(({ meaning }) => "nudge" in meaning && meaning.nudge === id),
  );
  return (about ?? chat[0]!).ref;
}

const GOALS = ["procedures", "tests", "treatment", "other"];

/** What nobody else is to learn. That it is private is said first: what was shared for a moment was shared. */
async function keepsTo(attune: Flow, { does, seed }: Secret): Promise<void> {
  const [goal] = await asksOf(attune, "shift-goal");
  if (does === "looks-back") {
    const [debrief] = await asksOf(attune, "shift-debrief");
    if (debrief === undefined) return;
    await answers(attune, debrief, "outcome", ["yes", "partly", "no-chance"][seed % 3]!);
    if (seed % 2 === 0) await answers(attune, debrief, "happened", String(1 + (seed % 4)));
    return;
  }
  if (goal === undefined) return;
  await answers(attune, goal, "share", "private");
  if (does === "taken" || does === "kept") {
    await press(
      attune,
      PRIVATE,
      (meaning) =>
        meaning.verb === "answer" && meaning.item === "suggestion" && meaning.value.startsWith(does),
    );
    return;
  }
  if (does === "by-command") await attune.phone(PRIVATE).says("goal");
  if (does === "same") {
    await answers(attune, goal, "same", "goal");
    return;
  }
  await answers(attune, goal, "goal", GOALS[seed % GOALS.length]!);
  const line: Act = act({ verb: "write", nudge: goal.id, item: "line", about: undefined });
  if (does === "line")
    await attune.phone(PRIVATE).submits(standing(attune, goal), line, { line: `one line ${seed}` });
  if (does === "types") {
    // What is typed goes to the newest open ask. Only where that is the goal does it stay with the resident.
    const [newest] = await attune.store.openNudges(personId(PRIVATE), attune.clock.now());
    if (newest?.id === goal.id) await attune.phone(PRIVATE).says(`one more line ${seed}`);
  }
  if (does === "again") await answers(attune, goal, "goal", GOALS[(seed + 1) % GOALS.length]!);
}

/** The same moments, where the resident says that they have no goal. */
async function saysNone(attune: Flow, { does }: Secret): Promise<void> {
  const [goal] = await asksOf(attune, "shift-goal");
  if (does !== "looks-back" && goal !== undefined) await answers(attune, goal, "none", "yes");
}

/** What the resident's partners may learn of, and so do in both worlds. */
async function openly(attune: Flow, does: Open): Promise<void> {
  if (does === "home") {
    await attune.phone(PRIVATE).says("home");
    return;
  }
  if (does === "strategy") {
    const [goal] = await asksOf(attune, "shift-goal");
    const { outlook } = attune.running.context().roster;
    // An ask whose shift is gone takes answers only where it was answered before: nobody shares that shift.
    if (goal === undefined || outlook.shiftsOf(goal.person).every(({ id }) => id !== goal.subject)) return;
    for (const [item, value] of [
      ["help", "4"],
      ["call", "2"],
      ["feedback", "end"],
    ] as const)
      await answers(attune, goal, item, value);
    return;
  }
  for (const checkIn of await asksOf(attune, "pair-check-in")) {
    const about = /\+([^@]+)@/u.exec(checkIn.subject)?.[1];
    for (const item of ["week-goal", "week-strategy", "week-trust"] as const)
      await answers(attune, checkIn, item, "2", about);
  }
}

/**
 * Lines in their order, those about a person apart: several people's messages go out at once, and whose is logged first is chance. The
 * platform in memory numbers its messages, which no real one does: theirs tell a moment, or nothing.
 */
function logBook(now: () => number) {
  const sights: Sight[] = [];
  const write = (fields: object, message: string) => {
    const person = "person" in fields ? ` ${String(fields.person)}` : "";
    const saw = `${now()} ${message} ${JSON.stringify({ ...fields, message: undefined })}`;
    sights.push({ of: `log${person}`, saw });
  };
  return {
    log: { debug: write, info: write, warn: write, error: write } satisfies Log,
    sights: () => sights.toSorted((one, other) => (one.of < other.of ? -1 : one.of > other.of ? 1 : 0)),
  };
}

/** How long a beat took is the machine's, and how many there were is told by the clock. */
const attuneLines = (text: string): string =>
  text
    .split("\n")
    .filter((line) => line.startsWith("attune_") && !line.startsWith("attune_beat_duration"))
    .join("\n");

/** What others can open: their home, what is kept of them, its export, and a resident's rotation. */
async function pagesOf(attune: Flow, people: readonly string[]): Promise<readonly Sight[]> {
  const sights: Sight[] = [];
  for (const id of people.filter((one) => one !== PRIVATE)) {
    const sender = { platform: "memory", account: id, address: id as Address };
    const home = await attune.running.bot.receive({ type: "opened", event: "look", sender });
    const kept = await attune.running.bot.receive({ type: "said", event: "look", sender, text: "my data" });
    const tables = personTables(personId(id), undefined, await attune.store.export(personId(id)));
    const whole = await attune.running.bot.receive({
      type: "said",
      event: "look",
      sender,
      text: "my rotation",
    });
    const cards = [home, kept, whole].map((reply) =>
      reply.kind === "card" ? plain(reply.card) : reply.kind,
    );
    sights.push({ of: `pages ${id}`, saw: [...cards, asJson(tables)].join("\n") });
  }
  return sights;
}

async function officeOf(attune: Flow, program: Program): Promise<readonly Sight[]> {
  const tables = await programTables({ program, store: attune.store, now: attune.clock.now() });
  return [{ of: "export", saw: asJson(tables) + asCsv(tables) }];
}
