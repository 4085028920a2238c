import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { readProgram } from "#src/commands/plan.ts";
import { isAskKind } from "#src/domain/nudge.ts";
import { outlookOf, type Outlook } from "#src/domain/outlook.ts";
import type { PersonId } from "#src/domain/person.ts";
import { HOUR, instant, later, MINUTE, utc, dayNumber, type Instant } from "#src/domain/time.ts";
import { planNudges } from "#src/schedule/plan.ts";
import { seeded } from "#src/simulation/random.ts";
import { readScript } from "#src/simulation/script.ts";
import { simulate } from "#src/simulation/simulate.ts";
import type { TranscriptLine } from "#src/simulation/transcript.ts";
import { SILENT } from "./attune.ts";

/** What the weeks of a program were like for the people of one role, a week and person where it says nothing else. */
export interface RoleWeeks {
  readonly messages: number;
  readonly asks: number;
  readonly notices: number;
  readonly reminders: number;
  readonly taps: number;
  /** The most messages that anybody had in a calendar week, and on a day. */
  readonly mostInWeek: number;
  readonly mostOnDay: number;
}

export interface LivedWeeks {
  readonly resident: RoleWeeks;
  readonly attending: RoleWeeks;
  /** Differences by what became of them, over all weeks, for 10 messages to anybody of the two roles. */
  readonly found: number;
  readonly settled: number;
  readonly closed: number;
}

/** Who answers: everybody by chance, each question for itself, or plausible people (see `plausibly`). */
export type Crowd = "chance" | "plausible";

/**
 * Lives through all rotations of a program, with people who answer, the same for the same seed.
 *
 * @param most so many weeks of them, from the first day on
 */
export async function liveWeeks(
  file: string,
  crowd: Crowd,
  seed: number,
  most = Infinity,
): Promise<LivedWeeks> {
  const { program, zone, roster, notes } = await readProgram(file);
  // A loaded machine may not read a roster in the time that it has: then there would be nothing to live through.
  if (notes.length > 0) throw new Error(notes.join("\n"));
  const first = Math.min(...program.rotations.map(({ from }) => dayNumber(from)));
  const end = Math.max(...program.rotations.map(({ to }) => dayNumber(to)));
  const last = Math.min(end, first + 7 * most - 1);
  const outlook = outlookOf({ program, zone, roster, wishes: new Map() });
  const random = seeded(seed);
  const lines: TranscriptLine[] = [];
  const taps = new Map<PersonId, number>();
  const db = openSqlite({ file: ":memory:", keys: passingKey() });
  await simulate({
    program,
    roster,
    from: zone.at(first - 2, 0),
    // What is left open at the end of the last rotation has a week for its answers.
    to: zone.at(last === end ? last + 8 : last + 1, 0),
    script:
      crowd === "plausible" ? readScript("plausible", plausibly(outlook, random).join("\n"), program) : [],
    db: {
      ...db,
      store: (id) => {
        const store = db.store(id);
        return {
          ...store,
          record(act) {
            taps.set(act.person, (taps.get(act.person) ?? 0) + 1);
            return store.record(act);
          },
        };
      },
    },
    log: SILENT,
    emit: (line) => void lines.push(line),
    ...(crowd === "chance" ? { random } : {}),
  });
  const weeks = (last - first + 1) / 7;
  const sent = sentOf(lines);
  const of = (role: "resident" | "attending"): RoleWeeks => {
    const people = program.people.filter(({ roles }) => roles[0] === role).map(({ id }) => id);
    const theirs = sent.filter(({ person }) => people.includes(person));
    const each = (count: number): number => count / people.length / weeks;
    const days = Map.groupBy(theirs, ({ person, at }) => `${person} ${zone.dayOf(at)}`);
    const calendar = Map.groupBy(
      theirs,
      ({ person, at }) => `${person} ${Math.floor((zone.dayOf(at) + 3) / 7)}`,
    );
    return {
      messages: each(theirs.length),
      asks: each(theirs.filter(({ what }) => what === "ask").length),
      notices: each(theirs.filter(({ what }) => what === "notice").length),
      reminders: each(theirs.filter(({ what }) => what === "reminder").length),
      taps: each(people.reduce((sum, id) => sum + (taps.get(id) ?? 0), 0)),
      mostInWeek: Math.max(...[...calendar.values()].map(({ length }) => length)),
      mostOnDay: Math.max(...[...days.values()].map(({ length }) => length)),
    };
  };
  const all = sent.filter(({ person }) =>
    program.people.some(({ id, roles }) => id === person && roles[0] !== "coordinator"),
  ).length;
  const events = (event: string): number =>
    (10 * lines.filter((line) => line.type === "mismatch" && line.event === event).length) / all;
  return {
    resident: of("resident"),
    attending: of("attending"),
    found: events("opened"),
    settled: events("settled"),
    closed: events("closed"),
  };
}

interface Sent {
  readonly person: PersonId;
  readonly at: Instant;
  readonly what: "ask" | "notice" | "reminder";
}

