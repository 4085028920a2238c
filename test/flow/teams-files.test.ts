import { describe, expect, it } from "vitest";
import { AFTER, town } from "#test/support/files-town.ts";
import { HOUR, later } from "#src/domain/time.ts";
import { onDisk } from "#test/support/on-disk.ts";
import { chatOf, objectOf, office } from "#test/support/teams/office.ts";
import { consentIn, fileGiven, KEPT_AT, taking } from "#test/support/teams/files.ts";
import { actionsIn, wordsIn } from "#test/support/teams/words.ts";
import { folder } from "../unit/config/folder.ts";

const FILES = town("teams", {
  c1: objectOf("c1"),
  r1: objectOf("r1"),
  r2: objectOf("r2"),
  a1: objectOf("a1"),
});

/** What is given where its address leads to a page. */
const LINK = "";

/** A hospital in Teams, on files, through the real Bot Framework. */
async function hospital(named: Readonly<Record<string, string>> = FILES) {
  const files = folder(named);
  let attune: Awaited<ReturnType<typeof onDisk>> | undefined;
  const fetched: string[] = [];
  const put: string[] = [];
  let given = "";
  const teams = await office(
    (inbound) => attune!.receive(inbound),
    async ({ url, headers }) => {
      fetched.push(`${url} ${JSON.stringify(headers ?? {})}`);
      return given === LINK ? { trouble: "page" } : { bytes: new TextEncoder().encode(given) };
    },
    async ({ bytes }) => {
      put.push(new TextDecoder().decode(bytes));
      return true;
    },
  );
  attune = await onDisk([files.path("program.yaml")], "2026-12-01T06:00", {
    messenger: teams.platform.messenger,
  });
  await attune.beat();
  const here = attune;
  const newest = (id: string) => teams.service.chat(chatOf(id)).at(-1)!;
  return {
    fetched,
    put,
    attune: here,
    /** Answers the question whether to take a file, which stands last in the chat. */
    async takes(id: string, how: Parameters<typeof taking>[4] = {}) {
      const message = newest(id);
      await teams.post(taking(teams, id, message.id, consentIn(message.body)!, how));
      await teams.platform.settled();
      return wordsIn(newest(id).body).join("\n");
    },
    async says(id: string, text: string) {
      await teams.post(teams.activity(id, { text }));
      await teams.platform.settled();
      return wordsIn(newest(id).body).join("\n");
    },
    reads: (id: string) => wordsIn(newest(id).body).join("\n"),
    async gives(id: string, name: string | readonly string[], text: string, url = KEPT_AT) {
      given = text;
      await teams.post(fileGiven(teams, id, name, url));
      await teams.platform.settled();
      return wordsIn(newest(id).body).join("\n");
    },
    async taps(id: string, act: RegExp, at = -1) {
      const message = teams.service.chat(chatOf(id)).at(at)!;
      const { data } = actionsIn(message.body).find((one) => act.test(String(one.data["act"])))!;
      await teams.post(
        teams.activity(id, {
          type: "invoke",
          name: "adaptiveCard/action",
          text: undefined,
          replyToId: message.id,
          value: { action: { type: "Action.Execute", verb: "attune", data } },
        }),
      );
      await teams.platform.settled();
      return wordsIn(newest(id).body).join("\n");
    },
    shifts: async () => (await here.hosted[0]!.store.roster()).assignments.length,
    async [Symbol.asyncDispose]() {
      await teams[Symbol.asyncDispose]();
      await here[Symbol.asyncDispose]();
      files[Symbol.dispose]();
    },
  };
}

