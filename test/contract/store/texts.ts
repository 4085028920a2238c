import { describe, expect, it } from "vitest";
import type { Store } from "#src/ports/store.ts";
import { ANNA, at, heardFrom, messageRef, NOON, planned, sentNow, shift, tap, wanted } from "./case.ts";
import type { StoreRig } from "./case.ts";

/** What PostgreSQL cannot hold, and SQLite would give back as something else or not at all. */
const UNKEPT = { "a NUL": "\0", "half a letter": "\uD83D" };

const lacking = { moved: [], removed: [], absences: [] };

/** Every way in which a text becomes part of a row. */
const ACTS: Readonly<Record<string, (store: Store, bad: string) => Promise<unknown>>> = {
  "a shift's label": (store, bad) =>
    store.changeRoster({ ...lacking, added: [{ ...shift("s", ANNA, NOON, 8), label: `Da${bad}y` }] }, NOON),
  "a shift's id": (store, bad) =>
    store.changeRoster({ ...lacking, added: [shift(`s${bad}`, ANNA, NOON, 8)] }, NOON),
  "a nudge's subject": (store, bad) => store.plan([wanted({ subject: `s${bad}` })], at(-60)),
  "an event": (store, bad) => store.changeStanding(ANNA, { stopped: true }, `e${bad}`, NOON),
  "a note": (store, bad) => store.setNote("key", bad),
};

export function textRules(rig: StoreRig): void {
  describe("a text that no database keeps", () => {
    it.each(
      Object.entries(ACTS).flatMap(([where, act]) =>
        Object.entries(UNKEPT).map(([what, bad]) => [what, where, bad, act] as const),
      ),
    )("%s in %s is refused, and what comes next is kept", async (_, _where, bad, act) => {
      await using db = await rig();
      const store = db.store("p");

      await expect(act(store, bad)).rejects.toMatchObject({ name: "AttuneError", code: "store" });

      expect(await store.roster()).toEqual({ assignments: [], absences: [] });
      expect(await store.standing(ANNA)).toMatchObject({ stopped: false });
      await act(store, "");
      await store.setNote("after", "kept");
      expect(await store.note("after")).toBe("kept");
    });

    it.each(Object.entries(UNKEPT))("%s in an answer is refused, a choice or own words", async (_, bad) => {
      await using db = await rig();
      const store = db.store("p");
      const nudge = await planned(store);
      const answer = (value: string, text: boolean) =>
        store.record(tap(nudge, { replies: [{ occasion: "o", item: "line", value, text }] }));

      for (const text of [true, false])
        await expect(answer(`x${bad}`, text)).rejects.toMatchObject({ code: "store" });

      expect(await store.replies("o")).toEqual([]);
      expect(await answer("x", true)).toBe("recorded");
    });

    it("is refused in the name of the message that an answer came from, and the ask still takes one", async () => {
      await using db = await rig();
      const store = db.store("p");
      await heardFrom(store, ANNA);
      await planned(store);
      const nudge = await sentNow(store);

      const bad = tap(nudge, { platform: "web", message: messageRef("m\0") });

      await expect(store.record(bad)).rejects.toMatchObject({ code: "store" });
      expect(await store.record(tap(nudge))).toBe("recorded");
    });
  });
}
