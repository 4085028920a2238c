import { DEFAULT_GOALS } from "#src/domain/goals.ts";
import { DEFAULT_POLICY } from "#src/domain/policy.ts";
import { personId, type Person, type PersonId, type ShiftRole } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import { researchWord } from "#src/domain/research-command.ts";
import type { Assignment, Roster } from "#src/domain/roster.ts";
import {
  DAY,
  HOUR,
  MINUTE,
  later,
  dateText,
  dayNumber,
  zoneOf,
  type Instant,
  type Zone,
} from "#src/domain/time.ts";
import { mintAssignmentId } from "#src/roster/change/merge.ts";
import { CATALOGUES } from "#src/words/words.ts";
import type { Pair } from "#src/study/statistics/pairs.ts";
import type { Deed } from "./script.ts";

/** What is true in a made-up study, so that it is known whether it is found. */
export interface Truth {
  /** The share of equal answers about help, in the first and in the last week, from 0 to 1. */
  readonly equal: { readonly first: number; readonly last: number };
  /** Of answers that differ, the share in which the attending plans more help than wanted. */
  readonly bias: number;
  /** How often each side answers, from 0 to 1. */
  readonly answering: number;
}

/** A made-up rotation: its program, its roster, and what people do. */
export interface MadeUp {
  readonly program: Program;
  readonly roster: Roster;
  readonly script: readonly Deed[];
  readonly from: Instant;
  readonly to: Instant;
}

const SHIFTS_A_WEEK = 3;
const FIRST_DAY = "2026-11-30";
const TIME_ZONE = "Asia/Tokyo";
const VERSION = "madeupstudy";
/** Each two residents share an attending at a time, as on many rosters. */
const RESIDENTS_TO_ATTENDING = 2;

/** A rotation with so many residents, who meet different attendings, agree to the study, and answer by the truth. */
export function madeUpStudy(residents: number, weeks: number, truth: Truth, random: () => number): MadeUp {
  const zone = zoneOf(TIME_ZONE);
  const attendings = Math.max(3, Math.ceil(residents / RESIDENTS_TO_ATTENDING));
  const ids = (letter: string, count: number): readonly PersonId[] =>
    Array.from({ length: count }, (_, at) => personId(`${letter}${at + 1}`));
  const people = [...ids("r", residents), ...ids("a", attendings)];
  const first = dayNumber(FIRST_DAY);
  const script: Deed[] = people.flatMap((person) => consents(person, zone.at(first - 1, 12)));
  const assignments: Assignment[] = [];
  const busy = new Set<string>();
  for (let week = 0; week < weeks; week++)
    for (const [place, resident] of ids("r", residents).entries())
      for (let shift = 0; shift < SHIFTS_A_WEEK; shift++) {
        const day = first + 7 * week + ((place + 2 * shift) % 7);
        const attending = personId(`a${((place + week + shift) % attendings) + 1}`);
        const start = zone.at(day, 8);
        assignments.push(duty(resident, start, "resident"));
        if (!busy.has(`${attending} ${day}`)) assignments.push(duty(attending, start, "attending"));
        busy.add(`${attending} ${day}`);
        script.push(
          ...answersOn({ resident, attending, start }, week / Math.max(1, weeks - 1), truth, random),
        );
      }
  script.sort((a, b) => a.at - b.at);
  return {
    program: programOf(people, zone, first, weeks),
    roster: { assignments, absences: [] },
    script,
    from: zone.at(first - 3, 0),
    to: zone.at(first + 7 * weeks + 3, 0),
  };
}

/** They agree to Attune, and a minute later to the study. */
const consents = (person: PersonId, at: Instant): readonly Deed[] => [
  { type: "says", at, person, text: CATALOGUES.en.consent.agree },
  { type: "says", at: later(at, MINUTE), person, text: researchWord("yes", VERSION) },
];

const duty = (person: PersonId, start: Instant, role: ShiftRole): Assignment => ({
  id: mintAssignmentId(person, start),
  person,
  start,
  end: later(start, 9 * HOUR),
  label: "",
  role,
});

interface Meeting {
  readonly resident: PersonId;
  readonly attending: PersonId;
  readonly start: Instant;
}

/** What two answer about help by the truth, `along` the rotation, from 0 to 1. */
export function answersBy({ equal, bias }: Truth, along: number, random: () => number): Pair {
  const wanted = 1 + Math.floor(random() * 4);
  if (random() < equal.first + (equal.last - equal.first) * along)
    return { resident: wanted, attending: wanted };
  const steps = random() < bias ? -1 : 1;
  const planned = wanted + steps;
  // At an end of the scale there is only one way to differ.
  return { resident: wanted, attending: planned < 1 || planned > 4 ? wanted - steps : planned };
}

/** What the two do on one shift. Other residents who share the attending that day are answered one by one. */
function answersOn(
  { resident, attending, start }: Meeting,
  along: number,
  truth: Truth,
  random: () => number,
): readonly Deed[] {
  const help = answersBy(truth, along, random);
  const { answering } = truth;
  const [hasOne, hasOther] = [random() < answering, random() < answering];
  const rest = { call: "2", feedback: "after" };
  return [
    ...(hasOne
      ? [
          {
            type: "answers" as const,
            at: later(start, -10 * MINUTE),
            person: resident,
            kind: "shift-goal" as const,
            answers: { goal: "procedures", help: String(help.resident), ...rest },
          },
        ]
      : []),
    ...(hasOther
      ? [
          {
            type: "answers" as const,
            at: later(start, 10 * MINUTE),
            person: attending,
            kind: "shift-plan" as const,
            partner: resident,
            answers: { help: String(help.attending), ...rest },
          },
        ]
      : []),
  ];
}

function programOf(ids: readonly PersonId[], zone: Zone, first: number, weeks: number): Program {
  const to = dateText(first + 7 * weeks - 1);
  const same = (text: string) => ({ en: text, ja: text });
  return {
    id: "made-up",
    name: same("Made up"),
    timeZone: zone.name,
    locale: "en",
    rotations: [{ name: "ER", from: FIRST_DAY, to }],
    people: ids.map((id): Person => ({
      id,
      name: `Person ${id}`,
      roles: [id.startsWith("r") ? "resident" : "attending"],
      locale: "en",
      accounts: { memory: id },
    })),
    goals: DEFAULT_GOALS,
    labels: new Map(),
    // The question is what people answer, not how many asks a month a program admits.
    policy: { ...DEFAULT_POLICY, asksPerMonth: 1_000, backOff: { after: 1_000, pause: DAY } },
    research: {
      version: VERSION,
      title: same("Made up"),
      approval: "-",
      contact: "-",
      from: dateText(first - 3),
      // The check-in about the last week comes after it.
      to: dateText(first + 7 * weeks + 2),
      text: same("-"),
    },
  };
}
