import { describe, expect, it } from "vitest";
import { DAY, instant, later } from "#src/domain/time.ts";
import type { Store } from "#src/ports/store.ts";
import { ANNA, at, BEN, event, heardFrom, NOON, planned, sentNow, tap, type StoreRig } from "./case.ts";

const BEGINNING = instant(0);
const EVER = later(NOON, 3_650 * DAY);

/** Both have answered something in own words, this many minutes after noon, and Anna has corrected hers. */
async function answered(store: Store, minutes: readonly number[]) {
  for (const person of [ANNA, BEN]) {
    await heardFrom(store, person);
    const ask = await planned(store, {
      person,
      subject: `shift of ${person}`,
      dueAt: NOON,
      expiresAt: EVER,
    }).then(() => sentNow(store));
    for (const one of minutes)
      for (const value of ["first", "then"]) {
        const replies = [
          { occasion: `o${one}`, item: "line", value: `${value} ${one}`, text: true },
        ] as const;
        await store.record(tap(ask, { event: event(), now: at(one), replies }));
      }
  }
}

const erased = async (store: Store, from = at(10), to = at(20), before = "2026-01-01") => {
  const rows: number[] = [];
  do rows.push(await store.eraseAnswers({ from, to }, before, EVER));
  while (rows.at(-1)! > 0);
  return rows;
};

const left = async (store: Store) =>
  (await Promise.all([ANNA, BEN].map((person) => store.export(person)))).flatMap(({ replies }) =>
    replies.map(({ person, value, superseded }) => `${person} ${value}${superseded ? " (superseded)" : ""}`),
  );

export function retentionRules(rig: StoreRig): void {
  describe("answers whose time is over", () => {
    it("go with what they superseded, and nothing else does: neither earlier nor later ones, nor another program's", async () => {
      await using db = await rig();
      const [store, other] = [db.store("p"), db.store("q")];
      await answered(store, [9, 10, 19, 20]);
      await answered(other, [10]);
      const before = await left(other);
      const { nudges, standing, identities } = await store.export(ANNA);

      const rows = await erased(store);
      await db.reopen();

      const again = db.store("p");
      // Two people, two moments, two answers each, and their events.
      expect(rows).toEqual([16, 0]);
      expect(await left(again)).toEqual(
        [ANNA, BEN].flatMap((person) =>
          [9, 20].flatMap((one) => [`${person} first ${one} (superseded)`, `${person} then ${one}`]),
        ),
      );
      expect(await again.repliesDuring(at(10), at(20))).toEqual([]);
      expect(await again.export(ANNA)).toMatchObject({ nudges, standing, identities });
      expect(await left(db.store("q"))).toEqual(before);
      expect(await again.finishErasing()).toBe(true);
    });

    it("go in portions, each of them whole, and whoever goes on later ends up with the same", async () => {
      await using db = await rig();
      const store = db.store("p");
      await heardFrom(store, ANNA);
      await planned(store, { expiresAt: EVER });
      const ask = await sentNow(store);
      for (let one = 0; one < 60; one += 1)
        await store.record(
          tap(ask, {
            event: event(),
            now: at(10),
            replies: Array.from({ length: 20 }, (_, place) => ({
              occasion: `o${one} ${place}`,
              item: "line" as const,
              value: "words",
              text: true,
            })),
          }),
        );

      const first = await store.eraseAnswers({ from: at(10), to: at(20) }, "2026-01-01", EVER);
      const meanwhile = await store.repliesDuring(BEGINNING, EVER);
      const rest = await erased(db.elsewhere("p"));

      expect(first).toBe(560);
      expect(meanwhile).toHaveLength(700);
      expect(rest).toEqual([500, 200, 0]);
      expect(await store.repliesDuring(BEGINNING, EVER)).toEqual([]);
    });
  });
}
