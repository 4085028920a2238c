import { describe, expect, it } from "vitest";
import { memoryMessenger, type Trouble } from "#adapters/memory/messenger.ts";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import type { Address } from "#src/domain/person.ts";
import { runProgram } from "#src/engine.ts";
import { AttuneError } from "#src/errors.ts";
import { MINUTE } from "#src/domain/time.ts";
import { NO_METERS } from "#src/ports/meters.ts";
import type { Store } from "#src/ports/store.ts";
import { en } from "#src/words/en.ts";
import { flow, SILENT, type Flow, type FlowWish } from "#test/support/attune.ts";
import { programOf } from "#test/support/programs.ts";
import { taps, together } from "#test/support/together.ts";

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

it("two replicas that notice at once post it anew once", async () => {
  await using attune = await answered();
  loses(attune, "r1");
  const other = runProgram({
    program: programOf(),
    store: attune.store,
    clock: attune.clock,
    messengers: [memoryMessenger({ now: () => attune.clock.now(), cloud: attune.cloud })],
    owner: "other",
    log: SILENT,
    meters: NO_METERS,
    findRosterUpdate: async () => undefined,
    wake() {},
  });
  await taps(attune, "a1", PLANS.slice(0, 2));
  const last = attune.phone("a1").taps(PLANS[2]!);

  await Promise.all([last, other.beat(), other.edit(), attune.running.edit()]);
  await minutes(attune, 10);

  expect(reposts(attune)).toHaveLength(1);
});
