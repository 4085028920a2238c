import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { MINUTE } from "#src/domain/time.ts";
import { icalendar } from "#src/roster/formats/icalendar/icalendar.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import { someone } from "#test/support/programs.ts";
import { contextOf } from "./context.ts";

/*
 * Random series with EXDATE, EXRULE, RDATE, overrides and cancellations, each written in the ways that programs have, and
 * when they take place by python-dateutil: test/fixtures/recurrences/by-dateutil.py made both, and shares no code with us.
 */
type Case = readonly [lines: readonly string[], times: readonly string[], named: number];

const file = new URL("../../fixtures/recurrences/by-dateutil.json.gz", import.meta.url);
const cases = gunzipSync(readFileSync(file))
  .toString("utf8")
  .split("\n")
  .map((line) => JSON.parse(line) as Case);
const context = {
  ...contextOf({ people: [someone("r1")], timeZone: "Europe/Berlin" }),
  horizon: contextOf({ timeZone: "UTC", from: "2027-01-01T00:00", to: "2027-07-01T00:00" }).horizon,
};

it("agrees with python-dateutil on 5,000 random series with exceptions of every kind", () => {
  const every = campaignSize({ quick: 25, usual: 10, long: 1 });
  const tried = cases.filter((_, index) => index % every === 0);
  const differing: unknown[] = [];

  for (const [lines, expected, named] of tried) {
    const text = ["BEGIN:VCALENDAR", ...lines, "END:VCALENDAR"].join("\r\n");
    const { entries, notUnderstood } = icalendar({ file: "x.ics", text }, context);
    const times = entries.map(({ start, end }) => `${start / MINUTE} ${end / MINUTE}`).toSorted();
    if (times.join() !== expected.join() || notUnderstood.length !== named)
      differing.push({ text, times, expected, named, problems: notUnderstood });
  }

  expect(cases).toHaveLength(5_000);
  expect(differing.length === 0 ? [] : [differing.length, tried.length, differing[0]]).toEqual([]);
}, 180_000);
