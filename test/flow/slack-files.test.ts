import { describe, expect, it, vi } from "vitest";
import { eventOf, member } from "#test/support/slack/member.ts";
import { joined, settle } from "#test/support/slack/joined.ts";
import { standIn } from "#test/support/slack/stand-in.ts";
import { channelOf } from "#test/support/slack/workspace.ts";
import { AFTER, town } from "#test/support/files-town.ts";
import { HOUR, later } from "#src/domain/time.ts";
import { onDisk } from "#test/support/on-disk.ts";
import { folder } from "../unit/config/folder.ts";
import { SOON } from "#test/support/soon.ts";

const FILES = town("slack", { c1: "UC1", r1: "UR1", r2: "UR2", a1: "UA1" });

/** A hospital in Slack, on files, through the real Bolt. */
async function hospital(named: Readonly<Record<string, string>> = FILES) {
  const files = folder(named);
  const slack = await standIn({ patience: 3_000, pause: 10 });
  for (const id of ["UC1", "UR1", "UR2", "UA1"]) slack.workspace.add({ id });
  let isWell = true;
  let attune: Awaited<ReturnType<typeof onDisk>> | undefined;
  const { platform, close } = await joined(slack, {
    mode: "socket",
    async receive(inbound) {
      if (isWell) return attune!.receive(inbound);
      isWell = true;
      return attune!.hosted[0]!.notSaved(inbound);
    },
  });
  attune = await onDisk([files.path("program.yaml")], "2026-12-01T06:00", { messenger: platform.messenger });
  await platform.start();
  await attune.beat();
  const here = attune;
  return {
    slack,
    files,
    /** The database cannot store the next act. */
    failsOnce: () => void (isWell = false),
    attune: here,
    phone: (id: string) => member(slack, id),
    async gives(id: string, name: string, text: string, ...others: readonly string[]) {
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
          files: [name, ...others].map((one) => slack.files.keeps(one, text)),
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
    await db.taps("UC1", "Choose a person");
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

  it("is read alone where others came with it, and that is said", async () => {
    await using db = await hospital();

    const told = await db.gives("UC1", "december.csv", AFTER, "people.csv");

    expect(told).toContain("Only december.csv was read. Please send the other files one at a time.");
    expect(told).toContain("What december.csv would change");
  });

  it("is named as a page for signing in where the app may not read files", async () => {
    await using db = await hospital();
    db.slack.workspace.scopes.delete("files:read");

    const told = await db.gives("UC1", "december.csv", AFTER);

    expect(told).toContain("came a page for signing in");
    expect(await db.attune.hosted[0]!.store.filesInForce()).toEqual([]);
  });

  it("is chosen in a dialog, from home or below the command, and the answer comes into the conversation", async () => {
    await using db = await hospital();
    const phone = db.phone("UC1");

    await phone.opensHome();
    await settle(phone);
    await phone.tapsAtHome("Send a file");
    await settle(phone);
    const dialog = phone.modal();
    const sent = await phone.chooses(db.slack.files.keeps("december.csv", AFTER));
    await settle(phone);
    const fromHome = phone.reads();
    await phone.commands("upload");
    await settle(phone);
    await phone.taps("Send a file");
    await settle(phone);
    await phone.chooses(db.slack.files.keeps("new year.csv", AFTER));
    await settle(phone);

    expect(dialog).toContain("Roster or list of people");
    expect(sent).toMatchObject({ acknowledged: true });
    expect(sent.answer?.["response_action"]).toBeUndefined();
    expect(fromHome).toContain("What december.csv would change");
    expect(phone.reads()).toContain("What new year.csv would change");
  });

  it("is answered later where reading it takes longer than Slack waits for a dialog", async () => {
    await using db = await hospital();
    const phone = db.phone("UC1");
    await phone.says("upload");
    await settle(phone);
    let letGo = () => {};
    db.slack.files.held = new Promise<void>((resolve) => (letGo = resolve));

    await phone.taps("Send a file");
    await settle(phone);
    const sent = await phone.chooses(db.slack.files.keeps("december.csv", AFTER));
    const meanwhile = phone.modal();
    letGo();
    await vi.waitFor(() => expect(phone.reads()).toContain("What december.csv would change"), SOON);

    expect(sent).toMatchObject({ acknowledged: true, answer: { response_action: "update" } });
    expect(meanwhile).toContain("The file is being read");
  });

  it("says in the dialog that it could not be kept, and takes the same once more", async () => {
    await using db = await hospital();
    const phone = db.phone("UC1");
    await phone.says("upload");
    await settle(phone);
    db.failsOnce();

    await phone.taps("Send a file");
    await settle(phone);
    const file = db.slack.files.keeps("december.csv", AFTER);
    const refused = await phone.chooses(file);
    await phone.chooses(file);
    await settle(phone);

    expect(refused.answer).toMatchObject({ response_action: "errors" });
    expect(phone.reads()).toContain("What december.csv would change");
  });

  it("is not fetched from somebody who coordinates the program no more when they send the dialog", async () => {
    await using db = await hospital();
    const phone = db.phone("UC1");
    await phone.says("upload");
    await settle(phone);
    await phone.taps("Send a file");
    await settle(phone);

    db.files.write("people.csv", FILES["people.csv"].replace("coordinator", "attending"));
    await db.attune.beat();
    await phone.chooses(db.slack.files.keeps("december.csv", AFTER));
    await settle(phone);

    expect(phone.reads()).toContain("I read only text");
    expect(db.slack.files.handed).toBe(0);
  });

  it("comes back as a table of all its changes, or with a sentence where the app may not send files", async () => {
    await using db = await hospital();
    await db.gives("UC1", "december.csv", AFTER);

    const said = await db.taps("UC1", "All changes as a file");
    const sent = db.phone("UC1").messages().at(-1)?.file;
    db.slack.workspace.scopes.delete("files:write");
    const refused = await db.taps("UC1", "All changes as a file");

    expect(said).toContain("december.csv would make, as a table");
    expect(sent).toMatchObject({
      name: "changes-december.csv",
      text: expect.stringContaining("Person,Change,Start"),
    });
    expect(refused).toContain("this app may not send files yet");
  });

  it("is not even fetched from anybody else", async () => {
    await using db = await hospital();

    const told = await db.gives("UR1", "december.csv", AFTER);

    expect(told).toContain("I read only text");
    expect(db.slack.files.handed).toBe(0);
  });
});

describe("somebody in Slack whose account is nobody's of the program", { timeout: 60_000 }, () => {
  it("is shown to a coordinator by the e-mail that Slack confirms, and is somebody's at one tap", async () => {
    await using db = await hospital(town("slack", { c1: "UC1", r1: "UR1", r2: "", a1: "UA1" }));
    db.slack.workspace.add({ id: "UX9", email: "lea@private.example" });
    await db.attune.clock.set(later(db.attune.clock.now(), 4 * HOUR));

    await db.phone("UX9").says("help");
    await settle(db.phone("UX9"));
    const told = db.phone("UX9").reads();
    await db.attune.beat();
    await settle(db.phone("UC1"));
    const card = db.phone("UC1").reads();
    const said = await db.taps("UC1", "Lea Novak");
    await db.attune.beat();

    expect(told).toContain("coordinators are asked whose it is");
    expect(card).toContain("lea@private.example wrote to Attune");
    expect(said).toContain("The account is Dr. Novak’s: Kim Lee said so");
    expect(db.attune.hosted[0]!.program.people.find(({ id }) => id === "r2")!.accounts["slack"]).toBe("UX9");
  });
});
