import { expect, it } from "vitest";
import { ANNOUNCED } from "#src/domain/retention.ts";
import { DAY, later, MINUTE } from "#src/domain/time.ts";
import { eraseExpired } from "#src/schedule/forgetting.ts";
import { SILENT } from "#test/support/attune.ts";
import { contextOn } from "#test/support/context-on.ts";
import { local, programOf } from "#test/support/programs.ts";

const NOW = local("2027-06-01T09:00");
const TOMORROW = local("2027-06-02T00:00");

it.each([
  [19, 19, TOMORROW],
  [20, 20, undefined],
  [100, 20, undefined],
])(
  "of %i portions that are over a beat erases %i: others wait for what it does, and the next one goes on",
  async (over, erased, again) => {
    let portions = 0;
    const stands = { months: 1, since: later(NOW, -30 * DAY), seen: later(NOW, -MINUTE) };
    const kept = {
      note: async (key: string) => (key === ANNOUNCED ? JSON.stringify(stands) : undefined),
      changeNote: async () => true,
      eraseAnswers: async () => (portions < over ? (portions += 1) : 0),
    };
    const program = { ...programOf(), retention: 1 };

    const next = await eraseExpired({ log: SILENT }, contextOn({ program, duties: [], now: NOW, kept }));

    expect([portions, next]).toEqual([erased, again]);
  },
);
