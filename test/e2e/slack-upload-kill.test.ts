import Client from "better-sqlite3";
import { afterAll, expect, it, vi } from "vitest";
import { dateText, DAY } from "#src/domain/time.ts";
import { town } from "#test/support/files-town.ts";
import { rosterCsv } from "#test/support/lakeside.ts";
import { eventOf, member } from "#test/support/slack/member.ts";
import { APP_TOKEN, BOT_TOKEN, standIn } from "#test/support/slack/stand-in.ts";
import { channelOf } from "#test/support/slack/workspace.ts";
import { SOON } from "#test/support/soon.ts";
import { started } from "#test/support/started.ts";
import { folder } from "../unit/config/folder.ts";

const today = Math.floor(Date.now() / DAY);
const duty = (days: number, who: string): string => `${who},${dateText(today + days)}T08:00,17:00`;
const BEFORE = [3, 4, 5].flatMap((days) => [duty(days, "r1"), duty(days, "r2"), duty(days, "a1")]);
const TOWN = town("slack", { c1: "UC1", r1: "UR1", r2: "UR2", a1: "UA1" });
const files = folder({
  ...TOWN,
  "program.yaml": TOWN["program.yaml"]
    .replace(/from: .*/u, `from: ${dateText(today)}`)
    .replace(/to: .*/u, `to: ${dateText(today + 27)}`),
  "roster.csv": rosterCsv(...BEFORE),
});
/** How many shifts are stored. */
function shifts(): number {
  const db = new Client(files.path("attune.db"), { readonly: true });
  const count = db.prepare<[], number>("select count(*) from assignment").pluck().get()!;
  db.close();
  return count;
}

afterAll(() => files[Symbol.dispose]());

it("a file whose reading a kill has ended is read by the next process, once, when Slack tells of it again", async () => {
  await using slack = await standIn({ patience: 3_000, pause: 10 });
  for (const id of ["UC1", "UR1", "UR2", "UA1"]) slack.workspace.add({ id });
  const env = {
    ATTUNE_PROGRAM: files.path("program.yaml"),
    ATTUNE_DB: files.path("attune.db"),
    ATTUNE_KEY_FILE: files.path("attune.key"),
    SLACK_BOT_TOKEN: BOT_TOKEN,
    SLACK_APP_TOKEN: APP_TOKEN,
    SLACK_API_URL: slack.apiUrl,
  };
  const isJoined = () => vi.waitUntil(() => slack.sockets() > 0, SOON);
  const dropped = eventOf("EvDropped", {
    type: "message",
    subtype: "file_share",
    channel: channelOf("UC1"),
    channel_type: "im",
    user: "UC1",
    text: "",
    ts: slack.workspace.ts(),
    files: [slack.files.keeps("next.csv", rosterCsv(...BEFORE, duty(6, "r1"), duty(6, "a1")))],
  });
  const tells = () => slack.deliver("events_api", dropped);
  const shown = () =>
    member(slack, "UC1")
      .chat()
      .filter((text) => text.includes("What next.csv would change"));
  const held = Promise.withResolvers<void>();
  slack.files.held = held.promise;

  const first = await started(env);
  await isJoined();
  await vi.waitUntil(() => shifts() === BEFORE.length, SOON);
  const inVain = tells();
  await vi.waitUntil(() => slack.files.handed === 1, SOON);
  first.signal("SIGKILL", "group");
  await first.ended;
  held.resolve();
  const { acknowledged } = await inVain;
  const before = shown();
  await using second = await started(env);
  await isJoined();
  await tells();
  await vi.waitUntil(() => shown().length > 0, SOON);
  await tells();

  expect(acknowledged).toBe(false);
  expect(second.written()).not.toContain('"level":50');
  expect(before).toEqual([]);
  expect(shown()).toHaveLength(1);
  expect(shown()[0]).toContain("Dr. Patel: 1 shift added");
});
