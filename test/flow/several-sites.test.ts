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
const tappable = (house: TwoSites) =>
  PEOPLE.flatMap(({ site, account }) =>
    house.cloud
      .chat(account as Address)
      .flatMap(({ ref, card }) => tapsOf(card).map(({ tap }) => ({ site, account, ref, act: tap.act }))),
  );

let events = 0;
const press = (house: TwoSites, account: string, act: Act, message: MessageRef) =>
  house.receive({ type: "pressed", event: `e${++events}`, sender: house.sender(account), act, message });

/** Everybody has agreed at the first message, and sees their first question. */
async function begun(): Promise<TwoSites> {
  const house = await twoSites();
  await house.until("2026-12-01T08:00");
  for (const { account } of PEOPLE) {
    const agree = tappable(house).find((one) => one.account === account);
    const reply = await press(house, account, agree!.act, agree!.ref);
    if (reply.kind === "card") house.cloud.edit(agree!.ref, reply.card, house.clock.now());
  }
  return house;
}

describe("two programs in one house, with the same ids in both", () => {
  it("ask each of their own people, once, in the program's language", async () => {
    await using house = await twoSites();

    await house.until("2026-12-01T07:45");

    const read = (account: string) => house.cloud.chat(account as Address).map(({ card }) => plain(card));
    expect(read("north-r1")).toEqual([expect.stringContaining(en.consent.agree)]);
    expect(read("south-r1")).toEqual([expect.stringContaining(ja.consent.agree)]);
    expect(house.cloud.deliveries.every(({ to }) => /^(?:north|south)-/u.test(to))).toBe(true);
  });

  it.each(SITES)("keep an answer where it was asked: %s", async (site) => {
    await using house = await begun();
    const before = await house.kept(other(site));
    const goal = tappable(house).find(
      ({ account, act }) => account === `${site}-r1` && act.startsWith("answer/"),
    );

    const reply = await press(house, goal!.account, goal!.act, goal!.ref);

    expect(reply).toMatchObject({ kind: "card" });
    expect(await house.kept(other(site))).toBe(before);
    expect(await house.kept(site)).toContain('"item":"goal"');
  });

  it("tell somebody who is known to neither so, in the first program's language, and keep nothing", async () => {
    await using house = await twoSites();
    const before = [await house.kept(NORTH), await house.kept(SOUTH)];

    const reply = await house.receive({
      type: "said",
      event: "e",
      sender: house.sender("stranger"),
      text: "help",
    });

    expect(reply).toEqual({ kind: "refused", reason: "unknown-person", text: en.refused.unknown });
    expect([await house.kept(NORTH), await house.kept(SOUTH)]).toEqual(before);
  });

  it("never reach each other, whatever anybody taps of anybody's", async () => {
    const step = fc.record({ who: fc.nat(), what: fc.nat(), own: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        await using house = await begun();
        for (const { who, what, own } of steps) {
          const { site, account } = PEOPLE[who % PEOPLE.length]!;
          const within = tappable(house).filter((one) => (one.site === site) === own);
          const tapped = within[what % within.length];
          if (tapped === undefined) continue;
          const before = { mine: await house.kept(site), theirs: await house.kept(other(site)) };

          const reply = await press(house, account, tapped.act, tapped.ref);
          for (const one of SITES) await house.running[one].tick();

          expect(await house.kept(other(site))).toBe(before.theirs);
          expect(JSON.stringify(reply)).not.toContain(`${other(site)} `);
          // A command ("pause") is the same word on everybody's card.
          const isHostile = !own && !tapped.act.startsWith("say/");
          const became = isHostile ? [reply.kind, await house.kept(site)] : [];
          expect(became).toEqual(isHostile ? ["refused", before.mine] : []);
          if (own && reply.kind === "card" && reply.replace)
            house.cloud.edit(tapped.ref, reply.card, house.clock.now());
        }
        for (const { to, card } of house.cloud.deliveries)
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
  const says = (house: TwoSites, account: string, text: string) =>
    house.receive({ type: "said", event: `e${++events}`, sender: house.sender(account), text });

  it("belongs to the program that has their confirmed e-mail, and stays there once they agreed", async () => {
    const asked: string[] = [];
    const emails: Record<string, string> = { U9: "aya@example.org" };
    await using house = await twoSites(programs(), { directory: directory(asked, emails) });
    const north = await house.kept(NORTH);
    await house.receive({
      type: "pressed",
      event: "agree",
      sender: house.sender("U9"),
      act: "agree/0" as Act,
    });
    asked.length = 0;
    delete emails["U9"];

    const reply = await says(house, "U9", "ヘルプ");

    expect(reply).toMatchObject({ kind: "card" });
    expect(asked).toEqual([]);
    expect(await house.stores.south.knownBy("memory", "U9")).toBe("r1");
    expect(await house.kept(NORTH)).toBe(north);
  });

  it("is at home where people.csv has them now, whoever remembers them from before", async () => {
    const [north, south] = programs();
    const moved = { ...north, people: north.people.slice(1) };
    await using house = await twoSites([moved, south], {
      directory: directory([], { U9: "aya@example.org" }),
    });
    const r1 = "r1" as never;
    await house.stores.north.changeStanding(r1, { consent: "given" }, "e0", house.clock.now());
    await house.stores.north.rememberIdentity(r1, house.sender("U9"), house.clock.now());
    const before = await house.kept(NORTH);

    expect(await says(house, "U9", "ヘルプ")).toMatchObject({ kind: "card" });
    expect(await house.kept(NORTH)).toBe(before);
  });

  it("is nobody while two programs know the account", async () => {
    await using house = await twoSites(
      [siteOf(NORTH, "en", [named]), siteOf(SOUTH, "ja", [{ ...named, email: "b@example.org" }])],
      { directory: directory([], { U9: "aya@example.org" }) },
    );
    for (const site of SITES) {
      const r1 = "r1" as never;
      await house.stores[site].changeStanding(r1, { consent: "given" }, "e0", house.clock.now());
      await house.stores[site].rememberIdentity(r1, house.sender("U9"), house.clock.now());
    }
    const before = [await house.kept(NORTH), await house.kept(SOUTH)];

    expect(await says(house, "U9", "stop")).toMatchObject({ kind: "refused", reason: "unknown-person" });
    expect([await house.kept(NORTH), await house.kept(SOUTH)]).toEqual(before);
  });
});
