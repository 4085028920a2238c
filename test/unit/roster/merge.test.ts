import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { personId } from "#src/domain/person.ts";
import type { Assignment, Roster } from "#src/domain/roster.ts";
import { HOUR, instant, later } from "#src/domain/time.ts";
import { changesNothing, rosterChange } from "#src/roster/change/merge.ts";
import { classified } from "#src/roster/change/swaps.ts";
import type { ReadingWindow } from "#src/roster/change/coverage.ts";
import type { RosterEntry } from "#src/roster/text/reader.ts";
import { duty, local, roleBy } from "#test/support/programs.ts";

const entry = (text: string, over: Partial<Assignment> = {}): RosterEntry => {
  const { person, start, end, label, role } = { ...duty(text), ...over };
  return { kind: "duty", person, start, end, label, role };
};

const stored = (...duties: readonly string[]): Roster => ({
  assignments: duties.map((text) => duty(text)),
  absences: [],
});

const NOW = local("2026-12-01T00:00");
const WINDOW: ReadingWindow = {
  people: new Set(["r1", "a1"].map(personId)),
  start: local("2026-11-30T00:00"),
  end: local("2026-12-31T00:00"),
};
const change = (before: Roster, read: readonly RosterEntry[], windows = [WINDOW], now = NOW) =>
  rosterChange(before, read, windows, now);

const DAY = "r1 2026-12-02T08:00 2026-12-02T17:00";

describe("a roster read again", () => {
  it("adds what is new under an id of its person and start", () => {
    const { added, moved, removed } = change(stored(), [entry(DAY, { label: "Day" })]);

    expect(added).toEqual([{ ...duty(DAY), id: "r1@2026-12-01T23:00Z", label: "Day" }]);
    expect([moved, removed]).toEqual([[], []]);
  });

  it("changes nothing when it says the same", () => {
    const before = stored(DAY);

    expect(changesNothing(change(before, [entry(DAY)]), before)).toBe(true);
  });

  it("counts a shift that stands in two files once, with the label that says something", () => {
    const { added } = change(stored(), [
      entry(DAY),
      entry(DAY, { label: "Day" }),
      entry(DAY, { label: "Other" }),
    ]);

    expect(added.map((one) => one.label)).toEqual(["Day"]);
  });

  it("is another shift in another role: what hangs on the old one stays with it", () => {
    const found = change(stored(DAY), [entry(DAY, { role: "attending" })]);

    expect(found.removed).toEqual(stored(DAY).assignments);
    expect(found.added).toEqual([
      { ...stored(DAY).assignments[0], id: "r1@2026-12-01T23:00Z~2", role: "attending" },
    ]);
    expect(classified(found)).toMatchObject({
      added: [],
      removed: [],
      recast: [{ to: { role: "attending" } }],
    });
  });

  it("leaves the role of what is over as it was", () => {
    const after = local("2026-12-03T00:00");

    expect(
      changesNothing(change(stored(DAY), [entry(DAY, { role: "attending" })], [WINDOW], after), stored(DAY)),
    ).toBe(true);
  });

  it("keeps the id of a shift that starts or ends at another time, or has another name", () => {
    const [before] = stored(DAY).assignments;
    const moves = [
      entry("r1 2026-12-02T10:00 2026-12-02T19:00"),
      entry("r1 2026-12-02T08:00 2026-12-02T12:00"),
      entry(DAY, { label: "Short day" }),
    ];

    for (const { start, end, label } of moves) {
      const found = change(stored(DAY), [entry(DAY, { start, end, label })]);
      expect(found.moved).toEqual([{ from: before, to: { ...before, start, end, label } }]);
      expect([found.added, found.removed]).toEqual([[], []]);
    }
  });

  it("gives a new shift at the old start of a moved one another id", () => {
    const moved = { ...duty(DAY), start: local("2026-12-02T18:00"), end: local("2026-12-02T23:00") };
    const read = [entry(DAY), entry("r1 2026-12-02T18:00 2026-12-02T23:00")];

    const { added } = change({ assignments: [moved], absences: [] }, read);

    expect(added.map((one) => one.id)).toEqual(["r1@2026-12-01T23:00Z~2"]);
  });

  it("does not take another person's shift at the same time for a moved one", () => {
    const { added, moved, removed } = change(stored(DAY), [entry("a1 2026-12-02T08:00 2026-12-02T17:00")]);

    expect(added.map((one) => one.person)).toEqual(["a1"]);
    expect(moved).toEqual([]);
    expect(removed.map((one) => one.person)).toEqual(["r1"]);
  });
});

