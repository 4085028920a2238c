import { describe, expect, it } from "vitest";
import type { MessageRef } from "#src/ports/messenger.ts";
import { account, ANNA, at, BEN, heardFrom, lease, NOON, type StoreRig, wanted } from "./case.ts";

export function unknownAccountRules(rig: StoreRig): void {
  describe("what is kept of accounts that are nobody's", () => {
    it("is changed by one of several at once, outlives a restart, and has every process plan anew", async () => {
      await using db = await rig();
      const [store, other] = [db.store("p"), db.elsewhere("p")];
      const { wishes } = await store.versions();

      const first = await Promise.all([
        store.keepUnknownAccounts(undefined, "a", NOON),
        other.keepUnknownAccounts(undefined, "b", NOON),
      ]);
      const late = await store.keepUnknownAccounts(undefined, "c", NOON);
      await db.reopen();

      expect(first.filter(Boolean)).toHaveLength(1);
      expect(late).toBe(false);
      expect(await db.store("p").note("unknown accounts")).toBe(first[0] ? "a" : "b");
      expect((await db.store("p").versions()).wishes).toBe(wishes + 1);
    });

    it("marks the messages about one question for an edit, and no others", async () => {
      await using db = await rig();
      const store = db.store("p");
      const about = (person: typeof ANNA, subject: string) =>
        wanted({ kind: "whose-account", person, subject });
      await store.plan([about(ANNA, "1"), about(BEN, "1"), about(BEN, "2")], NOON);
      for (const claim of await store.claimDue(lease("one"), 9)) {
        await store.intend(claim, NOON);
        const ref = `m${claim.nudge.id}` as MessageRef;
        await store.sent(claim, account(claim.nudge.person), ref, NOON);
      }

      await store.keepUnknownAccounts(undefined, "a", at(1));
      const before = await store.claimEdits(at(1), 9);
      await store.keepUnknownAccounts("a", "b", at(1), [1]);
      const after = await store.claimEdits(at(1), 9);

      expect(before).toEqual([]);
      expect(after.map(({ nudge }) => `${nudge.person} ${nudge.subject}`).toSorted()).toEqual([
        "anna 1",
        "ben 1",
      ]);
    });

    it("is followed by forgetting an account that was somebody's by mistake, and that one alone", async () => {
      await using db = await rig();
      const store = db.store("p");
      await heardFrom(store, ANNA, account(ANNA, "slack"));
      await store.rememberIdentity(ANNA, account(ANNA, "teams"), NOON);
      await heardFrom(store, BEN, account(BEN, "slack"));

      await store.forgetIdentity(ANNA, "slack");

      expect(await store.knownBy("slack", ANNA)).toBeUndefined();
      expect([await store.knownBy("teams", ANNA), await store.knownBy("slack", BEN)]).toEqual([ANNA, BEN]);
    });

    it("has a digest of an account that is the same each time, and another one anywhere else", async () => {
      await using db = await rig();
      const of = { platform: "slack", account: "U1" };

      const marks = await Promise.all([
        db.store("p").accountMark(of),
        db.store("q").accountMark(of),
        db.store("p").accountMark({ ...of, platform: "teams" }),
        db.store("p").accountMark({ ...of, account: "U2" }),
      ]);

      expect(new Set(marks).size).toBe(4);
      expect(await db.elsewhere("p").accountMark(of)).toBe(marks[0]);
      expect(marks.join(" ")).not.toContain("U1");
    });
  });
}
