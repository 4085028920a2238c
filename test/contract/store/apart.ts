import { expect, it, describe } from "vitest";
import type { CheckInWeek } from "#src/domain/check-in-week.ts";
import type { Nudge } from "#src/domain/nudge.ts";
import type { Assignment } from "#src/domain/roster.ts";
import { HOUR, instant, later } from "#src/domain/time.ts";
import { rosterPart, type FileId } from "#src/domain/files.ts";
import type { NewFile } from "#src/ports/files.ts";
import type { Claim } from "#src/ports/outbox.ts";
import type { AttuneError } from "#src/errors.ts";
import type { Recording, Store } from "#src/ports/store.ts";
import {
  wanted,
  account,
  ANNA,
  at,
  BEN,
  claimed,
  lease,
  messageRef,
  NOON,
  planned,
  sentNow,
  shift,
  stored,
  tap,
  type StoreRig,
} from "./case.ts";

const FAR = later(NOON, 1_000 * HOUR);
const M1 = messageRef("m1");

/** What one program has, as another could name it. */
interface Foreign {
  readonly ask: Nudge;
  readonly claim: Claim;
  readonly act: Recording;
  readonly duty: Assignment;
  readonly event: string;
  /** One that waits, and one that is in force. */
  readonly files: readonly [FileId, FileId];
}

