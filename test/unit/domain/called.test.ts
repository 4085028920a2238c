import { describe, expect, it } from "vitest";
import { calledIn, familyName, nameIn } from "#src/domain/person.ts";
import type { Locale } from "#src/domain/locale.ts";
import { someone } from "#test/support/programs.ts";

const PEOPLE = [
  someone("r1", { name: "佐藤 健", nameEn: "Ken Sato" }),
  someone("r2", { name: "Emily Carter" }),
  someone("a1", { name: "田中 真理", nameEn: "Mari Tanaka" }),
  someone("a2", { name: "田中 徹" }),
  someone("a4", { name: "Dr. Daniel Okafor, MD" }),
  someone("c1", { name: "木村 直子", nameEn: "Naoko Kimura" }),
];

const called = (id: string, locale: Locale): string =>
  calledIn(locale, PEOPLE)(PEOPLE.find((person) => person.id === id)!);

// domain: Both are physicians and are called
// domain: Names are family-first there
describe("a person is called", () => {
  it.each([
    ["r1", "佐藤先生", "Dr. Sato"],
    ["r2", "Carter先生", "Dr. Carter"],
    ["a4", "Okafor先生", "Dr. Okafor"],
    ["c1", "木村さん", "Naoko Kimura"],
  ])("by surname, a physician 先生 whatever the role, a coordinator さん: %s is %s and %s", (id, ja, en) => {
    expect([called(id, "ja"), called(id, "en")]).toEqual([ja, en]);
  });

  it("by the full name where two share the surname, as readers of that language see it", () => {
    expect([called("a1", "ja"), called("a2", "ja")]).toEqual(["田中 真理先生", "田中 徹先生"]);
    // Only one of the two has a name in Latin letters, so an English reader sees two different surnames.
    expect([called("a1", "en"), called("a2", "en")]).toEqual(["Dr. Tanaka", "Dr. 田中"]);
  });

  it("in full as the reader's language has the name", () => {
    expect([nameIn("ja", PEOPLE[0]!), nameIn("en", PEOPLE[0]!), nameIn("en", PEOPLE[1]!)]).toEqual([
      "佐藤 健",
      "Ken Sato",
      "Emily Carter",
    ]);
  });
});

it.each([
  ["佐藤 健", "佐藤"],
  ["佐藤　健", "佐藤"],
  ["佐藤健", "佐藤健"],
  ["김 민준", "김"],
  ["Emily Carter", "Carter"],
  ["Carter, Emily", "Carter"],
  ["Emily Carter, MD, MPH", "Carter"],
  ["Prof. Jan van der Berg", "van der Berg"],
  ["María de la Cruz", "de la Cruz"],
  ["emily carter", "carter"],
  ["Walter Reed Jr.", "Reed"],
  ["Cher", "Cher"],
  ["", ""],
])("the surname of %j is %j", (name, surname) => {
  expect(familyName(name)).toBe(surname);
});
