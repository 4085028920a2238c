import { describe, expect, it } from "vitest";
import { eventOf, member } from "#test/support/slack/member.ts";
import { joined, settle } from "#test/support/slack/joined.ts";
import { standIn } from "#test/support/slack/stand-in.ts";
import { channelOf } from "#test/support/slack/workspace.ts";
import { AFTER, town } from "#test/support/files-town.ts";
import { onDisk } from "#test/support/on-disk.ts";
import { folder } from "../unit/config/folder.ts";

const FILES = town("slack", { c1: "UC1", r1: "UR1", r2: "UR2", a1: "UA1" });

/** A hospital in Slack, on files, through the real Bolt. */
async function hospital() {
  const files = folder(FILES);
  const slack = await standIn({ patience: 3_000, pause: 10 });
  for (const id of ["UC1", "UR1", "UR2", "UA1"]) slack.workspace.add({ id });
  let attune: Awaited<ReturnType<typeof onDisk>> | undefined;
  const { platform, close } = await joined(slack, {
    mode: "socket",
    receive: (inbound) => attune!.receive(inbound),
  });
  attune = await onDisk([files.path("program.yaml")], "2026-12-01T06:00", { messenger: platform.messenger });
  await platform.start();
  await attune.beat();
  const here = attune;
  return {
    slack,
    attune: here,
    phone: (id: string) => member(slack, id),
    async gives(id: string, name: string, text: string) {
      const phone = member(slack, id);
      await slack.deliver(
        "events_api",
        eventOf(slack.workspace.next("Ev"), {
          type: "message",
          subtype: "file_share",
          channel: channelOf(id),
          channel_type: "im",
          user: id,
          text: "",
          ts: slack.workspace.ts(),
          files: [slack.files.keeps(name, text)],
        }),
      );
      await settle(phone);
      return phone.reads();
    },
    async taps(id: string, label: string) {
      const phone = member(slack, id);
      await phone.taps(label);
      await settle(phone);
      return phone.reads();
    },
    shifts: async () => (await here.hosted[0]!.store.roster()).assignments.length,
    async [Symbol.asyncDispose]() {
      await close();
      await slack[Symbol.asyncDispose]();
      await here[Symbol.asyncDispose]();
      files[Symbol.dispose]();
    },
  };
}

describe("a roster that is dropped into the conversation in Slack", { timeout: 60_000 }, () => {
  it("is fetched with the bot's token, compared, asked about, applied and taken back", async () => {
    await using db = await hospital();
    const before = await db.shifts();

    const card = await db.gives("UC1", "december.csv", AFTER);
    await db.taps("UC1", "Somebody else");
    await db.taps("UC1", "Dr. Novak");
    const applied = await db.taps("UC1", "Apply");
    await db.attune.beat();
    const after = await db.shifts();
    const undone = await db.taps("UC1", "Undo");
    for (let beats = 0; beats < 3; beats += 1) await db.attune.beat();

    expect(card).toContain("What december.csv would change");
    expect(card).toContain("Who is “Surge T”? 1 shift");
    expect(applied).toContain("december.csv is in force");
    expect(after).toBe(before + 2);
    expect(undone).toContain("december.csv is taken back");
    expect(await db.shifts()).toBe(before);
  });

  it("is named as a page for signing in where the app may not read files", async () => {
    await using db = await hospital();
    db.slack.workspace.scopes.delete("files:read");

    const told = await db.gives("UC1", "december.csv", AFTER);

    expect(told).toContain("came a page for signing in");
    expect(await db.attune.hosted[0]!.store.filesInForce()).toEqual([]);
  });

  it("is not even fetched from anybody else", async () => {
    await using db = await hospital();

    const told = await db.gives("UR1", "december.csv", AFTER);

    expect(told).toContain("I read only text");
    expect(db.slack.files.handed).toBe(0);
  });
});