/** Every method there is, asked in another program for what is the first one's, and what that program may say. */
const ASKED: {
  readonly [Method in keyof Store]: readonly [(store: Store, of: Foreign) => unknown, unknown];
} = {
  standing: [(store) => store.standing(ANNA), { consent: "unasked", stopped: false, unansweredInARow: 0 }],
  standings: [(store) => store.standings(), new Map()],
  changeStanding: [
    (store, { event }) => store.changeStanding(ANNA, { stopped: true }, event, NOON),
    "recorded",
  ],
  identities: [(store) => store.identities(ANNA), []],
  knownBy: [(store) => store.knownBy("web", "anna"), undefined],
  forgetIdentity: [(store) => store.forgetIdentity(ANNA, "web"), undefined],
  rememberIdentity: [(store) => store.rememberIdentity(BEN, account(ANNA), NOON), undefined],
  roster: [(store) => store.roster(), { assignments: [], absences: [] }],
  giveRoles: [(store) => store.giveRoles(() => "attending"), undefined],
  changeRoster: [
    (store, { ask, duty }) =>
      store.changeRoster({ added: [], moved: [], removed: [duty], absences: [] }, NOON, {
        recalled: [ask.id],
        changed: [ask.id],
      }),
    true,
  ],
  plan: [(store) => store.plan([], NOON), { inserted: 0, moved: 0, withdrawn: 0 }],
  openAnyway: [(store) => store.openAnyway(wanted()), expect.objectContaining({ state: "withdrawn" })],
  tell: [(store) => store.tell([wanted({ kind: "file-taken-over" })]), undefined],
  sendNow: [(store, { ask }) => store.sendNow(ask.id, ANNA, at(-5)), false],
  claimDue: [(store) => store.claimDue(lease("two", at(100)), 9), []],
  intend: [(store, { claim }) => store.intend(claim, NOON), false],
  sent: [(store, { claim }) => store.sent(claim, account(BEN), M1, NOON), false],
  giveBack: [(store, { claim }) => store.giveBack(claim, at(9)), false],
  close: [(store, { claim }) => store.close(claim, "failed", "gone", NOON), false],
  claimDoubtful: [(store) => store.claimDoubtful(lease("two", at(100)), 9), []],
  expire: [(store) => store.expire(FAR), 0],
  nudge: [(store, { ask }) => store.nudge(ask.id), undefined],
  nudgeAbout: [(store, { ask }) => store.nudgeAbout(ask.kind, ask.person, ask.subject), undefined],
  nudgeShownIn: [(store) => store.nudgeShownIn("web", M1), undefined],
  recordResearch: [
    (store, { event }) =>
      store.recordResearch({ event, person: ANNA, now: NOON, version: "v1", withTrust: true }),
    "recorded",
  ],
  recordedBy: [(store, { event }) => store.recordedBy(event), undefined],
  openNudges: [(store) => store.openNudges(ANNA, NOON), []],
  nudgesOf: [(store) => store.nudgesOf(ANNA, at(-100), FAR), []],
  nudgesDuring: [(store) => store.nudgesDuring(at(-100), FAR), []],
  asksEnded: [(store) => store.asksEnded(at(-100), FAR), []],
  nextDue: [(store) => store.nextDue(), undefined],
  nudgeCounts: [(store) => store.nudgeCounts(FAR), []],
  newestOpen: [(store) => store.newestOpen(), undefined],
  markForEdit: [(store, { ask }) => store.markForEdit([ask.id], NOON), undefined],
  claimEdits: [(store) => store.claimEdits(at(100), 9), []],
  edited: [(store, { ask }) => store.edited(ask.id, 99), undefined],
  editLater: [(store, { ask }) => store.editLater(ask.id, FAR), undefined],
  claimRepost: [(store, { ask }) => store.claimRepost(ask, NOON, 1), "done"],
  reposted: [
    (store, { ask }) =>
      store.reposted(ask, [{ platform: "web", message: M1 }], { platform: "web", message: M1 }, NOON),
    false,
  ],
  messageRemoved: [
    (store, { ask }) => store.messageRemoved(ask.id, { platform: "web", message: M1 }),
    undefined,
  ],
  repostLater: [(store, { ask }) => store.repostLater(ask), undefined],
  record: [(store, { act }) => store.record(act), "closed"],
  replies: [(store, { ask }) => store.replies(ask.subject), []],
  repliesOfPair: [(store) => store.repliesOfPair(ANNA, BEN), []],
  repliesOf: [(store) => store.repliesOf(ANNA, NOON, FAR), []],
  repliesDuring: [(store) => store.repliesDuring(NOON, FAR), []],
  keepCheckIns: [(store) => store.keepCheckIns({ ...CHECK_INS, pairs: [] }, NOON), true],
  checkInWeeks: [(store) => store.checkInWeeks(CHECK_INS.week), []],
  keepFile: [(store) => store.keepFile(FILE, 1), undefined],
  takeFile: [(store, { files: [id] }) => store.takeFile(id, 1, BEN, NOON), "gone"],
  readFileAs: [(store, { files: [id] }) => store.readFileAs(id, { ...FILE.about, name: "x" }), false],
  dropFile: [(store, { files: [id] }) => store.dropFile(id), false],
  forgetWaiting: [(store) => store.forgetWaiting(FAR), 0],
  fileAnswered: [(store, { event }) => store.fileAnswered(event, ANNA, NOON), true],
  filesInForce: [(store) => store.filesInForce(), []],
  filesOf: [(store) => store.filesOf(FILE.part), []],
  keptFile: [(store, { files: [, id] }) => store.keptFile(id), undefined],
  fileBytes: [
    (store, { files: [, id] }) => store.fileBytes(id).catch(({ code }: AttuneError) => code),
    "store",
  ],
  beginning: [(store) => store.beginning(), undefined],
  beginSettingUp: [(store) => store.beginSettingUp(NOON), expect.anything()],
  start: [(store) => store.start(ANNA, NOON), expect.objectContaining({ isFirst: true })],
  greetAnew: [(store) => store.greetAnew(NOON), undefined],
  accountMark: [(store) => store.accountMark(account(ANNA)), expect.stringMatching(/^[\da-f]{64}$/u)],
  keepUnknownAccounts: [(store) => store.keepUnknownAccounts("one", "another", NOON, [1]), false],
  hold: [(store) => store.hold("roster", lease("two")), true],
  versions: [(store) => store.versions(), { roster: 0, wishes: 0 }],
  note: [(store) => store.note("fact"), undefined],
  setNote: [(store) => store.setNote("fact", "another"), undefined],
  changeNote: [(store) => store.changeNote("fact", "one", "another"), false],
  export: [
    (store) => store.export(ANNA),
    {
      person: ANNA,
      standing: { consent: "unasked", stopped: false, unansweredInARow: 0 },
      identities: [],
      assignments: [],
      nudges: [],
      checkIns: [],
      replies: [],
    },
  ],
  erase: [(store) => store.erase(ANNA, NOON, "test"), undefined],
  eraseAnswers: [(store) => store.eraseAnswers({ from: instant(0), to: FAR }, "2026-01-01", NOON), 0],
  finishErasing: [(store) => store.finishErasing(), true],
  audit: [(store) => store.audit("test", "looked", ANNA, NOON), undefined],
};

