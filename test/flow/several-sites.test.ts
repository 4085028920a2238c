import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tapsOf } from "#src/card/taps.ts";
import { plain } from "#src/card/plain.ts";
import type { Act } from "#src/card/card.ts";
import type { Address } from "#src/domain/person.ts";
import type { Directory, MessageRef } from "#src/ports/messenger.ts";
import { en } from "#src/words/en.ts";
import { ja } from "#src/words/ja.ts";
import { NORTH, SOUTH, siteOf, twoSites, type SiteName, type TwoSites } from "#test/support/two-sites.ts";

const SITES: readonly SiteName[] = [NORTH, SOUTH];
const PEOPLE = SITES.flatMap((site) => ["r1", "a1"].map((id) => ({ site, account: `${site}-${id}` })));
const other = (site: SiteName): SiteName => (site === NORTH ? SOUTH : NORTH);

/** Everything that anybody could tap just now, with whose chat it stands in. */
const tappable = (db: TwoSites) =>
  PEOPLE.flatMap(({ site, account }) =>
    db.cloud
      .chat(account as Address)
      .flatMap(({ ref, card }) => tapsOf(card).map(({ tap }) => ({ site, account, ref, act: tap.act }))),
  );

let events = 0;
const press = (db: TwoSites, account: string, act: Act, message: MessageRef) =>
  db.receive({ type: "pressed", event: `e${++events}`, sender: db.sender(account), act, message });

/** Everybody has agreed at the first message, and sees their first question. */
async function begun(): Promise<TwoSites> {
  const db = await twoSites();
  await db.until("2026-12-01T08:00");
  for (const { account } of PEOPLE) {
    const agree = tappable(db).find((one) => one.account === account);
    const reply = await press(db, account, agree!.act, agree!.ref);
    if (reply.kind === "card") db.cloud.edit(agree!.ref, reply.card, db.clock.now());
  }
  return db;
}

describe("two programs in one house, with the same ids in both", () => {
  it("ask each of their own people, once, in the program's language", async () => {
    await using db = await twoSites();

    await db.until("2026-12-01T07:45");

    const read = (account: string) => db.cloud.chat(account as Address).map(({ card }) => plain(card));
    expect(read("north-r1")).toEqual([expect.stringContaining(en.consent.agree)]);
    expect(read("south-r1")).toEqual([expect.stringContaining(ja.consent.agree)]);
    expect(db.cloud.deliveries.every(({ to }) => /^(?:north|south)-/u.test(to))).toBe(true);
  });

  it.each(SITES)("keep an answer where it was asked: %s", async (site) => {
    await using db = await begun();
    const before = await db.kept(other(site));
    const goal = tappable(db).find(
      ({ account, act }) => account === `${site}-r1` && act.startsWith("answer/"),
    );

    const reply = await press(db, goal!.account, goal!.act, goal!.ref);

    expect(reply).toMatchObject({ kind: "card" });
    expect(await db.kept(other(site))).toBe(before);
    expect(await db.kept(site)).toContain('"item":"goal"');
  });

  it("tell somebody who is known to neither so, in the first program's language, and keep nothing", async () => {
    await using db = await twoSites();
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
          const { site, account } = PEOPLE[who % PEOPLE.length]!;
          const within = tappable(db).filter((one) => (one.site === site) === own);
          const tapped = within[what % within.length];
          if (tapped === undefined) continue;
          const before = { mine: await db.kept(site), theirs: await db.kept(other(site)) };

          const reply = await press(db, account, tapped.act, tapped.ref);
          for (const one of SITES) await db.running[one].tick();

          expect(await db.kept(other(site))).toBe(before.theirs);
          expect(JSON.stringify(reply)).not.toContain(`${other(site)} `);
          // A command ("pause") is the same word on everybody's card.
          const isHostile = !own && !tapped.act.startsWith("say/");
          const became = isHostile ? [reply.kind, await db.kept(site)] : [];
          expect(became).toEqual(isHostile ? ["refused", before.mine] : []);
          if (own && reply.kind === "card" && reply.replace)
            db.cloud.edit(tapped.ref, reply.card, db.clock.now());
        }
        for (const { to, card } of db.cloud.deliveries)
          expect(JSON.stringify(card)).not.toContain(to.startsWith(NORTH) ? "south " : "north ");
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});

describe("somebody whose account people.csv does not name", () => {
  const named = { email: "Aya@example.org", accounts: {} };
  const programs = () => [siteOf(NORTH, "en"), siteOf(SOUTH, "ja", [named])] as const;
  const directory = (asked: string[], emails: Readonly<Record<string, string>>): Directory => ({
    accountOf: async () => undefined,
    async emailsOf(account) {
      asked.push(account);
      return emails[account] === undefined ? [] : [emails[account]];
    },
  });
  const says = (db: TwoSites, account: string, text: string) =>
    db.receive({ type: "said", event: `e${++events}`, sender: db.sender(account), text });

  it("belongs to the program that has their confirmed e-mail, and stays there once they agreed", async () => {
    const asked: string[] = [];
    const emails: Record<string, string> = { U9: "aya@example.org" };
    await using db = await twoSites(programs(), { directory: directory(asked, emails) });
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
    await using db = await twoSites([moved, south], {
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
    await using db = await twoSites(
      [siteOf(NORTH, "en", [named]), siteOf(SOUTH, "ja", [{ ...named, email: "b@example.org" }])],
      { directory: directory([], { U9: "aya@example.org" }) },
    );
    for (const site of SITES) {
      const r1 = "r1" as never;
      await db.stores[site].changeStanding(r1, { consent: "given" }, "e0", db.clock.now());
      await db.stores[site].rememberIdentity(r1, db.sender("U9"), db.clock.now());
    }
    const before = [await db.kept(NORTH), await db.kept(SOUTH)];

    expect(await says(db, "U9", "stop")).toMatchObject({ kind: "refused", reason: "unknown-person" });
    expect([await db.kept(NORTH), await db.kept(SOUTH)]).toEqual(before);
  });
});