/** The new messages of a transcript; the second one about the same is a reminder. */
function sentOf(lines: readonly TranscriptLine[]): readonly Sent[] {
  const seen = new Set<string>();
  return lines.flatMap((line) => {
    if (line.type !== "sent" || line.kind === undefined) return [];
    const about = `${line.kind} ${line.person} ${line.subject}`;
    const what = seen.has(about) ? "reminder" : isAskKind(line.kind) ? "ask" : "notice";
    seen.add(about);
    return [{ person: line.person, at: instant(Date.parse(line.at)), what } as const];
  });
}

/** How often an ask is answered. */
const ANSWERS = 0.75;

/**
 * A script of plausible people, a JSON object a line: each ask is answered three times in four, within the hour; what an attending
 * plans, tells and rates lies near what the resident does, and is the same in about every second case.
 */
function plausibly(outlook: Outlook, random: () => number): readonly string[] {
  const within = (value: number, most: number): number => Math.min(Math.max(Math.round(value), 1), most);
  const near = (value: number, most: number): number => {
    const chance = random();
    const step = chance < 0.55 ? 0 : chance < 0.9 ? 1 : 2;
    return within(value + (random() < 0.5 ? step : -step), most);
  };
  const among = <One>(...all: readonly One[]): One => all[Math.floor(random() * all.length)]!;
  /** What both know, each in their own way: of a shift or of a pair's week. */
  const known = new Map<
    string,
    { help: number; call: number; feedback: string; outcome: string; week: number }
  >();
  const about = (subject: string) => {
    const found = known.get(subject) ?? {
      help: within(1 + random() * 3.4, 4),
      call: within(1 + random() * 3.4, 4),
      feedback: among("moment", "after", "end"),
      outcome: among("yes", "yes", "partly", "partly", "no-chance"),
      week: within(2.4 + random() * 2.8, 5),
    };
    known.set(subject, found);
    return found;
  };
  const feedbackOf = (feedback: string) => (random() < 0.6 ? feedback : among("moment", "after", "end"));
  const script: object[] = [];
  const answer = (at: Instant, person: PersonId, line: object): void =>
    void script.push({ at: utc(later(at, Math.ceil(random() * 40) * MINUTE)), person, ...line });
  const shiftOf = new Map(
    outlook.people.flatMap(({ id }) => outlook.shiftsOf(id).map((one) => [one.id as string, one])),
  );
  const partnersOf = new Map<string, Set<PersonId>>();
  for (const { resident, attending } of outlook.overlaps)
    for (const [one, other] of [
      [resident.person, attending.person],
      [attending.person, resident.person],
    ] as const)
      partnersOf.set(one, (partnersOf.get(one) ?? new Set()).add(other));

  for (const { kind, person, subject, dueAt } of planNudges(outlook)) {
    const answers = random() < ANSWERS;
    const shift = shiftOf.get(subject);
    if (kind === "shift-goal" && answers) {
      const { help, call, feedback } = about(subject);
      const goal = among("procedures", "reasoning", "resuscitation", "tests", "flow");
      const share = among("full", "full", "full", "category", "private");
      answer(dueAt, person, {
        nudge: kind,
        answers: { share, goal, help, call, feedback: feedbackOf(feedback) },
      });
    }
    if (shift !== undefined && (kind === "shift-plan" || kind === "shift-debrief")) {
      const overlaps = outlook.overlapsOf(shift);
      const subjects = shift.role === "resident" ? [shift.id] : overlaps.map(({ resident }) => resident.id);
      for (const [i, id] of subjects.entries()) {
        const own = about(id);
        const resident = shift.role === "resident" ? {} : { resident: shiftOf.get(id)!.person };
        if (!answers) continue;
        const given =
          kind === "shift-plan"
            ? { help: near(own.help, 4), call: near(own.call, 4), feedback: feedbackOf(own.feedback) }
            : {
                outcome: random() < 0.75 ? own.outcome : among("yes", "partly", "no-chance"),
                "feedback-given": among("yes", "yes", "not-yet", "not-needed"),
                help: near(own.help, 4),
              };
        // One after the other, as they would.
        answer(later(dueAt, i * HOUR * 0.1), person, { nudge: kind, ...resident, answers: given });
      }
      if (kind === "shift-plan" && random() < 0.5)
        for (const { resident } of overlaps)
          answer(later(dueAt, HOUR), person, {
            settled: { help: String(about(resident.id).help) },
            with: resident.person,
          });
    }
    if (kind === "pair-check-in" && answers) {
      const [, resident, attending, week] = /^(?:([^+]+)\+([^@]+)@)?(.+)$/u.exec(subject)!;
      const partners = resident === undefined ? [...(partnersOf.get(person) ?? [])] : [undefined];
      for (const partner of partners) {
        const pair =
          partner === undefined ? `${resident}+${attending}` : [person, partner].toSorted().join("+");
        const { week: rating } = about(`${pair} ${week}`);
        answer(dueAt, person, {
          nudge: kind,
          ...(partner === undefined ? {} : { about: partner }),
          answers: { goal: near(rating, 5), strategy: near(rating, 5), trust: near(rating + 1, 5) },
        });
      }
    }
  }
  return script.map((line) => JSON.stringify(line));
}
