import { describe, expect, it } from "vitest";
import { PEOPLE, rosterPart, type FileId } from "#src/domain/files.ts";
import type { NewFile } from "#src/ports/files.ts";
import { ANNA, at, BEN, NOON, type StoreRig } from "./case.ts";

const PART = rosterPart("roster.csv");
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const given = (text: string, over: Partial<NewFile> = {}): NewFile => ({
  part: PART,
  at: NOON,
  by: ANNA,
  why: "upload",
  about: { name: `${text}.csv`, fingerprint: text },
  bytes: bytesOf(text),
  ...over,
});

export function fileRules(rig: StoreRig): void {
  describe("versions of files", () => {
    it("wait until somebody applies them, and are then in force with who and when", async () => {
      await using db = await rig();
      const store = db.store("p");

      const id = await store.keepFile(given("one"));
      const waiting = await store.filesInForce();
      const taken = await store.takeFile(id!, 0, BEN, at(5));
      await db.reopen();

      expect(waiting).toEqual([]);
      expect(taken).toBe("in-force");
      expect(await db.store("p").filesInForce()).toEqual([
        { id, part: PART, place: 1, at: at(5), by: BEN, why: "upload", about: given("one").about },
      ]);
      expect(await db.store("p").fileBytes(id!)).toEqual(bytesOf("one"));
    });

    it("are all kept, the newest of each part in force", async () => {
      await using db = await rig();
      const store = db.store("p");
      await store.keepFile(given("one", { why: "file", by: undefined as never }), 0);
      await store.keepFile(given("two"), 1);
      await store.keepFile(given("people", { part: PEOPLE }), 0);

      const [people, roster] = await store.filesInForce();

      expect([people!.about.name, roster!.about.name]).toEqual(["people.csv", "two.csv"]);
      expect((await store.filesOf(PART)).map(({ about, place }) => [about.name, place])).toEqual([
        ["two.csv", 2],
        ["one.csv", 1],
      ]);
      expect((await store.filesOf(PART))[1]).not.toHaveProperty("by");
    });

    it("are not put over another one than they were compared with", async () => {
      await using db = await rig();
      const store = db.store("p");
      const one = (await store.keepFile(given("one")))!;
      const two = (await store.keepFile(given("two")))!;
      await store.takeFile(one, 0, ANNA, NOON);

      expect(await store.takeFile(two, 0, BEN, NOON)).toBe("overtaken");
      expect(await store.takeFile(one, 1, BEN, NOON)).toBe("again");
      expect(await store.takeFile("none" as FileId, 1, BEN, NOON)).toBe("gone");
      expect(await store.keepFile(given("three"), 0)).toBeUndefined();
      expect((await store.filesInForce()).map(({ id }) => id)).toEqual([one]);
      expect(await store.takeFile(two, 1, BEN, NOON)).toBe("in-force");
    });

    it("come into force one after the other, whichever process applies them", async () => {
      await using db = await rig();
      const stores = [db.store("p"), db.elsewhere("p")];
      const ids = await Promise.all(
        Array.from({ length: 8 }, (_, i) => stores[i % 2]!.keepFile(given(`file ${i}`))),
      );

      const taken = await Promise.all(
        ids.map((id, i) => stores[i % 2]!.takeFile(id!, 0, i % 2 === 0 ? ANNA : BEN, at(i))),
      );

      expect(taken.filter((one) => one === "in-force")).toHaveLength(1);
      expect(taken.filter((one) => one === "overtaken")).toHaveLength(7);
      for (const store of stores)
        expect((await store.filesInForce()).map(({ id }) => id)).toEqual([ids[taken.indexOf("in-force")]]);
    });

    it("have one answer each, whichever process was told of them", async () => {
      await using db = await rig();
      const stores = [db.store("p"), db.store("p")];

      const answered = await Promise.all(stores.map((store) => store.fileAnswered("e1", ANNA, NOON)));
      await db.reopen();

      expect(answered.filter(Boolean)).toHaveLength(1);
      expect(await db.store("p").fileAnswered("e1", BEN, at(5))).toBe(false);
      expect(await db.store("p").fileAnswered("e2", ANNA, at(5))).toBe(true);
    });

    it("can be read otherwise, or be dropped, only while they wait", async () => {
      await using db = await rig();
      const store = db.store("p");
      const id = (await store.keepFile(given("one")))!;
      const about = { ...given("one").about, reading: { sheet: "März" } };

      expect(await store.readFileAs(id, about)).toBe(true);
      expect((await store.keptFile(id))?.about).toEqual(about);
      await store.takeFile(id, 0, ANNA, NOON);
      expect(await store.readFileAs(id, given("one").about)).toBe(false);
      expect(await store.dropFile(id)).toBe(false);
      expect((await store.keptFile(id))?.about).toEqual(about);
      const other = (await store.keepFile(given("other")))!;
      expect(await store.dropFile(other)).toBe(true);
      expect(await store.keptFile(other)).toBeUndefined();
      await expect(store.fileBytes(other)).rejects.toMatchObject({ code: "store" });
    });

    it("are forgotten where they have waited too long, and never once they were in force", async () => {
      await using db = await rig();
      const store = db.store("p");
      const [old, fresh, applied] = [
        await store.keepFile(given("old")),
        await store.keepFile(given("fresh", { at: at(60) })),
        await store.keepFile(given("applied")),
      ];
      await db.store("other").keepFile(given("another program's"));
      await store.takeFile(applied!, 0, ANNA, NOON);

      const forgotten = [await store.forgetWaiting(at(60)), await store.forgetWaiting(at(60))];

      expect(forgotten).toEqual([1, 0]);
      expect(await store.keptFile(old!)).toBeUndefined();
      expect(await store.takeFile(old!, 1, ANNA, at(60))).toBe("gone");
      expect(await store.fileBytes(fresh!)).toEqual(bytesOf("fresh"));
      expect(await store.fileBytes(applied!)).toEqual(bytesOf("applied"));
      expect(await db.store("other").forgetWaiting(at(60))).toBe(1);
    });

    it("are either in force or forgotten, whatever two processes do at once", async () => {
      await using db = await rig();
      const stores = [db.store("p"), db.elsewhere("p")];
      for (let i = 0; i < 6; i += 1) {
        const part = rosterPart(`${i}.csv`);
        const id = (await stores[0]!.keepFile(given(`file ${i}`, { part })))!;

        const [taken, isDropped] = await Promise.all([
          stores[i % 2]!.takeFile(id, 0, ANNA, NOON),
          i < 3
            ? stores[(i + 1) % 2]!.dropFile(id)
            : stores[(i + 1) % 2]!.forgetWaiting(at(60)).then((many) => many === 1),
        ]);

        expect([taken, isDropped, (await stores[0]!.filesOf(part)).length]).toEqual(
          isDropped ? ["gone", true, 0] : ["in-force", false, 1],
        );
      }
    });
  });
}
