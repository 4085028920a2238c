import { describe, expect, it } from "vitest";
import { AFTER, town } from "#test/support/files-town.ts";
import { onDisk } from "#test/support/on-disk.ts";
import { chatOf, objectOf, office } from "#test/support/teams/office.ts";
import { actionsIn, wordsIn } from "#test/support/teams/words.ts";
import { folder } from "../unit/config/folder.ts";

const FILES = town("teams", {
  c1: objectOf("c1"),
  r1: objectOf("r1"),
  r2: objectOf("r2"),
  a1: objectOf("a1"),
});
const OURS = "https://lakeside.sharepoint.com/personal/x?tempauth=1";

/** A hospital in Teams, on files, through the real Bot Framework. */
async function hospital() {
  const files = folder(FILES);
  let attune: Awaited<ReturnType<typeof onDisk>> | undefined;
  const fetched: string[] = [];
  let given = "";
  const teams = await office(
    (inbound) => attune!.receive(inbound),
    async ({ url, headers }) => {
      fetched.push(`${url} ${JSON.stringify(headers ?? {})}`);
      return { bytes: new TextEncoder().encode(given) };
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
    attune: here,
    async gives(id: string, name: string, text: string, url = OURS) {
      given = text;
      const attachments = [
        {
          contentType: "application/vnd.microsoft.teams.file.download.info",
          name,
          content: { downloadUrl: url, uniqueId: "1", fileType: "csv" },
        },
      ];
      await teams.post(teams.activity(id, { text: "", attachments }));
      await teams.platform.settled();
      return wordsIn(newest(id).body).join("\n");
    },
    async taps(id: string, act: RegExp) {
      const message = newest(id);
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
    expect(db.fetched).toEqual([`${OURS} {}`]);
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

  it("is not even fetched from anybody else", async () => {
    await using db = await hospital();

    const told = await db.gives("r1", "december.csv", AFTER);

    expect(told).toContain("I read only text");
    expect(db.fetched).toEqual([]);
  });
});
