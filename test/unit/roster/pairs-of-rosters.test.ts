import fc from "fast-check";
import { expect, it } from "vitest";
import { personId } from "#src/domain/person.ts";
import type { Roster } from "#src/domain/roster.ts";
import { DAY, HOUR, instant, later, type Instant } from "#src/domain/time.ts";
import { rosterChange } from "#src/roster/change/merge.ts";
import { provenanceInProcess, provenanceAfter } from "#src/roster/change/provenance.ts";
import { sourceReadingOf, windowsOf } from "#src/roster/change/coverage.ts";
import type { RosterEntry, RosterReading } from "#src/roster/text/reader.ts";

/*
 * Two rosters of one program that overlap in people and in time: what leaves one of them (this month, when next month's
 * file takes its place; the past, from a feed) is no cancellation, what one of them drops is.
 */

const FIRST = instant(Date.UTC(2026, 10, 1));
const PEOPLE = ["r1", "r2", "a1"].map(personId);
const at = (day: number, hour = 0): Instant => later(FIRST, day * DAY + hour * HOUR);

interface Shift {
  readonly person: number;
  readonly day: number;
  readonly kind: "duty" | "absence";
}

type Kind = "feed" | "list" | "table";

const KINDS = fc.constantFrom<Kind>("feed", "list", "table");
const SHIFTS = fc.uniqueArray(
  fc.record({
    person: fc.integer({ min: 0, max: 2 }),
    day: fc.integer({ min: 0, max: 89 }),
    kind: fc.constantFrom<Shift["kind"]>("duty", "duty", "duty", "absence"),
  }),
  { selector: ({ person, day }) => `${person} ${day}`, minLength: 20, maxLength: 60 },
);
const STEPS = fc.array(
  fc.record({
    what: fc.constantFrom("drop", "drop last day", "days pass", "next month", "cannot be read", "killed"),
    who: fc.integer({ min: 0, max: 1 }),
    which: fc.nat(),
  }),
  { minLength: 1, maxLength: 12 },
);

/** One of the two, as its owners publish it. */
class Published {
  readonly kind: Kind;
  readonly hour: number;
  shifts: readonly Shift[];
  month = 0;
  isBroken = false;
  constructor(kind: Kind, shifts: readonly Shift[], hour: number) {
    [this.kind, this.shifts, this.hour] = [kind, shifts, hour];
  }

  entryOf = ({ person, day, kind }: Shift): RosterEntry => ({
    ...(kind === "duty" ? { kind, role: "resident" } : { kind }),
    person: PEOPLE[person]!,
    start: at(day, this.hour),
    end: at(day, this.hour + 10),
    label: "",
  });

  /** A feed shows what has not passed, a file its own month. */
  shown(now: Instant): readonly Shift[] {
    return this.shifts.filter((one) =>
      this.kind === "feed" ? this.entryOf(one).end > now : Math.floor(one.day / 30) === this.month,
    );
  }

  reading(now: Instant): RosterReading {
    if (this.isBroken) return { entries: [], notUnderstood: [], unreadable: true };
    const covers = { from: at(this.month * 30), to: at(this.month * 30 + 30) };
    const entries = this.shown(now).map(this.entryOf);
    return { entries, notUnderstood: [], ...(this.kind === "table" && { covers }) };
  }

  /** What of this the next reading says for sure: a list has shifts around it. */
  droppable(now: Instant): readonly Shift[] {
    const shown = this.shown(now).toSorted((a, b) => a.day - b.day);
    const duties = shown.filter(({ kind }) => kind === "duty");
    const [first, second] = duties;
    if (second === undefined) return [];
    return shown.filter(
      (one) =>
        this.entryOf(one).start > now &&
        (one.kind === "absence" || duties.length > 1) &&
        (this.kind !== "list" || (one.day > first!.day && one !== first)),
    );
  }

