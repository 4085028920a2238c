import fc from "fast-check";
import { ITEMS, type ItemId } from "#src/domain/forms.ts";
import { pairWeek, type NudgeId } from "#src/domain/nudge.ts";
import { personId, type PersonId } from "#src/domain/person.ts";
import type { Reply } from "#src/domain/reply.ts";
import { researchOccasion } from "#src/domain/research.ts";
import type { Assignment } from "#src/domain/roster.ts";
import { HOUR, later, dayNumber, weekOf, zoneOf, type Instant } from "#src/domain/time.ts";
import { seeded } from "#src/simulation/random.ts";
import type { StudySource } from "#src/study/rows.ts";
import { duty, local } from "./programs.ts";
import { STUDY, studied } from "./studied.ts";

const RESIDENTS = ["r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8"];
const ATTENDINGS = ["a1", "a2", "a3", "a4", "a5"];
const DAYS = ["02", "03", "04", "05", "09", "10"];
const OTHER_VERSION = "zzzzzzzzzzzz";
const zone = zoneOf("Asia/Tokyo");
const START = local("2026-12-01T00:00");

/** One thing that somebody says about the study, so many hours after the start; `old`: to an earlier text. */
interface Word {
  readonly person: string;
  readonly hour: number;
  readonly yes: boolean;
  readonly trust: boolean;
  readonly old: boolean;
}

export interface RandomStudy {
  readonly source: StudySource;
  readonly words: readonly Word[];
}

const word = fc.record({
  person: fc.constantFrom(...RESIDENTS, ...ATTENDINGS),
  hour: fc.integer({ min: 0, max: 24 * 12 }),
  yes: fc.boolean(),
  trust: fc.boolean(),
  old: fc.boolean(),
});

/** Most people agree early, so that there is something to export; some change their minds. */
const words = fc.tuple(fc.array(word, { maxLength: 6 }), fc.integer()).map(([changes, seed]) => {
  const random = seeded(seed);
  const early = [...RESIDENTS, ...ATTENDINGS]
    .filter(() => random() < 0.95)
    .map((person) => ({
      person,
      hour: Math.floor(random() * 40),
      yes: true,
      trust: random() < 0.85,
      old: random() < 0.05,
    }));
  return [...early, ...changes];
});

/** A history of pairs who all answer, at random, and say about the study what they like when they like. */
export const randomStudy: fc.Arbitrary<RandomStudy> = fc
  .tuple(words, fc.integer(), fc.nat({ max: 4 }))
  .map(([said, seed, size]) => {
    // Not fast-check's own numbers: they are near 0 and 1 more often than not.
    const random = seeded(seed);
    const isSmall = size === 0;
    const residents = isSmall ? RESIDENTS.slice(0, 4) : RESIDENTS;
    const assignments: Assignment[] = [...residents, ...ATTENDINGS].flatMap((id) =>
      DAYS.filter(() => random() < 0.8).map((day) => duty(`${id} 2026-12-${day}T08:00 2026-12-${day}T17:00`)),
    );
    const all = new Map<PersonId, (Reply & { superseded: boolean })[]>();
    const say = (
      person: string,
      at: Instant,
      occasion: string,
      item: ItemId,
      value: string | null,
      about?: PersonId,
    ): void => {
      const id = personId(person);
      const own = all.get(id) ?? [];
      const earlier = own.filter(
        (one) => one.occasion === occasion && one.item === item && one.about === about,
      );
      for (const one of earlier) one.superseded = true;
      own.push({
        nudge: 0 as NudgeId,
        person: id,
        occasion,
        item,
        value,
        text: false,
        at,
        superseded: false,
        ...(about === undefined ? {} : { about }),
      });
      all.set(id, own);
    };
    const step = (steps: number): string => String(1 + Math.floor(random() * steps));
    for (const resident of assignments.filter(({ role }) => role === "resident")) {
      answersOf(resident.person, resident, resident.id, say, step, random);
      if (random() < 0.3)
        say(resident.person, later(resident.start, -30 * HOUR * random()), resident.id, "share", "private");
      say(
        resident.person,
        later(resident.end, HOUR),
        resident.id,
        "outcome",
        random() < 0.5 ? "yes" : "partly",
      );
      for (const attending of assignments.filter(
        ({ role, start }) => role === "attending" && start === resident.start,
      )) {
        answersOf(attending.person, attending, resident.id, say, step, random, resident.person);
        const occasion = pairWeek(resident.person, attending.person, weekOf(zone.dayOf(resident.start)));
        for (const person of [resident.person, attending.person])
          for (const item of ["week-goal", "week-strategy", "week-trust"] as const)
            if (random() < 0.9)
              say(person, later(resident.start, (48 + random() * 48) * HOUR), occasion, item, step(5));
      }
    }
    const byTime = said.toSorted((a, b) => a.hour - b.hour);
    for (const { person, hour, yes, trust, old } of byTime) {
      const at = later(START, hour * HOUR);
      const occasion = researchOccasion(old ? OTHER_VERSION : STUDY.version, personId(person));
      say(person, at, occasion, ITEMS.research.id, yes ? "yes" : "no");
      say(person, at, occasion, ITEMS["research-trust"].id, yes && trust ? "yes" : "no");
    }
    const program = studied({ people: [...residents, ...ATTENDINGS] });
    const now = zone.at(dayNumber("2026-12-20"), 0);
    return { source: { program, zone, assignments, replies: all, now }, words: byTime };
  });

type Say = (
  person: string,
  at: Instant,
  occasion: string,
  item: ItemId,
  value: string | null,
  about?: PersonId,
) => void;

function answersOf(
  person: PersonId,
  shift: Assignment,
  occasion: string,
  say: Say,
  step: (steps: number) => string,
  random: () => number,
  about?: PersonId,
): void {
  const at = later(shift.start, -HOUR * random());
  if (random() < 0.1) return;
  for (const item of ["help", "call"] as const) say(person, at, occasion, item, step(4), about);
  say(person, at, occasion, "feedback", ["moment", "after", "end"][Math.floor(random() * 3)]!, about);
  // A corrected answer comes later, and may come after a change of mind about the study.
  if (random() < 0.2) say(person, later(at, 30 * HOUR * random()), occasion, "help", step(4), about);
  // An answer may be taken back.
  if (random() < 0.15) say(person, later(shift.start, HOUR), occasion, "call", null, about);
  if (random() < 0.6) say(person, later(shift.end, HOUR), occasion, "happened", step(4), about);
}
