import { describe, expect, it } from "vitest";
import { icalendar } from "#src/roster/formats/icalendar/icalendar.ts";
import { calendar, contextOf, fixture } from "./context.ts";

const context = { ...contextOf(), inFull: true };
const AT = ["DTSTART:20260302T080000", "DTEND:20260302T170000"];

describe("the ledger of a calendar", () => {
  it.each([["site-feed.ics"], ["zones.ics"], ["broken-utf8.ics"]])("adds up to the events of %s", (name) => {
    const text = fixture(name);

    const { accounts, entries } = icalendar({ file: name, text }, context);

    const { read, skipped, leftOut } = accounts!.counts;
    const sum = read + leftOut + Object.values(skipped).reduce((one, other) => one + other, 0);
    expect(sum).toBe(text.match(/^BEGIN:VEVENT/gmu)!.length);
    expect(accounts!.list.flatMap((one) => (one.fate === "read" ? one.entries : []))).toHaveLength(
      entries.length,
    );
  });

  it("says of each event what became of it", () => {
    const text = calendar(
      AT,
      ["SUMMARY:Didactics r1", ...AT],
      ["DTSTART:20200302T080000", "DTEND:20200302T170000"],
      ["UID:s", ...AT],
      ["UID:s", "STATUS:CANCELLED"],
      ["SUMMARY:Night Visitor", ...AT],
      ["DTSTART:20260230T080000"],
      ["UID:t", "RECURRENCE-ID:20260302T080000", "DTSTART;TZID=Nowhere:20260302T080000"],
    );

    const { accounts } = icalendar({ file: "x.ics", text, skip: ["didactics"] }, context);

    expect(accounts!.list.map((one) => ("rule" in one ? one.rule : one.fate))).toEqual([
      "read",
      "skip",
      "outside",
      "cancelled",
      "cancelled",
      "left out",
      "left out",
      "left out",
    ]);
  });
});