  drop(gone: readonly Shift[]): void {
    this.shifts = this.shifts.filter((one) => !gone.includes(one));
  }
}

const keyOf = ({ person, start }: Pick<RosterEntry, "person" | "start">): string => `${person} ${start}`;

it("what leaves one of two rosters stays, and what one of them drops is off, unless the other says it", async () => {
  await fc.assert(
    fc.asyncProperty(KINDS, KINDS, SHIFTS, SHIFTS, STEPS, async (kind, other, some, others, steps) => {
      const both = [new Published(kind, some, 7), new Published(other, others, 7)] as const;
      const memory = provenanceInProcess();
      let stored: Roster = { assignments: [], absences: [] };
      let now = at(2);
      /** Who said each shift or absence and has not dropped it. */
      const expected = new Map<string, { by: Set<Published>; end: Instant }>();
      const read = async (isKept = true) => {
        const readings = both.map((one) => one.reading(now));
        for (const [index, { entries }] of readings.entries())
          for (const one of entries) {
            const key = `${one.kind} ${keyOf(one)}`;
            const found = expected.get(key) ?? { by: new Set<Published>(), end: one.end };
            expected.set(key, { ...found, by: found.by.add(both[index]!) });
          }
        const bySource = readings.map((reading, index) =>
          sourceReadingOf(`roster ${index}`, reading, {
            isFeed: both[index]!.kind === "feed",
            personal: false,
          }),
        );
        const windows = windowsOf(
          PEOPLE,
          readings.map((reading) => ({ reading, person: undefined })),
        );
        const provenance = await memory.read();
        const entries = readings.flatMap((reading) => reading.entries);
        const change = rosterChange(stored, entries, windows, now, { provenance, bySource });
        await memory.write(provenanceAfter(provenance, bySource, stored, now));
        if (!isKept) return;
        const gone = new Set([...change.removed, ...change.moved.map(({ from }) => from)]);
        stored = {
          assignments: [
            ...stored.assignments.filter((one) => !gone.has(one)),
            ...change.moved.map(({ to }) => to),
            ...change.added,
          ],
          absences: change.absences,
        };
      };
      await read();
      for (const { what, who, which } of steps) {
        const one = both[who]!;
        for (const each of both) each.isBroken = false;
        if (what === "days pass") now = later(now, ((which % 9) + 1) * DAY);
        if (what === "next month" && one.kind !== "feed" && one.month < 2) one.month += 1;
        if (what === "cannot be read") one.isBroken = true;
        const can = one.droppable(now);
        const last = Math.max(...can.map(({ day }) => day));
        const gone =
          what === "drop last day"
            ? can.filter(({ day }) => day === last)
            : what === "drop" && can.length > 0
              ? [can[which % can.length]!]
              : [];
        const left = one.shown(now).filter((shift) => !gone.includes(shift) && shift.kind === "duty");
        if (left.length > 0) {
          one.drop(gone);
          const shown = both[1 - who]!.shown(now);
          for (const shift of gone) {
            const { by } = expected.get(`${shift.kind} ${keyOf(one.entryOf(shift))}`) ?? {};
            // A file that has given way to next month's cannot be asked any more.
            const isSaid = shown.some(
              ({ person, day, kind }) => person === shift.person && day === shift.day && kind === shift.kind,
            );
            if (isSaid) by?.delete(one);
            else by?.clear();
          }
        }
        await read(what !== "killed");
      }
      await read();

      const isComing = ({ end }: { readonly end: Instant }) => end > now;
      const found = [
        ...stored.assignments.filter(isComing).map((duty) => `duty ${keyOf(duty)}`),
        ...stored.absences.filter(isComing).map((absence) => `absence ${keyOf(absence)}`),
      ];
      const right = [...expected].flatMap(([key, { by, end }]) => (by.size > 0 && end > now ? [key] : []));
      expect(found.toSorted()).toEqual(right.toSorted());
    }),
    { numRuns: 300 },
  );
}, 60_000);
