import { describe, expect, it } from "vitest";
import { memoryMessenger, type Trouble } from "#adapters/memory/messenger.ts";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { tapsOf } from "#src/card/act.ts";
import { plain } from "#src/card/plain.ts";
import { personId, type Address } from "#src/domain/person.ts";
import { runProgram } from "#src/engine.ts";
import { AttuneError } from "#src/errors.ts";
import { later, MINUTE } from "#src/domain/time.ts";
import type { Messenger } from "#src/ports/messenger.ts";
import { NO_METERS } from "#src/ports/meters.ts";
import type { Store } from "#src/ports/store.ts";
import { en } from "#src/words/en.ts";
import { flow, SILENT, type Flow, type FlowWish } from "#test/support/attune.ts";
import { programOf } from "#test/support/programs.ts";
import { taps, together } from "#test/support/together.ts";
import { takePart } from "#test/support/tongues.ts";

const R1 = personId("r1");
const { help, call, feedback } = en.strategy;
const WANTS = [help.answers[3], call.answers[2], feedback.answers.end];
const PLANS = [help.answers[1], call.answers[2], feedback.answers.end];
const STARTER = en.reveal.starters.help.more;

/** Both are asked, and the resident has answered. */
async function answered(wish: FlowWish = {}): Promise<Flow> {
  const attune = await flow({ program: programOf(), roster: together(["r1", "a1"], ["01"]), ...wish });
  for (const id of ["r1", "a1"]) {
    await attune.phone(id).says("home");
    await attune.phone(id).agrees();
  }
  // Later than the short message that both have answered.
  await attune.until("2026-12-01T08:31");
  await taps(attune, "r1", ["Procedures and ultrasound", "Skip", ...WANTS]);
  return attune;
}

/** Somebody else deletes every message of a person's chat: a retention rule, say. */
const loses = ({ cloud }: Flow, id: string): void => {
  for (const { ref } of cloud.chat(id as Address)) cloud.remove(ref);
};

/** What was posted in place of a message that was gone. */
const reposts = ({ cloud }: Flow) =>
  cloud.deliveries.filter(({ type, key }) => type === "sent" && key.endsWith("again"));

/** Lives on by so many minutes, with a beat in each. */
async function minutes(attune: Flow, count: number): Promise<void> {
  for (let minute = 0; minute < count; minute += 1) {
    await attune.clock.advance(MINUTE);
    await attune.beat();
  }
}

const sentTo = ({ cloud }: Flow, id: string): number =>
  cloud.deliveries.filter(({ to, type }) => to === id && type === "sent").length;

describe("a message that is gone", () => {
  it("is posted anew once it has something else to say, and is edited there from then on", async () => {
    await using attune = await answered();
    const before = sentTo(attune, "r1");

    loses(attune, "r1");
    await taps(attune, "a1", PLANS);
    const anew = attune.phone("r1").chat();
    await attune.phone("a1").taps(en.settle.apart);

    expect(sentTo(attune, "r1")).toBe(before + 1);
    expect(anew).toEqual([expect.stringContaining(STARTER)]);
    expect(attune.phone("r1").chat()).toEqual([
      expect.stringContaining(en.settle.label(en.strategy.help.label)),
    ]);
  });

  it("takes answers in the message that took its place", async () => {
    await using attune = await answered();
    loses(attune, "r1");
    await taps(attune, "a1", PLANS);

    await attune.phone("r1").taps(en.settle.apart);

    expect(attune.phone("a1").reads()).toContain(en.settle.label(en.strategy.help.label));
  });

  it("is posted anew once, and not each time that it goes again", async () => {
    await using attune = await answered();
    loses(attune, "r1");
    await taps(attune, "a1", PLANS);
    const once = sentTo(attune, "r1");

    loses(attune, "r1");
    await attune.phone("a1").taps(en.settle.apart);

    expect(sentTo(attune, "r1")).toBe(once);
  });

  it("is not posted anew while another message shows the same", async () => {
    await using attune = await answered();
    const [first] = attune.cloud.chat("r1" as Address).slice(-1);
    await attune.phone("r1").says("goal");
    await taps(attune, "r1", [en.buttons.share, en.goal.shares.full]);
    const before = sentTo(attune, "r1");
    attune.cloud.remove(first!.ref);

    await taps(attune, "a1", PLANS);

    expect(sentTo(attune, "r1")).toBe(before);
  });

  it("is not posted anew for whoever wants to be left alone", async () => {
    await using attune = await answered();
    await attune.phone("r1").says("pause until 2026-12-20");
    loses(attune, "r1");
    const before = sentTo(attune, "r1");

    await taps(attune, "a1", PLANS);

    expect(sentTo(attune, "r1")).toBe(before);
  });

  it.each([
    ["has declined", { consent: "declined" }, 0],
    ["has stopped", { stopped: true }, 0],
    ["has paused for a millisecond more", { pausedUntil: 1 }, 0],
    ["has paused until this very moment", { pausedUntil: 0 }, 1],
  ] as const)("is posted anew as its reader stands just then, who %s", async (_, wish, posts) => {
    await using attune = await answered();
    loses(attune, "r1");
    await taps(attune, "a1", PLANS.slice(0, 2));
    const now = attune.clock.now();
    const change = "pausedUntil" in wish ? { pausedUntil: later(now, wish.pausedUntil) } : wish;
    await attune.store.changeStanding(R1, change, "another process", now);

    await taps(attune, "a1", PLANS.slice(2));

    expect(reposts(attune)).toHaveLength(posts);
  });

  it("is not posted anew where it asked nothing: a digest that has something else to say, since somebody was erased", async () => {
    const people = ["r1", "r2", "a1"];
    const roster = together(people, ["01", "09"]);
    await using attune = await flow({ program: programOf({ people }), roster });
    await takePart(attune, en, people);
    await attune.until("2026-12-01T07:45");
    for (const id of ["r1", "r2"]) await taps(attune, id, ["Procedures and ultrasound", "Skip", ...WANTS]);
    await attune.until("2026-12-08T09:00");
    const digest = attune.cloud
      .chat("a1" as Address)
      .find(({ card }) => plain(card).includes(en.digest.title))!;
    attune.cloud.remove(digest.ref);

    await attune.store.erase(personId("r2"), attune.clock.now(), "chat");
    await minutes(attune, 10);

    expect(reposts(attune)).toEqual([]);
  });

  it("is not posted anew to say that its time is over", async () => {
    await using attune = await answered();
    for (const id of ["r1", "a1"]) loses(attune, id);

    await attune.until("2026-12-03T12:00");

    expect(reposts(attune)).toEqual([]);
  });
});