describe("a stored shift that is not read", () => {
  it("is removed", () => {
    expect(change(stored(DAY), []).removed).toEqual([duty(DAY)]);
  });

  it.each([
    ["is over", [WINDOW], local("2026-12-02T17:00")],
    ["lies outside what was read", [{ ...WINDOW, start: local("2026-12-03T00:00") }], NOW],
    ["belongs to somebody of whom nothing was read", [{ ...WINDOW, people: new Set([personId("a1")]) }], NOW],
    ["cannot be judged since nothing was read", [], NOW],
  ])("is kept when it %s", (_, windows, now) => {
    const before = stored(DAY);

    expect(changesNothing(change(before, [], windows, now), before)).toBe(true);
  });

  it("is kept as it was when it is over, whatever the roster says now", () => {
    const before = stored(DAY);
    const now = local("2026-12-03T00:00");

    const found = change(before, [entry("r1 2026-12-02T08:00 2026-12-02T12:00")], [WINDOW], now);

    expect(changesNothing(found, before)).toBe(true);
  });
});

describe("absences", () => {
  const leave = {
    ...entry("r1 2026-12-05T00:00 2026-12-06T00:00"),
    kind: "absence",
    label: "Leave",
  } as const;
  const away = { person: leave.person, start: leave.start, end: leave.end };

  it("are what was read, without doubles", () => {
    expect(change(stored(), [leave, leave]).absences).toEqual([away]);
  });

  it("go when they are not read any more, but stay when nothing was read of their time", () => {
    const before: Roster = { assignments: [], absences: [away] };

    expect(change(before, []).absences).toEqual([]);
    expect(change(before, [], []).absences).toEqual([away]);
  });
});

it("applying a change leads to the roster that was read, and reading it again changes nothing", () => {
  const duties = fc.array(
    fc
      .record({
        person: fc.constantFrom("r1", "a1"),
        start: fc.integer({ min: 0, max: 600 }),
        hours: fc.integer({ min: 1, max: 24 }),
      })
      .map(({ person, start, hours }): RosterEntry => {
        const from = later(NOW, (start + 1) * HOUR);
        return {
          kind: "duty",
          person: personId(person),
          start: from,
          end: later(from, hours * HOUR),
          label: "",
          role: roleBy(person),
        };
      }),
    { maxLength: 12 },
  );
  const everywhere = [{ ...WINDOW, start: instant(0), end: instant(Number.MAX_SAFE_INTEGER) }];
  const key = ({ person, start, end }: Pick<RosterEntry, "person" | "start" | "end">) =>
    `${person} ${start} ${end}`;
  fc.assert(
    fc.property(duties, duties, (first, second) => {
      let roster: Roster = { assignments: [], absences: [] };
      for (const read of [first, second]) {
        const { added, moved, removed, absences } = rosterChange(roster, read, everywhere, NOW);
        const gone = new Set([...removed, ...moved.map(({ from }) => from)].map((one) => one.id));
        const kept = roster.assignments.filter((one) => !gone.has(one.id));
        roster = { assignments: [...kept, ...moved.map(({ to }) => to), ...added], absences };

        const ids = roster.assignments.map((one) => one.id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(roster.assignments.map(key).toSorted()).toEqual([...new Set(read.map(key))].toSorted());
        expect(changesNothing(rosterChange(roster, read, everywhere, NOW), roster)).toBe(true);
      }
    }),
  );
});
