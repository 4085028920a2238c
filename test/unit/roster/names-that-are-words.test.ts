import { describe, expect, it } from "vitest";
import { icalendar } from "#src/roster/formats/icalendar/icalendar.ts";
import { whoIsWho } from "#src/roster/text/people/who.ts";
import { someone } from "#test/support/programs.ts";
import { calendar, contextOf } from "./context.ts";

/* Green, White, Ward and 東 are surnames, pods, wards and wings: beside a word of duty or of a place they name nobody for sure. */

const people = [
  someone("r1", { name: "Emily Carter", email: "emily.carter@example.org" }),
  someone("r2", { name: "Tom Green", email: "tom.green@example.org" }),
  someone("r3", { name: "Paul Ward" }),
  someone("r4", { name: "東 葵" }),
  someone("r5", { name: "佐藤 健" }),
  someone("a1", { name: "Amy White" }),
  someone("a2", { name: "南 真理" }),
];

/** "r1 r2 | r3": whom a text names, and of whom it is not sure. */
function listed(text: string, aliases = {}): string {
  const found = whoIsWho(people, aliases).listed(text);
  const open = found.unclear.flatMap(({ candidates = [] }) => candidates);
  const ids = (some: readonly { readonly id: string }[]) => some.map(({ id }) => id).join(" ");
  return `${ids(found.people)} | ${ids(open)}`;
}

describe("a surname that is also a word", () => {
  it.each([
    ["Green Pod Day - Smith", " | r2"],
    ["Green Pod Night", " | r2"],
    ["Pod Green; Carter", "r1 | r2"],
    ["Green Pod - Carter", "r1 | r2"],
    ["Carter (Green Team)", "r1 | r2"],
    ["White Team Attending: Patel", " | a1"],
    ["ED White Night - Jones", " | a1"],
    ["ED-White Night", " | a1"],
    ["Ward 3 - Lee", " | r3"],
    ["Ward B", " | r3"],
    ["Green - Smith", " | r2"],
    ["東 日勤 鈴木", " | r4"],
    ["南 病棟 山本", " | a2"],
    ["ER（東） 佐藤", "r5 | r4"],
    ["当直 南", " | a2"],
    ["Dr. Smith - White Pod", " | a1"],
  ])("beside such a word, or a name that nobody here has, names nobody for sure: %s", (text, expected) => {
    expect(listed(text)).toBe(expected);
  });

  it.each([
    ["Green", "r2 | "],
    ["Dr. Green", "r2 | "],
    ["Attending White", "a1 | "],
    ["ED Day - Green", "r2 | "],
    ["Night: White", "a1 | "],
    ["Green / Carter", "r2 r1 | "],
    ["Carter and White", "r1 a1 | "],
    ["Green Pod Day - Tom Green", "r2 | "],
    ["Green Pod - T. Green", "r2 | "],
    ["Paul Ward, Ward 3", "r3 | "],
    ["日勤：東", "r4 | "],
    ["東 葵 日勤", "r4 | "],
    ["南先生", "a2 | "],
    ["佐藤・東", "r5 r4 | "],
    ["ED Day Carter", "r1 | "],
    ["Dr. White ED", "a1 | "],
    ["ED Night Dr Green", "r2 | "],
    ["東先生 日勤", "r4 | "],
  ])("by itself, or in a full name, is a name: %s", (text, expected) => {
    expect(listed(text)).toBe(expected);
  });

  it("is settled by a longer alias", () => {
    expect(listed("Day Green", { "Day Green": "r2" })).toBe("r2 | ");
  });
});

describe("an event with such a word", () => {
  const read = (...lines: readonly string[]) => {
    const text = calendar(["DTSTART:20261201T070000Z", "DTEND:20261201T170000Z", ...lines]);
    const { entries, notUnderstood } = icalendar({ file: "x.ics", text }, contextOf({ people }));
    return `${entries.map(({ person }) => person).join(" ")} | ${notUnderstood.map(({ why }) => why.code).join(" ")}`;
  };
  const guest = (mail: string) => `ATTENDEE:mailto:${mail}@example.org`;

  it.each([
    [["SUMMARY:Green Pod Day", guest("tom.green")], "r2 | "],
    [["SUMMARY:Green Pod Day", guest("emily.carter")], "r1 | ambiguous"],
    [["SUMMARY:Green Pod Day", guest("john.smith")], " | ambiguous"],
    [["SUMMARY:Green Pod Day - Carter", guest("emily.carter")], "r1 | ambiguous"],
  ])("is of the guest who is known: %s", (lines, expected) => {
    expect(read(...lines)).toBe(expected);
  });
});
