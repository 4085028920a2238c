import { outlookOn } from "#test/support/plans.ts";
import { describe, expect, it } from "vitest";
import type { RosterSource } from "#src/roster/reading/source.ts";
import { personId } from "#src/domain/person.ts";
import type { RosterState } from "#src/domain/roster-report.ts";
import { HOUR, MINUTE, later } from "#src/domain/time.ts";
import { watchRoster } from "#src/roster/watch/roster-watch.ts";
import { wordsFor } from "#src/words/words.ts";
import { SILENT, flow, type Flow } from "#test/support/attune.ts";
import { local, programOf } from "#test/support/programs.ts";
import { takePart, TONGUES, type Tongue } from "#test/support/tongues.ts";
import { together } from "#test/support/together.ts";

const CALENDAR: RosterSource = { name: "ED feed", format: "icalendar", feed: feedEvery(15) };
const ROWS = [
  "person,start,end,label",
  "r1,2026-12-01T08:00,17:00,Day",
  "a1,2026-12-01T08:00,17:00,Day",
  "r1,2026-12-02T08:00,17:00,Day",
  "r1,2026-12-02T12:00,20:00,Late",
  "Nobody Known,2026-12-03T08:00,17:00,Day",
  "r2,3/4/2026 08:00,17:00,Day",
  "r2,2026-12-05T08:00,at five,Day",
];
const FILE: RosterSource = { name: "roster.csv", format: "csv", feed: feedEvery(15) };

function feedEvery(minutes: number) {
  return { addresses: [{ variable: "NONE" }], every: minutes * MINUTE };
}

/** What comes of reading a roster with mistakes in it, beside a feed that cannot be had. */
async function read(locale: Tongue["locale"], rows: readonly string[], mend: boolean): Promise<RosterState> {
  const program = programOf({ people: ["r1", "r2", "a1", "c1"], locale });
  const now = local("2026-12-01T06:00");
  const trouble = { name: CALENDAR.name, since: later(now, -9 * HOUR), reason: "HTTP 503 from inside" };
  const watch = watchRoster(program, [FILE], SILENT, {
    beat: async () => {},
    pages: () => [new TextEncoder().encode(rows.join("\n"))],
    troubles: () => [{ ...trouble, ...(mend ? { mend: true } : {}) }],
    fetched: () => [],
    settled: async () => {},
  });
  await watch.findRosterUpdate(outlookOn(program, { assignments: [], absences: [] }), now);
  return watch.state();
}

async function atWork({ locale, say }: Tongue, rosters: RosterState): Promise<Flow> {
  const attune = await flow({
    program: programOf({ people: ["r1", "r2", "a1", "c1"], locale }),
    roster: together(["r1", "a1"], ["01"]),
    rosters: () => rosters,
  });
  await takePart(attune, say, ["r1", "r2", "a1", "c1"]);
  return attune;
}