const FILE: NewFile = {
  part: rosterPart("roster.csv"),
  at: NOON,
  by: ANNA,
  why: "upload",
  about: { name: "march.csv", fingerprint: "f" },
  bytes: new Uint8Array([1, 2, 3]),
};

const CHECK_INS: CheckInWeek = {
  week: 2_935,
  message: "person",
  pairs: [{ resident: ANNA, attending: BEN }],
};

export function apartRules(rig: StoreRig): void {
  describe("programs of one database", () => {
    it("neither see nor change each other, by whichever method", async () => {
      await using db = await rig();
      const store = db.store("p");
      const foreign = await lived(store);
      const before = await everything(store);

      for (const [method, [ask, answer]] of Object.entries(ASKED)) {
        const told = await ask(db.store(`other ${method}`), foreign);

        expect({ method, told }).toEqual({ method, told: answer });
        expect({ method, left: await everything(store) }).toEqual({ method, left: before });
      }
      expect(await store.hold("roster", lease("two"))).toBe(false);
      expect(await store.claimEdits(at(100), 9)).toHaveLength(1);
      expect(await store.intend(foreign.claim, NOON)).toBe(true);
    });
  });
}

/** A program in the middle of its day: something of everything. */
async function lived(store: Store): Promise<Foreign> {
  const duty = shift("a", ANNA, NOON, 8);
  await store.changeRoster({ added: [duty], moved: [], removed: [], absences: [] }, NOON);
  await store.changeStanding(ANNA, { consent: "given" }, "consent", NOON);
  await store.rememberIdentity(ANNA, account(ANNA), NOON);
  await store.setNote("fact", "one");
  await store.keepCheckIns(CHECK_INS, NOON);
  const inForce = (await store.keepFile(FILE, 0))!;
  const waiting = (await store.keepFile(FILE))!;
  await store.hold("roster", lease("one"));
  await planned(store);
  const ask = await sentNow(store, NOON, at(60));
  const act = tap(ask, { event: "tap", edit: [ask.id] });
  await store.record(act);
  await planned(store, { person: BEN, subject: "of ben", dueAt: at(50) });
  await planned(store, { person: BEN, subject: "now", dueAt: NOON });
  const claim = await claimed(store);
  return { ask: await stored(store, ask), claim, act, duty, event: "consent", files: [waiting, inForce] };
}

/** All that a program says of itself. */
async function everything(store: Store) {
  return {
    standings: await store.standings(),
    identities: await store.identities(ANNA),
    known: await store.knownBy("web", "anna"),
    roster: await store.roster(),
    nudges: await store.nudgesDuring(at(-100), FAR),
    due: await store.nextDue(),
    counts: await store.nudgeCounts(at(100)),
    replies: await store.repliesDuring(at(-100), FAR),
    versions: await store.versions(),
    note: await store.note("fact"),
    checkIns: await store.checkInWeeks(0),
    files: await store.filesOf(FILE.part),
    people: [await store.export(ANNA), await store.export(BEN)],
  };
}
