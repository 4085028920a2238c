import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { tapsOf } from "#src/card/act.ts";
import { keyOf } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import type { Address } from "#src/domain/person.ts";
import { personId } from "#src/domain/person.ts";
import type { Inbound } from "#src/ports/inbound.ts";
import { later } from "#src/domain/time.ts";
import { farSide } from "#test/support/kill/far-side.ts";
import { startLife, type Life } from "#test/support/kill/life.ts";
import { beats, busyProgram, KEY } from "#test/support/kill/morning.ts";
import { place } from "#test/support/kill/place.ts";

/** From here on the files of this process may not grow beyond so many bytes; the hard limit stays, so room can come back. */
const limit = (life: Life, bytes: number | "unlimited"): void =>
  void execFileSync("prlimit", ["--pid", String(life.pid), `--fsize=${bytes}:unlimited`]);

const sender = { platform: "memory", account: "r1", address: "r1" as Address };

it("acknowledges nothing on a full disk, says so, keeps no half of it, and goes on once there is room", async () => {
  using home = place();
  await using far = await farSide({ mishap: () => undefined, passing() {} });
  const life = startLife({
    place: "morning",
    database: home.file,
    port: far.port,
    lookup: true,
    owner: "one",
    days: 1,
  });
  await life.started;
  const [first] = beats(1);
  await life.beat(first!);
  const goal = later(first!, 20 * 60_000);
  await life.beat(goal);
  const message = far.messages.find(({ to }) => to === "r1")!;
  const pressing = (event: string, wanted: string): Inbound => {
    const act = tapsOf(message.card).find(({ meaning }) => meaning.verb === wanted)!.tap.act;
    return { type: "pressed", event, sender, act, message: message.ref };
  };

  limit(life, 4_096);
  const refused = await life.act(goal, pressing("e1", "agree"));
  const beat = await life.beat(later(goal, 15 * 60_000));
  const check = await life.check(goal);
  const sentWhileFull = far.messages.length;
  limit(life, "unlimited");
  const healthy = await life.check(goal);
  const taken = await life.act(goal, pressing("e1", "agree"));
  const next = await life.beat(later(goal, 20 * 60_000));
  life.kill();
  await life.ended;

  expect(refused).toMatchObject({ type: "done", reply: { kind: "refused", reason: "not-saved" } });
  expect(beat).toMatchObject({ type: "failed", code: "store" });
  expect(check).toMatchObject({ type: "failed", code: "store" });
  expect(healthy.type).toBe("done");
  expect(taken).toMatchObject({ type: "done", reply: { kind: "card" } });
  expect(next.type).toBe("done");
  expect(new Set(far.messages.map(({ key }) => key)).size).toBe(far.messages.length);
  expect(far.messages.length).toBeGreaterThanOrEqual(sentWhileFull);
  await using db = openSqlite({ file: home.file, keys: keyOf(KEY) });
  const store = db.store(busyProgram().id);
  expect((await store.standing(personId("r1"))).consent).toBe("given");
});

it("plans what a full disk had kept it from planning, without being told again", async () => {
  using home = place();
  await using far = await farSide({ mishap: () => undefined, passing() {} });
  const life = startLife({
    place: "morning",
    database: home.file,
    port: far.port,
    lookup: true,
    owner: "one",
    days: 1,
  });
  await life.started;
  const [first] = beats(1);

  limit(life, 4_096);
  const failed = await life.beat(first!);
  limit(life, "unlimited");
  const done = await life.beat(later(first!, 20 * 60_000));
  life.kill();
  await life.ended;

  expect(failed).toMatchObject({ type: "failed", code: "store" });
  expect(done.type).toBe("done");
  expect(far.messages.length).toBeGreaterThan(0);
});
