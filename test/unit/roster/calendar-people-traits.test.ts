import { expect, it } from "vitest";
import { icalendar } from "#src/roster/formats/icalendar/icalendar.ts";
import { someone } from "#test/support/programs.ts";
import { calendar, contextOf } from "./context.ts";

/* Who works, of events as calendars in the wild have them. Nobody is guessed: two readings are a doubt. */

const context = contextOf({
  people: [
    someone("r1", { name: "Emily Carter", email: "emily.carter@example.org" }),
    someone("r2", { name: "Noah Brandt", email: "noah.brandt@example.org" }),
    someone("r3", { name: "佐藤 健" }),
    someone("r4", { name: "Maria Smith-Jones" }),
    someone("a1", { name: "Daniel Okafor", email: "daniel.okafor@example.org" }),
    someone("a2", { name: "Grace Lindqvist, MD" }),
    someone("a3", { name: "田中 真理" }),
  ],
});
const TIMES = ["DTSTART:20261201T070000", "DTEND:20261201T170000"];

const escaped = (text: string): string => text.replaceAll(/[,;]/gu, String.raw`\$&`);
const read = (summary: string, ...lines: readonly string[]) =>
  icalendar({ file: "x.ics", text: calendar([`SUMMARY:${escaped(summary)}`, ...TIMES, ...lines]) }, context);
/** "r1 away r2 2": the people on duty and away, and how many things are named. */
const outcome = (...given: Parameters<typeof read>): string => {
  const { entries, notUnderstood } = read(...given);
  const people = entries.map(({ kind, person }) => (kind === "duty" ? person : `away ${person}`));
  return [...people, notUnderstood.length].join(" ");
};

it.each([
  ["Dr. Emily Carter, MD", "r1 0"],
  ["Emily Carter*", "r1 0"],
  ["Emily Carter (PGY-2)", "r1 0"],
  ["Carter (R2)", "r1 0"],
  ["CARTER, EMILY", "r1 0"],
  ["Emily R. Carter", "r1 0"],
  ["E.R. Carter", "r1 0"],
  ["ED-Carter", "r1 0"],
  ["Night–Carter", "r1 0"],
  ["MICU Carter", "r1 0"],
  ["Pod A Carter", "r1 0"],
  ["Sup Okafor", "a1 0"],
  ["Night: Lindqvist", "a2 0"],
  ["Smith-Jones nights", "r4 0"],
  ["佐藤 健 先生 日勤", "r3 0"],
  ["日勤　佐藤（健）", "r3 0"],
  ["【日勤】佐藤 健", "r3 0"],
  ["日勤「佐藤 健」", "r3 0"],
  ["Carter, Okafor", "r1 a1 0"],
  ["Carter & Okafor", "r1 a1 0"],
  ["佐藤先生・田中先生", "r3 a3 0"],
  ["佐藤健(サトウケン)", "r3 0"],
  ["ED Day 7a-5p: Carter / Okafor", "r1 a1 0"],
  ["佐藤　健（さとう　けん）", "r3 0"],
  ["ED Day - No Trauma - Carter", "r1 0"],
  ["R2 Night - Carter", "r1 0"],
  ["PGY2: Brandt", "r2 0"],
])("reads the people of %j", (summary, expected) => {
  expect(outcome(summary)).toBe(expected);
});

it.each([
  ["Olivia Carter"],
  ["ED DAY - ANNA CARTER"],
  ["Carter, Olivia"],
  ["Carter (Olivia)"],
  ["O. Carter"],
  ["Carter O"],
  ["O.R. Carter"],
  ["Carter-Hughes"],
  ["Carter–Hughes"],
  ["Mary Emily Carter"],
  ["Emily Carter Jones"],
  ["Jean-Pierre Carter"],
  ["Smith"],
  ["Jones nights"],
  ["佐藤 翔"],
  ["佐藤（翔）日勤"],
  ["r1"],
  ["R2"],
])("takes nobody of the program for %j, and names it", (summary) => {
  expect(outcome(summary)).toBe("1");
});

it.each([
  ["Okafor covering for Carter"],
  ["Covering for Carter"],
  ["Carter instead of Brandt"],
  ["Swap: Carter -> Brandt"],
  ["Carter → Brandt"],
  ["Carter swapped with Hughes"],
  ["佐藤（田中の代わり）"],
  ["佐藤、田中 交代"],
  ["Carter Okafor"],
  ["Carter (sub Brandt)"],
  ["Carter ⇄ Brandt"],
  ["Carter AM, Brandt PM"],
  ["Carter until 12, then Brandt"],
  ["Carter 7a-12p / Brandt 12p-5p"],
  ["日勤:佐藤/夜勤:田中"],
  ["No Carter"],
  ["Not Carter"],
  ["Carter?"],
  ["Carter (tentative)"],
  ["Day - Carter, Brandt out"],
  ["Day - Carter, backup Brandt"],
  ["Carter off, Brandt on"],
  ["Vacation: Carter; Brandt working"],
  ["佐藤 休み、田中 日勤"],
  ["Carter (TBD)"],
  ["Draft: Carter"],
  ["Maybe Carter"],
  ["佐藤（仮）"],
  ["佐藤（？）"],
  ["日勤 佐藤 未定"],
])("does not say who of %j works", (summary) => {
  expect(outcome(summary)).toBe("1");
});

