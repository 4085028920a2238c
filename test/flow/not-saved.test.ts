import { describe, expect, it } from "vitest";
import type { Locale } from "#src/domain/locale.ts";
import type { Address } from "#src/domain/person.ts";
import type { Inbound } from "#src/ports/inbound.ts";
import type { Directory } from "#src/ports/messenger.ts";
import { wordsFor } from "#src/words/words.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { programOf, someone } from "#test/support/programs.ts";
import { NORTH, programCalled, SOUTH, twoPrograms } from "#test/support/two-programs.ts";

const refusal = (locale: Locale) => ({
  kind: "refused",
  reason: "not-saved",
  text: wordsFor(locale, programOf()).say.refused.notSaved,
});

/** Of two languages the program's, and the one that the person chose. */
const TONGUES = [
  ["en", "ja"],
  ["ja", "en"],
] as const;

/** Accounts that people.csv does not name: each is known by its e-mail, which is the account's name. */
const directory: Directory = {
  accountOf: async (email) => email.split("@")[0],
  emailsOf: async (account) => [`${account}@example.org`],
};

let events = 0;
const help = (account: string): Inbound => ({
  type: "said",
  event: `e${++events}`,
  sender: { platform: "memory", account, address: account as Address },
  text: "help",
});

const says = ({ running }: Flow, account: string) => running.bot.receive(help(account));

describe.each(TONGUES)("while the database is away, in a program in “%s”", (its, chosen) => {
  it(`somebody who chose “${chosen}” is refused in it, and others in the program's language`, async () => {
    const trouble = { isAway: false };
    await using attune = await flow({ trouble, program: programOf({ locale: its }) });
    await attune.phone("r1").says(`language ${chosen}`);

    trouble.isAway = true;

    expect(await says(attune, "r1")).toEqual(refusal(chosen));
    expect(await says(attune, "a1")).toEqual(refusal(its));
  });

  it("a replica that has only read the choice, at planning, knows it as well", async () => {
    const trouble = { isAway: false };
    const program = programOf({ locale: its });
    await using attune = await flow({ trouble, program });
    await attune.phone("r1").says(`language ${chosen}`);
    await attune.reopens(program, await attune.store.roster());

    trouble.isAway = true;

    expect(await says(attune, "r1")).toEqual(refusal(chosen));
  });

  it("somebody whom people.csv names no account of is refused in their language once they have been seen", async () => {
    const trouble = { isAway: false };
    const person = someone("r1", { accounts: {}, email: "ken@example.org", locale: its });
    const program = { ...programOf({ locale: chosen }), people: [person, someone("a1")] };
    await using attune = await flow({ trouble, program, messenger: { directory } });
    await says(attune, "ken");

    trouble.isAway = true;

    expect(await says(attune, "ken")).toEqual(refusal(its));
  });
});

describe("while the database of two programs is away", () => {
  it("whoever was seen is refused in their own language, and a stranger in the first program's", async () => {
    const trouble = { isAway: false };
    const nameless = (name: string) => [{ accounts: {}, email: `${name}@example.org` }, {}];
    const programs = [
      programCalled(NORTH, "en", nameless("ann")),
      programCalled(SOUTH, "ja", nameless("ken")),
    ] as const;
    await using db = await twoPrograms(programs, { directory }, trouble);
    await db.until("2026-12-01T07:45");
    const writes = (account: string) => db.receive(help(account));
    await writes("ken");
    await writes("ann");

    trouble.isAway = true;

    expect(await writes("ken")).toEqual(refusal("ja"));
    expect(await writes("ann")).toEqual(refusal("en"));
    expect(await writes("stranger")).toEqual(refusal("en"));
    expect(await writes("south-a1")).toEqual(refusal("ja"));
  });
});
