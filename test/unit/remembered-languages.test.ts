import { expect, it } from "vitest";
import type { Address } from "#src/domain/person.ts";
import { instant } from "#src/domain/time.ts";
import { rememberLanguages } from "#src/flows/acts/people.ts";
import type { Store } from "#src/ports/store.ts";
import { programOf } from "#test/support/programs.ts";

const NOW = instant(0);
const sender = { platform: "memory", account: "r1", address: "r1" as Address };

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