const attendee = (rest: string) => `ATTENDEE${rest}`;
it.each([
  // An iCloud address is a path of the server: https://github.com/MagicMirrorOrg/MagicMirror/issues/1877
  ["EMAIL= beside a path", "Day", ";CN=E C;EMAIL=emily.carter@example.org:/aMTIzNDU2/principal/", "r1 0"],
  ["an address inside a path", "Day", ":/principals/users/emily.carter%40example.org/", "r1 0"],
  ["an address as the name", "Day", ";CN=emily.carter@example.org:invalid:nomail", "r1 0"],
  ["an address in capitals with a blank", "Day", ";CN=Kumail:MAILTO: Emily.Carter@Example.org", "r1 0"],
  ["a name with a title", "Day", ';CN="Carter, Emily, MD":mailto:x@example.net', "r1 0"],
  // Declined events that calendars still show: https://github.com/open-horizon-labs/obsidian-ics/issues/19
  ["a guest who declined", "Day", ";PARTSTAT=DECLINED:mailto:emily.carter@example.org", "0"],
  ["a guest who sent another", "Day", ";PARTSTAT=DELEGATED:mailto:emily.carter@example.org", "0"],
  [
    "a summary whose person declined",
    "Day - Carter",
    ";PARTSTAT=DECLINED:mailto:emily.carter@example.org",
    "1",
  ],
  ["a guest who has not answered", "Day", ";PARTSTAT=NEEDS-ACTION:mailto:emily.carter@example.org", "r1 0"],
  // "Maybe" is no yes: https://github.com/nextcloud/mail/issues/12166
  ["a guest who said maybe", "Day", ";PARTSTAT=TENTATIVE:mailto:emily.carter@example.org", "1"],
  [
    "a summary whose person said maybe",
    "Day - Carter",
    ";PARTSTAT=TENTATIVE:mailto:emily.carter@example.org",
    "1",
  ],
  [
    "a maybe beside the summary",
    "Day - Carter",
    ";PARTSTAT=TENTATIVE:mailto:noah.brandt@example.org",
    "r1 1",
  ],
  ["a chair alone", "Day", ";ROLE=CHAIR:mailto:daniel.okafor@example.org", "1"],
  ["a chair beside the summary", "Day - Carter", ";ROLE=CHAIR:mailto:daniel.okafor@example.org", "r1 0"],
  ["whoever is only told", "Day", ";ROLE=NON-PARTICIPANT:mailto:daniel.okafor@example.org", "1"],
  ["a scheduler as guest", "Day - Carter", ":mailto:daniel.okafor@example.org", "2"],
  ["the same person twice", "Day - Carter", ";CN=Emily Carter:mailto:emily.carter@example.org", "r1 0"],
  ["a name and an address of two", "Day", ";CN=Daniel Okafor:mailto:emily.carter@example.org", "1"],
  ["a namesake as guest", "Day - Carter", ";CN=Olivia Carter:mailto:olivia@example.net", "2"],
  ["a guest who is unknown", "Day - Carter", ":mailto:office@example.net", "r1 0"],
])("asks guests and summary alike: %s", (_, summary, rest, expected) => {
  expect(outcome(summary, attendee(rest))).toBe(expected);
});

it("takes a guest's maybe for duty as `tentative: duty` says", () => {
  const text = calendar([
    "SUMMARY:Day",
    ...TIMES,
    attendee(";PARTSTAT=TENTATIVE:mailto:emily.carter@example.org"),
  ]);

  const reading = icalendar({ file: "x.ics", text, tentative: "duty" }, context);

  expect(reading.entries.map(({ person }) => person)).toEqual(["r1"]);
});

// domain: Two readings that contradict
it("reads whom guests and summary both name, and names whom only one of them does", () => {
  const guests = ["emily.carter", "daniel.okafor"].map((name) => attendee(`:mailto:${name}@example.org`));

  const reading = read("Day - Carter", ...guests);

  expect(reading.entries.map(({ person }) => person)).toEqual(["r1"]);
  expect(reading.notUnderstood.map(({ message }) => message)).toEqual([
    'a1 (Daniel Okafor) may or may not work "Day - Carter": SUMMARY names somebody else',
  ]);
});

it.each([
  ["Vacation - Carter", "away r1 0"],
  ["Carter sick", "away r1 0"],
  ["佐藤 年休", "away r3 0"],
  ["佐藤 午前休", "1"],
  ["佐藤 午後休", "1"],
  ["Carter OOO", "away r1 0"],
  ["Holiday Day Shift - Carter", "1"],
  ["Holiday - Carter", "1"],
  ["Sick Call - Carter", "1"],
  ["Vacation relief: Carter", "1"],
  ["Off-site clinic - Carter", "1"],
  ["佐藤 夜勤明け", "1"],
  ["Carter not working", "away r1 0"],
  ["産休代替 佐藤", "1"],
  ["佐藤 休日", "1"],
  ["佐藤 休日日直", "r3 0"],
  ["佐藤 夏休み", "away r3 0"],
  ["佐藤 年次有給休暇", "away r3 0"],
  ["佐藤 非番", "away r3 0"],
  ["ED - cancelled - Carter", "1"],
  ["Carter ED (cancelled)", "1"],
  ["日勤 佐藤(取り消し)", "1"],
  ["Canceled: ED Day - Carter", "1"],
  ["CANCELLED - ED Day - Carter", "1"],
  ["キャンセル：日勤 佐藤", "1"],
])("takes hours with a word of leave for leave only when they say nothing else: %j", (summary, expected) => {
  expect(outcome(summary)).toBe(expected);
});

it("takes the words of `duty` for duty, though a word of leave stands beside them", () => {
  const text = calendar(["SUMMARY:Holiday Day Shift - Carter", ...TIMES]);

  const reading = icalendar({ file: "x.ics", text, duty: ["holiday * shift"] }, context);

  expect(reading.entries.map(({ kind, person }) => `${kind} ${person}`)).toEqual(["duty r1"]);
});
