import { expect, it } from "vitest";
import { later, mondayOf, weekOf, zoneOf, type Instant, type WeekNumber } from "#src/domain/time.ts";
import { contributionsAfter } from "#src/flows/digests/contributions.ts";
import { publishFigures, type Published } from "#src/flows/digests/publish-figures.ts";
import { contextOn, shiftOf } from "#test/support/context-on.ts";
import { local, programOf, rosterOf } from "#test/support/programs.ts";
import { said, strategy } from "#test/support/replies.ts";

const program = programOf();
const zone = zoneOf(program.timeZone);
const NOW = local("2027-01-05T09:00");
const DUTIES = ["r1", "a1"].map((id) => `${id} 2026-12-01T08:00 2026-12-01T17:00`);
const [, attending] = program.people;
const kept = { roster: async () => rosterOf(DUTIES) };

// domain: The part since the start tells both answered
it.each(["r1", "a1"])(
  "what two had far apart counts as settled where either said, of old, that they had talked: %s",
  async (by) => {
    const here = { occasion: shiftOf("r1 2026-12-01T08:00"), at: local("2026-12-01T08:10") };
    const [r1, a1] = [
      { ...here, about: program.people[0]!.id },
      { ...here, about: attending!.id },
    ];
    const answers = [...strategy("r1", 4, 2, "end", here), ...strategy("a1", 1, 2, "end", r1)];
    const hits = async (...more: typeof answers) => {
      const replies = [...answers, ...more];
      const found = await contributionsAfter(
        contextOn({ program, duties: DUTIES, now: NOW, replies, kept }),
        undefined,
      );
      return found.differences.map((one) => one.hits);
    };

    expect(await hits()).toEqual([[]]);
    expect(await hits(said(by, "talked", "yes", by === "r1" ? a1 : r1))).toEqual([["settled"]]);
  },
);

it("figures are counted from the first week on of which any of them is not published yet", async () => {
  const read: WeekNumber[] = [];
  const first = weekOf(zone.dayOf(local("2026-12-01T00:00")));
  const since = (weeks: number) => ({ parts: [], since: first + weeks });
  const published: Published = {
    week: first,
    tallies: {
      shifts: since(2),
      exchanges: since(1),
      differences: since(3),
      goals: since(2),
      "check-ins": since(2),
    },
  };
  const repliesDuring = async (_: Instant, to: Instant) => (read.push(weekOf(zone.dayOf(later(to, -1)))), []);
  const store = {
    ...kept,
    repliesDuring,
    note: async () => JSON.stringify(published),
    changeNote: async () => true,
  };

  await publishFigures(
    contextOn({ program, duties: DUTIES, now: zone.at(mondayOf(first + 5), 0), kept: store }),
  );

  expect(read.map((week) => week - first)).toEqual([2, 3, 4]);
});
