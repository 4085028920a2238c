import { expect, it } from "vitest";
import type { Address } from "#src/domain/person.ts";
import { instant } from "#src/domain/time.ts";
import { rememberLanguages } from "#src/flows/acts/people.ts";
import type { Store } from "#src/ports/store.ts";
import { programOf, someone } from "#test/support/programs.ts";

const NOW = instant(0);
const sender = { platform: "memory", account: "r1", address: "r1" as Address };

it.each([
  [20_000, "ja"],
  [20_001, "en"],
])(
  "the owners of twenty thousand accounts are remembered, and forgotten with the next: of %i, %s",
  (many, locale) => {
    const languages = rememberLanguages(programOf({ locale: "en" }), {} as Store);
    const owner = someone("r9", { locale: "ja" });

    for (let at = 1; at <= many; at += 1) languages.met({ ...sender, account: `U${at}` }, owner);

    expect(languages.of({ ...sender, account: "U1" })).toBe(locale);
  },
);

it("a language that somebody chose is remembered, whatever else they change, for when the database is away", async () => {
  const program = programOf({ locale: "en" });
  const kept = { changeStanding: async () => "recorded" } as unknown as Store;
  const languages = rememberLanguages(program, kept);
  const { id } = program.people[0]!;

  const before = languages.of(sender);
  await languages.store.changeStanding(id, { locale: "ja" }, "e1", NOW);
  const chosen = languages.of(sender);
  await languages.store.changeStanding(id, { pausedUntil: NOW }, "e2", NOW);

  expect([before, chosen, languages.of(sender)]).toEqual(["en", "ja", "ja"]);
});
