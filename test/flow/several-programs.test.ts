import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tapsOf } from "#src/card/act.ts";
import { plain } from "#src/card/plain.ts";
import type { Act } from "#src/card/card.ts";
import type { Address } from "#src/domain/person.ts";
import type { Directory, MessageRef } from "#src/ports/messenger.ts";
import { en } from "#src/words/en.ts";
import { ja } from "#src/words/ja.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import {
  NORTH,
  SOUTH,
  programCalled,
  twoPrograms,
  type ProgramName,
  type TwoPrograms,
} from "#test/support/two-programs.ts";

const NAMES: readonly ProgramName[] = [NORTH, SOUTH];
const PEOPLE = NAMES.flatMap((name) => ["r1", "a1"].map((id) => ({ name, account: `${name}-${id}` })));
const other = (name: ProgramName): ProgramName => (name === NORTH ? SOUTH : NORTH);

/** Everything that anybody could tap just now, with whose chat it stands in. */
const tappable = (db: TwoPrograms) =>
  PEOPLE.flatMap(({ name, account }) =>
    db.cloud
      .chat(account as Address)
      .flatMap(({ ref, card }) => tapsOf(card).map(({ tap }) => ({ name, account, ref, act: tap.act }))),
  );

let events = 0;
const press = (db: TwoPrograms, account: string, act: Act, message: MessageRef) =>
  db.receive({ type: "pressed", event: `e${++events}`, sender: db.sender(account), act, message });

/** Everybody has agreed at the first message, and sees their first question. */
async function begun(): Promise<TwoPrograms> {
  const db = await twoPrograms();
  await db.until("2026-12-01T08:00");
  for (const { account } of PEOPLE) {
    const agree = tappable(db).find((one) => one.account === account);
    const reply = await press(db, account, agree!.act, agree!.ref);
    if (reply.kind === "card") db.cloud.edit(agree!.ref, reply.card, db.clock.now());
  }
  for (const name of NAMES) await db.running[name].beat();
  return db;
}

describe("two programs in one process, with the same ids in both", () => {
  it("ask each of their own people, once, in the program's language", async () => {
    await using db = await twoPrograms();

    await db.until("2026-12-01T07:45");

    const read = (account: string) => db.cloud.chat(account as Address).map(({ card }) => plain(card));
    expect(read("north-r1")).toEqual([expect.stringContaining(en.consent.agree)]);
    expect(read("south-r1")).toEqual([expect.stringContaining(ja.consent.agree)]);
    expect(db.cloud.deliveries.every(({ to }) => /^(?:north|south)-/u.test(to))).toBe(true);
  });

  it.each(NAMES)("keep an answer where it was asked: %s", async (name) => {
    await using db = await begun();
    const before = await db.kept(other(name));
    const goal = tappable(db).find(
      ({ account, act }) => account === `${name}-r1` && act.startsWith("answer/"),
    );

    const reply = await press(db, goal!.account, goal!.act, goal!.ref);

    expect(reply).toMatchObject({ kind: "card" });
    expect(await db.kept(other(name))).toBe(before);
    expect(await db.kept(name)).toContain('"item":"goal"');
  });

  it("tell somebody who is known to neither so, in the first program's language, and keep nothing", async () => {
    await using db = await twoPrograms();
    const before = [await db.kept(NORTH), await db.kept(SOUTH)];

    const reply = await db.receive({
      type: "said",
      event: "e",
      sender: db.sender("stranger"),
      text: "help",
    });

    expect(reply).toEqual({ kind: "refused", reason: "unknown-person", text: en.refused.unknown });
    expect([await db.kept(NORTH), await db.kept(SOUTH)]).toEqual(before);
  });

  it("never reach each other, whatever anybody taps of anybody's", async () => {
    const step = fc.record({ who: fc.nat(), what: fc.nat(), own: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        await using db = await begun();
        for (const { who, what, own } of steps) {
          const { name, account } = PEOPLE[who % PEOPLE.length]!;
          const within = tappable(db).filter((one) => (one.name === name) === own);
          const tapped = within[what % within.length];
          if (tapped === undefined) continue;
          const before = { mine: await db.kept(name), theirs: await db.kept(other(name)) };

          const reply = await press(db, account, tapped.act, tapped.ref);
          for (const one of NAMES) await db.running[one].beat();

          expect(await db.kept(other(name))).toBe(before.theirs);
          expect(JSON.stringify(reply)).not.toContain(`${other(name)} `);
          // A command ("pause") is the same word on everybody's card.
          const isHostile = !own && !tapped.act.startsWith("say/");
          const became = isHostile ? [reply.kind, await db.kept(name)] : [];
          expect(became).toEqual(isHostile ? ["refused", before.mine] : []);
          if (own && reply.kind === "card" && reply.replace)
            db.cloud.edit(tapped.ref, reply.card, db.clock.now());
        }
        for (const { to, card } of db.cloud.deliveries)
          expect(JSON.stringify(card)).not.toContain(to.startsWith(NORTH) ? "south " : "north ");
      }),
      { numRuns: campaignSize({ quick: 6, usual: 25, long: 100 }) },
    );
  }, 120_000);
});