describe.each(TONGUES)("what came of reading the roster, in $locale", (tongue) => {
  const { locale, say, who } = tongue;
  const { format } = wordsFor(locale, programOf());
  const { roster } = say;
  const command = locale === "ja" ? "勤務表" : "roster";
  const date = format.date(local("2026-12-02T12:00"));

  it("is there for a coordinator who asks: what is missing, line by line, in their language", async () => {
    await using attune = await atWork(tongue, await read(locale, ROWS, true));

    await attune.phone("c1").says(command);

    const lines = attune.phone("c1").reads().split("\n");
    const since = format.moment(local("2026-11-30T21:00"));
    expect(lines).toContain(roster.trouble("ED feed", since));
    expect(lines).toContain(roster.mend);
    expect(lines).toContain(`${roster.shifts}: 4`);
    expect(lines).toContain(`${roster.people}: ${roster.peopleOf(2, 3)}`);
    const { reasons } = roster;
    const text = lines.join("\n");
    for (const told of [
      roster.leftOutOf("roster.csv:6", reasons.nobody("Nobody Known", "")),
      roster.leftOutOf("roster.csv:7", reasons["ambiguous-date"]("3/4/2026", "")),
      roster.leftOutOf("roster.csv:8", reasons["no-time"]("at five", "")),
    ])
      expect(text).toContain(told);
    expect(lines).toContain(`${roster.doubled}: ${roster.shiftOf(who("r1"), date)}`);
    expect(lines).toContain(`${roster.withoutShifts}: ${who("r2")}`);
  });

  it("names once whom nobody knows, with all the shifts that hang on the name and who comes near", async () => {
    const rows = ["01", "02", "03"].map((day) => `Nam r2,2026-12-${day}T08:00,17:00,Day`);
    await using attune = await atWork(tongue, await read(locale, [...ROWS.slice(0, 3), ...rows], true));

    await attune.phone("c1").says(command);

    const near = format.list(["r2", "r1", "a1"].map((id) => who(id)));
    const reason = roster.reasons.nobody("Nam r2", "");
    const told = roster.leftOutOf(
      "roster.csv:4",
      roster.hinted(reason, roster.hanging(3), roster.perhaps(near)),
    );
    expect(attune.phone("c1").reads()).toContain(told);
    expect(
      attune
        .phone("c1")
        .reads()
        .match(/Nam r2/gu),
    ).toHaveLength(1);
  });

  it("tells what passes by itself from what somebody has to mend", async () => {
    await using attune = await atWork(tongue, await read(locale, ROWS, false));

    await attune.phone("c1").says(command);

    expect(attune.phone("c1").reads()).toContain(roster.passes);
    expect(attune.phone("c1").reads()).not.toContain(roster.mend);
  });

  // domain: The coordinator's digest names what could not be read
  it("stands in the home view and the weekly digest, the first few lines of it, and leads to all of it", async () => {
    const many = Array.from({ length: 9 }, (_, index) => `Nobody ${index},2026-12-03T08:00,17:00,Day`);
    await using attune = await atWork(tongue, await read(locale, [...ROWS.slice(0, 3), ...many], true));
    const coordinator = attune.phone("c1");

    await coordinator.says("home");
    const home = coordinator.reads();
    await attune.until("2026-12-08T09:00");
    const digest = coordinator.reads();
    await coordinator.taps(roster.whole);

    expect(digest).toContain(say.coordinator.title);
    for (const text of [home, digest]) {
      expect(text).toContain(roster.reasons.nobody("Nobody 4", ""));
      expect(text).not.toContain("Nobody 5");
      expect(text).toContain(roster.more(4));
    }
    expect(coordinator.reads()).toContain(roster.reasons.nobody("Nobody 8", ""));
  });

  it.each([
    [5, 0],
    [6, 1],
    [7, 2],
  ])("of %i lines that were left out, home leaves %i to be told by number", async (lines, left) => {
    const unread = Array.from({ length: lines }, (_, index) => `Nobody ${index},2026-12-03T08:00,17:00,Day`);
    await using attune = await atWork(tongue, await read(locale, [...ROWS.slice(0, 3), ...unread], true));

    await attune.phone("c1").says("home");

    const told = attune.phone("c1").reads();
    expect(told.match(/Nobody \d/gu)).toHaveLength(5);
    expect([1, 2].filter((count) => told.includes(roster.more(count)))).toEqual(left > 0 ? [left] : []);
  });

  it.each([5, 6, 7])(
    "names five of %i people whose shifts are in doubt, and counts the others",
    async (count) => {
      const people = Array.from({ length: count }, (_, index) => personId(`gone-${index}`));
      const doubt = { why: "people" as const, people, shifts: 9, coming: 20 };
      const trouble = {
        name: "roster.csv",
        since: local("2026-11-30T21:00"),
        reason: "people are missing",
        doubt,
      };
      await using attune = await atWork(tongue, { troubles: [trouble] });

      await attune.phone("c1").says("home");

      const five = people.slice(0, 5);
      const named = format.list(count > 5 ? [...five, roster.more(count - 5)] : five);
      expect(attune.phone("c1").reads().split("\n")).toContain(roster.doubts.people(named, 9));
    },
  );

  it("is nobody else's, and comes to nobody unasked but once a week", async () => {
    await using attune = await atWork(tongue, await read(locale, ROWS, true));
    const before = attune.phone("c1").chat().length;

    for (const id of ["r1", "a1"]) {
      await attune.phone(id).says(command);
      expect(attune.phone(id).reads()).toContain(roster.notYours);
      expect(attune.phone(id).reads()).not.toContain("roster.csv");
    }
    await attune.until("2026-12-07T00:00");

    expect(attune.phone("c1").chat()).toHaveLength(before);
  });

  it("says that nothing has been read when nothing has", async () => {
    await using attune = await atWork(tongue, { troubles: [] });

    await attune.phone("c1").says(command);

    expect(attune.phone("c1").reads()).toContain(roster.notYet);
  });
});

it("leaves no English in what a Japanese coordinator reads, but for what stands in the roster", async () => {
  const tongue = TONGUES.find(({ locale }) => locale === "ja")!;
  await using attune = await atWork(tongue, await read("ja", ROWS, true));

  await attune.phone("c1").says("勤務表");

  const rest = attune
    .phone("c1")
    .reads()
    .replaceAll(/ED feed|Nobody Known|at five|roster\.csv|Name [a-z]\d|Attune|Test Hospital/gu, "");
  expect(rest).not.toMatch(/[A-Za-z]{2}/u);
});