describe("a roster that is given in Teams", { timeout: 60_000 }, () => {
  it("is fetched from its own address without a token, compared, asked about, applied and taken back", async () => {
    await using db = await hospital();
    const before = await db.shifts();

    const card = await db.gives("c1", "december.csv", AFTER);
    await db.taps("c1", /\/who\//u);
    await db.taps("c1", /\/is\/.*r2$/u);
    const applied = await db.taps("c1", /\/apply\//u);
    await db.attune.beat();
    const after = await db.shifts();
    const undone = await db.taps("c1", /\/undo\//u);
    for (let beats = 0; beats < 3; beats += 1) await db.attune.beat();

    expect(card).toContain("What december.csv would change");
    expect(db.fetched).toEqual([`${KEPT_AT} {}`]);
    expect(applied).toContain("december.csv is in force");
    expect(after).toBe(before + 2);
    expect(undone).toContain("december.csv is taken back");
    expect(await db.shifts()).toBe(before);
  });

  it.each([
    "http://lakeside.sharepoint.com/x",
    "https://evil.example/x",
    "https://sharepoint.com.evil.example/x",
    "https://lakeside.sharepoint.com:8443/x",
    "https://127.0.0.1/x",
  ])("is not asked for at an address that is not Microsoft's for files: %s", async (url) => {
    await using db = await hospital();

    const told = await db.gives("c1", "december.csv", AFTER, url);

    expect(told).toContain("is kept somewhere else");
    expect(db.fetched).toEqual([]);
  });

  it("comes back as a table into the person's own OneDrive, if they take it, and to no other host", async () => {
    await using db = await hospital();
    await db.gives("c1", "december.csv", AFTER);

    const asked = await db.taps("c1", /\/table\//u);
    const elsewhere = await db.takes("c1", { drive: "https://evil.example/personal" });
    await db.taps("c1", /\/table\//u, 0);
    await db.takes("c1", { action: "decline" });
    const declined = db.put.length;
    await db.taps("c1", /\/table\//u, 0);
    await db.takes("c1");

    expect(asked).toContain("december.csv would make, as a table");
    expect(elsewhere).toContain("could not be put into your OneDrive");
    expect(declined).toBe(0);
    expect(db.put).toEqual([expect.stringContaining("Person,Change,Start")]);
  });

  it("is read alone where others came with it, and that is said", async () => {
    await using db = await hospital();

    const told = await db.gives("c1", ["december.csv", "people.csv"], AFTER);

    expect(told).toContain("Only december.csv was read. Please send the other files one at a time.");
    expect(db.fetched).toHaveLength(1);
  });

  // OfficeDev/Microsoft-Teams-Samples, issue 1314.
  it("is asked for from a computer where a phone has sent a link, whose page came in its place", async () => {
    await using db = await hospital();

    const told = await db.gives("c1", "december.csv", LINK);

    expect(told).toContain("In place of december.csv came a web page: some phones send only a link.");
    expect(await db.attune.hosted[0]!.store.filesInForce()).toEqual([]);
  });

  it("is not even fetched from anybody else", async () => {
    await using db = await hospital();

    const told = await db.gives("r1", "december.csv", AFTER);

    expect(told).toContain("I read only text");
    expect(db.fetched).toEqual([]);
  });
});

describe("somebody in Teams whose account is nobody's of the program", { timeout: 60_000 }, () => {
  it("is asked about, and is somebody's at one tap", async () => {
    const accounts = { c1: objectOf("c1"), r1: objectOf("r1"), r2: "", a1: objectOf("a1") };
    await using db = await hospital(town("teams", accounts));
    await db.says("c1", "help");
    await db.attune.clock.set(later(db.attune.clock.now(), 4 * HOUR));

    const told = await db.says("x9", "help");
    await db.attune.beat();
    const card = db.reads("c1");
    const said = await db.taps("c1", /^people\/whose\/r2/u);
    await db.attune.beat();

    expect(told).toContain("coordinators are asked whose it is");
    expect(card).toContain("Whose account is this?");
    expect(said).toContain("The account is Dr. Novak’s: Kim Lee said so");
    expect(db.attune.hosted[0]!.program.people.find(({ id }) => id === "r2")!.accounts["teams"]).toBe(
      objectOf("x9"),
    );
  });
});
