import { describe, expect, it } from "vitest";
import { whyLines } from "#src/commands/why.ts";
import type { Trouble } from "#adapters/memory/messenger.ts";
import { ASKED_ELSEWHERE, type NudgeReason } from "#src/domain/nudge-life.ts";
import type { NudgeKind } from "#src/domain/nudge.ts";
import { personId } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import { HOUR } from "#src/domain/time.ts";
import { reasonToHold } from "#src/schedule/before-sending.ts";
import type { StandingChange, Store } from "#src/ports/store.ts";
import { CATALOGUES, LOCALES } from "#src/words/words.ts";
import { flow, type Flow, type FlowWish } from "#test/support/attune.ts";
import { local, programOf, rosterOf, someone } from "#test/support/programs.ts";
import { NORTH, SOUTH, twoPrograms } from "#test/support/two-programs.ts";

/*
 * Every reason for which a message is not sent, as it comes about, and what `attune why` says then. The compiler counts them: a new
 * reason has no place here yet.
 */

const R1 = personId("r1");
const DAY = "2026-12-01";
const SHIFT = `${DAY}T08:00 ${DAY}T17:00`;
const BOTH = rosterOf([`r1 ${SHIFT}`, `a1 ${SHIFT}`]);
const PROGRAM = programOf({ people: ["r1", "a1"] });

/** What is stored of a program, as the command looks at it. */
interface Stored {
  readonly store: Store;
  readonly clock: Flow["clock"];
  readonly program?: Program;
  readonly on?: string;
  readonly who?: string;
}

/** Both have agreed, and it is a quarter of an hour before r1's goal is due. */
async function agreed(wish: FlowWish = {}): Promise<Flow> {
  const attune = await flow({ program: PROGRAM, roster: BOTH, start: "2026-11-28T00:00", ...wish });
  await attune.until("2026-11-29T12:00");
  for (const id of ["r1", "a1"]) await attune.phone(id).agrees();
  await attune.until(`${DAY}T07:30`);
  return attune;
}

/** It is due, and right before it leaves the process this is so: what another process has heard, say. */
async function heldAt(
  attune: Flow,
  change: StandingChange,
  over: Partial<Program> = {},
  kind: NudgeKind = "shift-goal",
) {
  const { store, clock, running } = attune;
  const due = (await store.nudgesOf(R1, local("2026-11-28T00:00"), local("2026-12-03T00:00"))).find(
    (one) => one.kind === kind && one.state === "planned",
  )!;
  await clock.set(due.dueAt);
  const claims = await store.claimDue({ owner: "another", now: clock.now(), length: HOUR }, 9);
  const claim = claims.find(({ nudge }) => nudge.id === due.id)!;
  if (Object.keys(change).length > 0) await store.changeStanding(R1, change, "another process", clock.now());
  const context = { ...running.context(), program: { ...PROGRAM, ...over } };
  const reason = await reasonToHold(context, claim, await store.standing(R1));
  await store.close(claim, "withdrawn", reason!, clock.now());
  return attune;
}

/** From r1's goal on, messages fail like this, until a moment if one is given. */
async function failing(trouble: Trouble, until = `${DAY}T23:00`, lookup = true): Promise<Flow> {
  let isFailing = false;
  const attune = await agreed({
    messenger: { supports: { lookup }, trouble: () => (isFailing ? trouble : undefined) },
  });
  isFailing = true;
  await attune.until(until);
  isFailing = false;
  await attune.until(`${DAY}T16:00`);
  return attune;
}