describe("somebody whose account people.csv does not name", () => {
  const named = { email: "Aya@example.org", accounts: {} };
  const programs = () => [programCalled(NORTH, "en"), programCalled(SOUTH, "ja", [named])] as const;
  const directory = (asked: string[], emails: Readonly<Record<string, string>>): Directory => ({
    accountOf: async () => undefined,
    async emailsOf(account) {
      asked.push(account);
      return emails[account] === undefined ? [] : [emails[account]];
    },
  });
  const says = (db: TwoPrograms, account: string, text: string) =>
    db.receive({ type: "said", event: `e${++events}`, sender: db.sender(account), text });

  it("belongs to the program that has their confirmed e-mail, and stays there once they agreed", async () => {
    const asked: string[] = [];
    const emails: Record<string, string> = { U9: "aya@example.org" };
    await using db = await twoPrograms(programs(), { directory: directory(asked, emails) });
    const north = await db.kept(NORTH);
    await db.receive({
      type: "pressed",
      event: "agree",
      sender: db.sender("U9"),
      act: "agree/0" as Act,
    });
    asked.length = 0;
    delete emails["U9"];

    const reply = await says(db, "U9", "ヘルプ");

    expect(reply).toMatchObject({ kind: "card" });
    expect(asked).toEqual([]);
    expect(await db.stores.south.knownBy("memory", "U9")).toBe("r1");
    expect(await db.kept(NORTH)).toBe(north);
  });

  it("is at home where people.csv has them now, whoever remembers them from before", async () => {
    const [north, south] = programs();
    const moved = { ...north, people: north.people.slice(1) };
    await using db = await twoPrograms([moved, south], {
      directory: directory([], { U9: "aya@example.org" }),
    });
    const r1 = "r1" as never;
    await db.stores.north.changeStanding(r1, { consent: "given" }, "e0", db.clock.now());
    await db.stores.north.rememberIdentity(r1, db.sender("U9"), db.clock.now());
    const before = await db.kept(NORTH);

    expect(await says(db, "U9", "ヘルプ")).toMatchObject({ kind: "card" });
    expect(await db.kept(NORTH)).toBe(before);
  });

  it("is nobody while two programs know the account", async () => {
    await using db = await twoPrograms(
      [
        programCalled(NORTH, "en", [named]),
        programCalled(SOUTH, "ja", [{ ...named, email: "b@example.org" }]),
      ],
      { directory: directory([], { U9: "aya@example.org" }) },
    );
    for (const name of NAMES) {
      const r1 = "r1" as never;
      await db.stores[name].changeStanding(r1, { consent: "given" }, "e0", db.clock.now());
      await db.stores[name].rememberIdentity(r1, db.sender("U9"), db.clock.now());
    }
    const before = [await db.kept(NORTH), await db.kept(SOUTH)];

    expect(await says(db, "U9", "stop")).toMatchObject({ kind: "refused", reason: "unknown-person" });
    expect([await db.kept(NORTH), await db.kept(SOUTH)]).toEqual(before);
  });
});

// domain: Consent is asked once
it.each([
  ["nobody", undefined],
  ["a program that they are in no more", "west"],
])(
  "somebody in two programs is asked once whether they take part, where %s was to ask them",
  async (_, asks) => {
    const both = { accounts: { memory: "U" } };
    await using db = await twoPrograms([
      programCalled(NORTH, "en", [both]),
      programCalled(SOUTH, "en", [both]),
    ]);
    if (asks !== undefined) await db.stores.north.setNote("asks r1 whether they take part", asks);

    await db.until("2026-12-01T07:46");

    expect(db.cloud.chat("U" as Address).map(({ card }) => plain(card))).toEqual([
      expect.stringContaining(en.consent.agree),
    ]);
  },
);