describe("a process that dies while it posts anew", () => {
  /** The attending has answered, and the process died over the resident's message: it had left, or not. */
  async function diedOver(messenger: FlowWish["messenger"], from: "after" | "before" | "after the answer") {
    const db = openSqlite({ file: ":memory:", keys: passingKey() });
    const kept = db.store("test");
    let dies = from === "after the answer";
    let trouble: Trouble | undefined;
    const store: Store = {
      ...kept,
      async reposted(...given) {
        if (!dies) return kept.reposted(...given);
        dies = false;
        throw new AttuneError("store", "the process is killed");
      },
    };
    const attune = await answered({
      store,
      messenger: {
        ...messenger,
        trouble: () => {
          const now = trouble;
          trouble = undefined;
          return now;
        },
      },
    });
    loses(attune, "r1");
    if (from !== "after the answer") trouble = from === "after" ? "arrived" : "lost";
    await taps(attune, "a1", PLANS);
    return Object.assign(attune, { db });
  }

  it.each(["after", "before", "after the answer"] as const)(
    "never posts it twice, and always once where the platform can be asked: %s",
    async (from) => {
      await using attune = await diedOver({}, from);
      await using _ = attune.db;

      await minutes(attune, 10);
      await attune.phone("a1").taps(en.settle.apart);
      await minutes(attune, 10);

      expect(reposts(attune)).toHaveLength(1);
      expect(attune.phone("r1").reads()).toContain(STARTER);
      expect(attune.phone("r1").reads()).toContain(en.settle.label(en.strategy.help.label));
    },
  );

  it.each([
    ["after", 1],
    ["before", 0],
    ["after the answer", 1],
  ] as const)("never posts it twice where the platform cannot be asked: %s", async (from, posts) => {
    await using attune = await diedOver({ supports: { lookup: false } }, from);
    await using _ = attune.db;

    await minutes(attune, 10);
    await attune.phone("a1").taps(en.settle.apart);
    await minutes(attune, 10);

    expect(reposts(attune)).toHaveLength(posts);
  });

  it.each(["unreachable", "rejected"] as const)(
    "looks once, and posts nothing, where the chat cannot be looked into any more: %s",
    async (how) => {
      let looked = 0;
      const lookupTrouble = () => ((looked += 1), how);
      await using attune = await diedOver({ lookupTrouble }, "before");
      await using _ = attune.db;

      await minutes(attune, 60);

      expect([looked, reposts(attune).length]).toEqual([1, 0]);
    },
  );

  it.each(["rate-limited", "unavailable"] as const)(
    "tries again where nothing has arrived: %s",
    async (how) => {
      let refusals = 0;
      await using attune = await answered({
        messenger: { trouble: (_, key) => (key.endsWith("again") && (refusals += 1) < 3 ? how : undefined) },
      });
      loses(attune, "r1");

      await taps(attune, "a1", PLANS);
      await minutes(attune, 10);

      expect(reposts(attune)).toHaveLength(1);
      expect(attune.phone("r1").reads()).toContain(STARTER);
    },
  );
});

/** Another process on the same store, as it writes to the same chats. */
const another = (attune: Flow, messenger: Messenger) =>
  runProgram({
    program: programOf(),
    store: attune.store,
    clock: attune.clock,
    messengers: [messenger],
    owner: "other",
    log: SILENT,
    meters: NO_METERS,
    findRosterUpdate: async () => undefined,
    wake() {},
  });

it("two replicas that notice at once post it anew once", async () => {
  await using attune = await answered();
  loses(attune, "r1");
  const other = another(attune, memoryMessenger({ now: () => attune.clock.now(), cloud: attune.cloud }));
  await taps(attune, "a1", PLANS.slice(0, 2));
  const last = attune.phone("a1").taps(PLANS[2]!);

  await Promise.all([last, other.beat(), other.edit(), attune.running.edit()]);
  await minutes(attune, 10);

  expect(reposts(attune)).toHaveLength(1);
});

it("a message is edited also where an account has one chat for good", async () => {
  await using attune = await answered();
  const { standsAt: _, ...messenger } = memoryMessenger({
    now: () => attune.clock.now(),
    cloud: attune.cloud,
  });
  await taps(attune, "a1", PLANS.slice(0, 2));
  const { card, ref } = attune.cloud.chat("a1" as Address).at(-1)!;
  const { act } = tapsOf(card).find(({ tap }) => tap.label === PLANS[2])!.tap;
  const sender = { platform: "memory", account: "a1", address: "a1" as Address };
  await attune.running.bot.receive({ type: "pressed", event: "the last", sender, act, message: ref });

  await another(attune, messenger).beat();

  expect(attune.phone("r1").reads()).toContain(STARTER);
});