/** What makes each of them come about; or which sentence stands in its place, where the reason is nobody's to know. */
const COMES_ABOUT: Readonly<Record<NudgeReason, () => Promise<Stored & AsyncDisposable>>> = {
  stopped: async () => heldAt(await agreed(), { stopped: true }),
  paused: async () => heldAt(await agreed(), { pausedUntil: local("2026-12-20T00:00") }),
  "back-off": async () => {
    const attune = await agreed({
      roster: rosterOf([`r1 2026-11-30T08:00 2026-11-30T17:00`, `r1 ${SHIFT}`, `a1 ${SHIFT}`]),
    });
    return heldAt(attune, {}, { policy: { ...PROGRAM.policy, backOff: { after: 0, pause: 48 * HOUR } } });
  },
  "month-cap": async () => heldAt(await agreed(), {}, { policy: { ...PROGRAM.policy, asksPerMonth: 0 } }),
  unasked: async () => {
    const program = programOf({ policy: { asksPerMonth: 0 } });
    const attune = await agreed({ program });
    await attune.phone("r1").says("goal");
    return attune;
  },
  agreed: async () => {
    const attune = await flow({ program: PROGRAM, roster: BOTH, start: "2026-11-28T00:00" });
    return heldAt(attune, { consent: "given" }, {}, "consent").then(on("2026-11-29"));
  },
  "asked-elsewhere": async () => {
    const program = (name: typeof NORTH | typeof SOUTH): Program => ({
      ...programOf(),
      id: name,
      people: [someone("r1", { accounts: { memory: "U" } }), someone("a1", { accounts: { memory: name } })],
    });
    const two = await twoPrograms([program(NORTH), program(SOUTH)]);
    await two.until(`${DAY}T07:46`);
    for (const [name, store] of Object.entries(two.stores)) {
      const asked = await store.nudgeAbout("consent", R1, "taking-part");
      if (asked?.reason === ASKED_ELSEWHERE)
        return {
          store,
          clock: two.clock,
          program: program(name as typeof NORTH),
          on: "2026-11-29",
          [Symbol.asyncDispose]: () => two[Symbol.asyncDispose](),
        };
    }
    throw new Error("Both have asked.");
  },
  "consent-open": async () => {
    const attune = await flow({ program: PROGRAM, roster: BOTH, start: "2026-11-28T00:00" });
    await attune.until(`${DAY}T09:00`);
    return attune;
  },
  late: () => failing("unavailable", `${DAY}T11:05`),
  "nothing-to-ask": async () => {
    const attune = await agreed();
    const gone = { kind: "shift-goal", person: R1, subject: "r1@gone" } as const;
    const times = { dueAt: local(`${DAY}T07:40`), expiresAt: local(`${DAY}T17:00`) };
    await attune.store.plan([{ ...gone, ...times }], attune.clock.now(), { people: new Set([R1]) });
    await attune.until(`${DAY}T07:42`);
    return attune;
  },
  roster: async () => {
    const attune = await agreed();
    await attune.publishes(rosterOf([`a1 ${SHIFT}`]));
    return attune;
  },
  "left-program": async () => {
    const attune = await agreed();
    const program = programOf({ people: ["a1"] });
    await attune.reopens(program, BOTH);
    return { ...handed(attune), program };
  },
  "no-address": async () => {
    const program = { ...PROGRAM, people: [someone("r1", { accounts: {} }), someone("a1")] };
    const attune = await flow({ program, roster: BOTH, start: "2026-11-28T00:00" });
    await attune.until(`${DAY}T09:00`);
    return { ...handed(attune), program, on: "2026-11-29" };
  },
  unreachable: () => failing("unreachable"),
  rejected: () => failing("rejected"),
  gone: () => failing("gone"),
  config: () => failing("config"),
  ambiguous: () => failing("lost", `${DAY}T07:50`, false),
  recalled: async () => {
    const attune = await agreed();
    await attune.until(`${DAY}T07:50`);
    await attune.publishes(rosterOf([`a1 ${SHIFT}`]));
    return attune;
  },
  // Whether both have answered is theirs to know: nothing is told of that message, whatever became of it.
  "day-cap": () => agreed(),
  "week-cap": () => agreed(),
};

const handed = (attune: Flow): Stored & AsyncDisposable => ({
  store: attune.store,
  clock: attune.clock,
  [Symbol.asyncDispose]: () => attune[Symbol.asyncDispose](),
});

const on =
  (day: string) =>
  (attune: Flow): Stored & AsyncDisposable => ({ ...handed(attune), on: day });

/** What was sent stands in the chat, also once it is recalled. */
const TOLD_AS: Readonly<Partial<Record<NudgeReason, "shown" | "ahead">>> = {
  recalled: "shown",
  "day-cap": "ahead",
  "week-cap": "ahead",
};

describe("why says in both languages", () => {
  it.each(Object.entries(COMES_ABOUT))("what became of a message: %s", async (reason, comesAbout) => {
    await using stored = await comesAbout();
    const { store, clock, program = PROGRAM, on: day = DAY } = stored;
    const kept = (await store.nudgesOf(R1, local("2026-11-28T00:00"), local("2026-12-03T00:00"))).map(
      (one) => one.reason,
    );

    for (const language of LOCALES) {
      const { why } = CATALOGUES[language];
      const told = TOLD_AS[reason as NudgeReason];
      const sentence = told === undefined ? why.reasons[reason as NudgeReason] : why.fates[told];
      const lines = await whyLines({ program, store, now: clock.now() }, "r1", { on: day, language });

      expect(told === "ahead" ? [reason] : kept).toContain(reason);
      expect(lines.join("\n")).toContain(sentence);
    }
  });

  it("what to do, or that nothing is to be done, in one sentence for each", () => {
    for (const { why } of Object.values(CATALOGUES))
      for (const text of [...Object.values(why.reasons), ...Object.values(why.absent)]) {
        // What became of it; what comes next.
        expect(text).toMatch(/^.+?[:：].+[;,。、].+$/u);
        expect(text).not.toMatch(/[.!]$/u);
      }
  });

  it("that somebody who said stop, or paused, did so, and not that the roster has changed", async () => {
    for (const [said, wish] of [
      ["stop", "stopped"],
      ["pause until 2026-12-20", "paused"],
    ] as const) {
      await using attune = await agreed();
      await attune.phone("r1").says(said);
      await attune.until(`${DAY}T09:00`);

      const lines = await whyLines({ program: PROGRAM, store: attune.store, now: attune.clock.now() }, "r1", {
        on: DAY,
        language: "en",
      });

      expect(lines.join("\n")).toContain(CATALOGUES.en.why.reasons[wish]);
      expect(lines.join("\n")).not.toContain(CATALOGUES.en.why.reasons.roster);
    }
  });
});
