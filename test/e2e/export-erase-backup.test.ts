import { mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { spawn } from "node:child_process";
import { join } from "node:path";
import Client from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { loadMasterKey } from "#db/keys/key-file.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { personId } from "#src/domain/person.ts";
import type { Store } from "#src/ports/store.ts";
import { commandLine } from "#test/support/command-line.ts";
import { damagePage, rootsOf } from "#test/support/damaged.ts";
import { at, heardFrom, NOON, sentNow, planned, tap, shift } from "../contract/store/case.ts";
import { FILES, folder } from "../unit/config/folder.ts";

const R1 = personId("r1");
const A1 = personId("a1");
const PROGRAM = "test-hospital";

/** The resident has said what they want, in words too, and how safe they feel; so has the attending. */
async function answered(store: Store): Promise<void> {
  const shifts = [shift("r1@day", R1, NOON, 8), shift("a1@day", A1, NOON, 8)];
  await store.changeRoster({ added: shifts, moved: [], removed: [], absences: [] }, NOON);
  for (const person of [R1, A1]) {
    await heardFrom(store, person);
    await planned(store, { person, subject: `${person}@day` });
    const nudge = await sentNow(store);
    const replies = [
      { occasion: "r1@day", item: "help", value: "3", text: false },
      { occasion: "r1@day", item: "line", value: `="secret words" of ${person}, 先生`, text: true },
      { occasion: "r1+a1@2026-W14", item: "week-trust", value: "2", text: false },
    ] as const;
    await store.record(tap(nudge, { replies }));
    await store.record(tap(nudge, { now: at(2), replies: [{ ...replies[0], value: "4" }] }));
  }
}

async function lived() {
  const files = folder(FILES);
  const attune = commandLine(files);
  await using db = attune.open();
  await answered(db.store(PROGRAM));
  return { files, attune, [Symbol.dispose]: () => files[Symbol.dispose]() };
}

describe("attune export", { timeout: 60_000 }, () => {
  it("hands a person everything of theirs, corrected answers and own words too, the same each time", async () => {
    using here = await lived();

    const first = here.attune.run("export", "--person", "r1");
    const second = here.attune.run("export", "--person", "r1");

    expect(first.status).toBe(0);
    expect(first.stderr).toBe("This holds answers that only r1 may see: hand it to r1 and to nobody else.\n");
    expect(second.stdout).toBe(first.stdout);
    const { answers, accounts, person, shifts, nudges } = JSON.parse(first.stdout);
    expect(person).toMatchObject([{ person: "r1", name: "佐藤 健", role: "resident" }]);
    expect(accounts).toEqual([{ platform: "web", account: "r1" }]);
    expect(shifts).toMatchObject([{ shift: "r1@day", start: "2026-03-30T12:00:00Z" }]);
    expect(nudges).toMatchObject([{ kind: "shift-goal", subject: "r1@day" }]);
    expect(answers).toMatchObject([
      { item: "help", value: "3", superseded: true },
      { item: "line", value: '="secret words" of r1, 先生', visibility: "shared" },
      { item: "week-trust", value: "2", visibility: "self", superseded: false },
      { item: "help", value: "4", superseded: false },
    ]);
    expect(first.stdout).not.toContain("of a1");
  });

  it("writes a file for its owner alone, and never over another", async () => {
    using here = await lived();
    const args = ["export", "--person", "r1", "--format", "csv", "--out", "handed"];
    const file = here.files.path(join("handed", "attune-r1.csv"));

    const first = here.attune.run(...args);
    const again = here.attune.run(...args);

    expect(first).toMatchObject({ status: 0, stdout: `${join("handed", "attune-r1.csv")} is written.\n` });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const lines = readFileSync(file, "utf8").split("\r\n");
    expect(lines[0]).toMatch(/^\uFEFFrecord,person,name,/);
    // The apostrophe keeps a spreadsheet from running what begins like a formula.
    expect(lines.find((line) => line.includes("secret"))).toContain(`"'=""secret words"" of r1, 先生"`);
    expect(again).toMatchObject({ status: 1, stdout: "" });
    expect(again.stderr).toContain("is there already: take it away first, or name another folder.\n");
  });

  it("tells of a whole program nobody's answers, and no figure of two people", async () => {
    using here = await lived();

    const json = here.attune.run("export", "--program");
    const csv = here.attune.run("export", "--program", "--format", "csv");

    expect(json).toMatchObject({ status: 0, stderr: "" });
    const { delivery, figures, people, ...rest } = JSON.parse(json.stdout);
    expect(Object.keys(rest)).toEqual(["program", "rotations", "shifts"]);
    expect(people).toEqual([
      { person: "r1", name: "佐藤 健", role: "resident", locale: "ja" },
      { person: "a1", name: "Daniel Okafor", role: "attending", locale: "en" },
    ]);
    // No rotation of the program covers these shifts.
    expect(delivery).toEqual([]);
    expect(figures).toEqual(
      [
        "both-answered",
        "goals-closed",
        "goals-partly",
        "feedback-given",
        "two-steps-apart-help",
        "two-steps-apart-call",
        "easy-to-ask",
      ].map((figure) => ({
        figure,
        percent: null,
        cases: null,
        residentsWanted: 5,
        attendingsWanted: 3,
      })),
    );
    for (const text of [json.stdout, csv.stdout])
      expect(text).not.toMatch(/secret|trust|"answered"|consent|superseded/);
  });

  it("knows nobody by a wrong id", async () => {
    using here = await lived();

    expect(here.attune.run("export", "--person", "r9")).toMatchObject({
      status: 1,
      stdout: "",
      stderr: `Nobody with the id "r9" is in ${PROGRAM}: take the id from people.csv, such as r1.\n`,
    });
  });
});

describe("attune erase", { timeout: 60_000 }, () => {
  it("says when the files cannot be cleared because somebody reads them, and clears them when run once more", async () => {
    using here = await lived();
    const reader = new Client(here.files.path("attune.db"), { readonly: true });
    reader.exec("begin; select count(*) from person");

    const meanwhile = here.attune.run("erase", "--person", "r1", "--yes");
    reader.close();
    const afterwards = here.attune.run("erase", "--person", "r1", "--yes");

    expect(meanwhile.status).toBe(0);
    expect(meanwhile.stdout).toContain("its files hold what was erased until");
    expect(afterwards.status).toBe(0);
    expect(afterwards.stdout).not.toContain("its files hold what was erased until");
  });

  it("destroys everything of one person, says so, and names what it cannot reach", async () => {
    using here = await lived();

    const ran = here.attune.run("erase", "--person", "r1", "--yes");

    expect(ran).toMatchObject({ status: 0, stderr: "" });
    expect(ran.stdout).toMatch(
      /^Erased of r1: 4 answers, 1 planned or sent message, 1 account, and the key to their words\./,
    );
    expect(ran.stdout).toContain("Backups and exports made before now still hold all of it");
    const { answers, accounts, nudges, person } = JSON.parse(
      here.attune.run("export", "--person", "r1").stdout,
    );
    expect({ answers, accounts, nudges }).toEqual({ answers: [], accounts: [], nudges: [] });
    expect(person).toMatchObject([{ consent: "declined", stopped: true }]);
    expect(JSON.parse(here.attune.run("export", "--person", "a1").stdout).answers).toHaveLength(4);
  });
});

const WRITER = `
  const [, database, key, db] = process.argv;
  const { openSqlite } = await import(db + "/sqlite/open.ts");
  const { loadMasterKey } = await import(db + "/keys/key-file.ts");
  const store = openSqlite({ file: database, keys: loadMasterKey(key) }).store("writer");
  for (let i = 1; ; i += 1) {
    await store.setNote("count", String(i));
    process.stdout.write(i + "\\n");
    await new Promise((resolve) => setImmediate(resolve));
  }
`;

/** Another process that commits all the time; `count` is what it has said was saved. */
async function writer(database: string, key: string) {
  const db = join(import.meta.dirname, "..", "..", "db");
  const child = spawn(process.execPath, ["--input-type=module", "-e", WRITER, database, key, db]);
  let count = 0;
  let complaint = "";
  child.stderr.on("data", (bytes: Buffer) => (complaint += bytes.toString()));
  const begun = new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (bytes: Buffer) => {
      count = Number(bytes.toString().trim().split("\n").at(-1));
      resolve();
    });
    child.once("close", () => reject(new Error(`the writer ended:\n${complaint}`)));
  });
  await begun;
  return {
    count: () => count,
    async [Symbol.asyncDispose]() {
      const gone = new Promise((resolve) => child.once("close", resolve));
      child.kill("SIGKILL");
      await gone;
    },
  };
}

