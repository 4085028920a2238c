import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, chownSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, it } from "vitest";
import { CAN_LOCK, locked } from "#test/support/locked-file.ts";
import { FULL_BY, limitedDisk, smallDisk, type SmallDisk } from "#test/support/small-disk.ts";
import { loadMasterKey } from "#db/keys/key-file.ts";
import { storedEvents, type SealedEvent } from "#test/support/stored-events.ts";
import { started, type Started } from "#test/support/started.ts";
import { answering, healthz, NOT_SAVED } from "#test/support/web/in-trouble.ts";
import { openPage } from "#test/support/web/page.ts";

const NOBODY = 65_534;

/** What is on disk, read as after a crash: the log beside the file included. */
function kept(file: string) {
  const db = new Database(file);
  const events = storedEvents(
    db.prepare<[], SealedEvent>("select program, sealed_event as sealed from inbox").all(),
    loadMasterKey(join(file, "..", "attune.key")),
  );
  const locale = db.prepare("select locale from person where id = 'r1'").pluck().get();
  const keys = db.prepare<[], string>("select key from chat where key like 'attune-%'").pluck().all();
  const sound = db.pragma("integrity_check", { simple: true });
  db.close();
  return { events, locale, keys, sound };
}

/** Answers until nothing can be written, looks at it as its user and its supervisor would, lets it write again, and ends it. */
async function throughTrouble(attune: Started, file: string, trouble: () => Disposable) {
  const page = await openPage(attune.url);
  const person = answering(page);
  await page.post("/jump", { jump: "next-message" });
  for (let i = 0; i < 3; i += 1) await person.say(crypto.randomUUID());

  const during = trouble();
  const { event, answer } = await person.untilRefused();
  const moved = await page.post("/jump", { jump: "next-message" });
  const ill = await healthz(attune);
  during[Symbol.dispose]();

  const well = await healthz(attune);
  const again = await person.say(event);
  const movedAgain = await page.post("/jump", { jump: "next-message" });
  attune.signal("SIGKILL", "group");
  await attune.ended;
  return { person, answer, moved, ill, well, again, movedAgain, left: kept(file) };
}

/** What the person, the supervisor and the disk had of it, in one piece to compare. */
function summary(seen: Awaited<ReturnType<typeof throughTrouble>>) {
  const { person, answer, moved, ill, well, again, movedAgain, left } = seen;
  return {
    during: {
      answer: [answer.status, answer.body.refused, NOT_SAVED.has(answer.body.text ?? "")],
      jump: [moved.status, moved.body.refused],
      health: [ill.status, ill.health.status, ill.health.database],
    },
    after: { answer: again.status, jump: movedAgain.status, health: [well.status, well.health.database] },
    lost: person.acknowledged.filter(({ event }) => !left.events.has(event)),
    lastAnswerIsSaved: left.locale === person.acknowledged.at(-1)!.locale,
    sentTwice: left.keys.length - new Set(left.keys).size,
    database: left.sound,
  };
}

const AS_PROMISED = {
  during: {
    answer: [503, "not-saved", true],
    jump: [503, "not-saved"],
    health: [503, "failing", "failing"],
  },
  after: { answer: 200, jump: 200, health: [200, "ok"] },
  lost: [],
  lastAnswerIsSaved: true,
  sentTwice: 0,
  database: "ok",
};

const filled = (disk: SmallDisk, { group }: Started): Disposable => {
  disk.fill(group);
  return { [Symbol.dispose]: () => disk.free(group) };
};

it(`tells the person and the supervisor of a full disk, loses nothing, and goes on by itself (${FULL_BY})`, async () => {
  using disk = smallDisk();
  const file = join(disk.folder, "attune.db");
  await using attune = await started({ ATTUNE_DB: file });

  const seen = await throughTrouble(attune, file, () => filled(disk, attune));

  expect(summary(seen)).toEqual(AS_PROMISED);
});

const LOCKED_BY = CAN_LOCK ? "made immutable" : "chattr is refused here: a limit on the size of files";

it(`does the same when the database can no longer be written (${LOCKED_BY})`, async () => {
  using disk = limitedDisk();
  const file = join(disk.folder, "attune.db");
  await using attune = await started({ ATTUNE_DB: file });

  const seen = await throughTrouble(attune, file, () =>
    CAN_LOCK ? locked([file, `${file}-wal`]) : filled(disk, attune),
  );

  expect(summary(seen)).toEqual(AS_PROMISED);
});

it("does not start on a folder that it may not write in, and says in one line which", () => {
  using disk = limitedDisk();
  const file = join(disk.folder, "attune.db");
  const key = join(disk.folder, "attune.key");
  writeFileSync(key, randomBytes(32), { mode: 0o600 });
  const isRoot = process.getuid?.() === 0;
  if (isRoot) chownSync(key, NOBODY, NOBODY);
  chmodSync(disk.folder, 0o555);

  const ran = spawnSync(process.execPath, ["src/main.ts"], {
    encoding: "utf8",
    env: { ...process.env, ATTUNE_DB: file, PORT: "0", ATTUNE_LOG_LEVEL: "silent" },
    // Root may write anywhere.
    ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
  });
  chmodSync(disk.folder, 0o755);

  expect(ran).toMatchObject({ status: 1, stdout: "" });
  expect(ran.stderr.trim().split("\n")).toHaveLength(1);
  expect(ran.stderr).toContain(file);
  expect(ran.stderr).toContain("may this user write there?");
});
