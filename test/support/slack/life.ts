import { vi } from "vitest";
import { loadMasterKey } from "#db/keys/key-file.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { local } from "#test/support/programs.ts";
import { onDisk } from "#test/support/on-disk.ts";
import { BEGINNING, BEGUN, emailOf, EVERYBODY } from "#test/support/lakeside-month.ts";
import type { LifeDriver } from "#test/support/whole-life.ts";
import { folder } from "../../unit/config/folder.ts";
import { joined, settle } from "./joined.ts";
import { eventOf, member } from "./member.ts";
import { standIn } from "./stand-in.ts";
import { channelOf } from "./workspace.ts";
import { SOON } from "#test/support/soon.ts";

const accountOf = (id: string): string => `U${id.toUpperCase()}`;

/** A program in Slack, through the real Bolt, with everybody found by e-mail. */
export async function slackLife(): Promise<LifeDriver> {
  const files = folder(BEGUN);
  const slack = await standIn({ patience: 3_000, pause: 10 });
  for (const id of EVERYBODY) slack.workspace.add({ id: accountOf(id), email: emailOf(id) });
  let attune: Awaited<ReturnType<typeof onDisk>> | undefined;
  const { platform, close } = await joined(slack, {
    mode: "socket",
    receive: (inbound) => attune!.receive(inbound),
  });
  const place = {
    program: files.path("program.yaml"),
    database: files.path("attune.db"),
    key: files.path("attune.key"),
  };
  const db = openSqlite({ file: place.database, keys: loadMasterKey(place.key, { create: true }) });
  attune = await onDisk([place.program], BEGINNING, { messenger: platform.messenger, db });
  await platform.start();
  await attune.beat();
  const here = attune;
  const phone = (who: string) => member(slack, accountOf(who));
  /** Does something, waits for what it changes, and lets follow what it has made due. */
  const does = async (who: string, act: () => Promise<unknown>): Promise<void> => {
    const before = JSON.stringify(phone(who).messages());
    await act();
    await vi.waitUntil(() => JSON.stringify(phone(who).messages()) !== before, SOON);
    await settle(phone(who));
    await here.beats();
  };
  return {
    place,
    async joins() {},
    async gives(who, name, bytes) {
      const event = {
        type: "message",
        subtype: "file_share",
        channel: channelOf(accountOf(who)),
        channel_type: "im",
        user: accountOf(who),
        text: "",
        ts: slack.workspace.ts(),
        files: [slack.files.keeps(name, bytes)],
      };
      await does(who, () => slack.deliver("events_api", eventOf(slack.workspace.next("Ev"), event)));
    },
    taps: (who, label) => does(who, () => phone(who).taps(label)),
    async writes(who, text) {
      await phone(who).taps("Write");
      await settle(phone(who));
      await does(who, () => phone(who).submits(text));
    },
    says: (who, text) => does(who, () => phone(who).says(text)),
    chat: async (who) => phone(who).chat(),
    got: async (who) =>
      phone(who)
        .messages()
        .findLast(({ file }) => file !== undefined)?.file?.text ?? "",
    charts: async (who) =>
      phone(who)
        .messages()
        .filter(({ blocks }) => JSON.stringify(blocks).includes('"data_visualization"')).length,
    until: (time) => here.until(local(time, "UTC")),
    async [Symbol.asyncDispose]() {
      await close();
      await slack[Symbol.asyncDispose]();
      await here[Symbol.asyncDispose]();
      files[Symbol.dispose]();
    },
  };
}