describe("attune backup", { timeout: 60_000 }, () => {
  it("copies a database whole while another process writes to it all the time", async () => {
    using here = await lived();
    const { path } = here.files;
    const filled = here.attune.open();
    const wanted = Array.from({ length: 20_000 }, (_, i) => ({
      kind: "shift-goal" as const,
      person: R1,
      subject: `r1@${i}`,
      dueAt: at(i + 100),
      expiresAt: at(i + 200),
    }));
    await filled.store("other").plan(wanted, NOON);
    await using busy = await writer(path("attune.db"), path("attune.key"));

    const before = busy.count();
    const ran = await here.attune.start("backup", path("copy.db"));
    const after = busy.count();
    const shares: number[] = [];
    await filled.backup(path("another.db"), (share) => shares.push(share));
    await filled.close();

    expect(ran).toMatchObject({ status: 0, stderr: "" });
    expect(ran.stdout).toContain("copy.db is written. It opens with the key in ");
    expect(after).toBeGreaterThan(before);
    // SQLite goes back to the first page when somebody has written, unless it reads one snapshot.
    expect(shares).toEqual(shares.toSorted((one, other) => one - other));
    expect(statSync(path("copy.db")).mode & 0o777).toBe(0o600);
    using client = disposable(new Client(path("copy.db")));
    expect(client.pragma("integrity_check", { simple: true })).toBe("ok");
    await using copy = openSqlite({ file: path("copy.db"), keys: loadMasterKey(path("attune.key")) });
    const count = Number(await copy.store("writer").note("count"));
    expect(count).toBeGreaterThanOrEqual(before);
    expect(await copy.store("other").nudgesDuring(NOON, at(30_000))).toHaveLength(20_000);
    const { replies } = await copy.store(PROGRAM).export(R1);
    expect(replies.map(({ value }) => value)).toContain('="secret words" of r1, 先生');
  });

  it("is refused of a damaged database: the name stays free, and it says why", async () => {
    using here = await lived();
    damagePage(here.files.path("attune.db"), rootsOf(here.files.path("attune.db")).get("reply_at")!);

    const ran = here.attune.run("backup", "copy.db");

    expect(ran).toMatchObject({ status: 1, stdout: "" });
    expect(ran.stderr).toMatch(/attune\.db is damaged: .*Restore a backup\.\n$/);
    expect(readdirSync(here.files.path(".")).filter((name) => name.startsWith("copy"))).toEqual([]);
  });

  it("never writes over a file, nor leaves half a one behind", async () => {
    using here = await lived();
    mkdirSync(here.files.path("folder"));
    here.files.write("folder/copy.db", "precious");

    const over = here.attune.run("backup", "folder/copy.db");
    const nowhere = here.attune.run("backup", "missing/copy.db");

    expect(over).toMatchObject({
      status: 1,
      stderr: "folder/copy.db is there already: name another file.\n",
    });
    expect(readFileSync(here.files.path("folder/copy.db"), "utf8")).toBe("precious");
    expect(nowhere).toMatchObject({ status: 1, stderr: "missing/copy.db: its folder does not exist.\n" });
  });
});

const disposable = (client: Client.Database) =>
  Object.assign(client, { [Symbol.dispose]: () => void client.close() });
