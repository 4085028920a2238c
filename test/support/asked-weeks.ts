import type { Nudge } from "#src/domain/nudge.ts";
import { personId } from "#src/domain/person.ts";
import { instant, type Instant } from "#src/domain/time.ts";
import { seeded } from "#src/simulation/random.ts";
import { en } from "#src/words/en.ts";
import { flow } from "./attune.ts";
import { ledgerOf } from "./privacy-ledger.ts";
import { programOf, rosterOf } from "./programs.ts";
import { takePart } from "./tongues.ts";
import { take } from "./turns.ts";

export const PEOPLE = ["r1", "r2", "a1", "a2"];
/** Three weeks over the end of a month. */
const DAYS = Array.from({ length: 21 }, (_, i) =>
  new Date(Date.UTC(2026, 11, 18 + i)).toISOString().slice(0, 10),
);
const HOURS = ["08:10", "13:10", "17:20", "22:20"];
const SPANS = ["08:00 17:00", "08:00 17:00", "13:00 22:00", undefined];
/** What somebody does at one of the hours. */
const DEEDS = ["nothing", "nothing", "nothing", "one answer", "all answers", "snooze"] as const;

/** A message that asked something: which, whether it was the first of this ask, and when. */
export interface Post {
  readonly nudge: Nudge;
  readonly isFirst: boolean;
  readonly at: Instant;
}

/** What came of three weeks, as the platform and the people saw it. */
export interface AskedWeeks {
  readonly posts: readonly Post[];
  readonly nudges: readonly Nudge[];
  /** Asks that the person has done anything about: half an answer is not silence. */
  readonly touched: ReadonlySet<number>;
  /** When somebody had answered an ask whole. */
  readonly wholes: readonly { readonly person: string; readonly at: Instant }[];
  /** How often each asked to be asked later. */
  readonly snoozes: ReadonlyMap<string, number>;
}

/** Lives through three weeks of random duty with the real bot and engine; `silent` people never do anything. */
export async function askedWeeks(
  seed: number,
  silent: readonly string[],
  policy: { readonly asksPerShift: number; readonly asksPerMonth: number },
): Promise<AskedWeeks> {
  const random = seeded(seed);
  const oneOf = <One>(all: readonly One[]): One => all[Math.floor(random() * all.length)]!;
  const roster = rosterOf(
    DAYS.flatMap((day) =>
      PEOPLE.flatMap((id) => {
        const span = oneOf(SPANS);
        return span === undefined ? [] : [`${id} ${span.replaceAll(/(?=\d\d:)/g, `${day}T`)}`];
      }),
    ),
  );
  const program = programOf({ people: PEOPLE, policy });
  await using attune = await flow({ program, roster, start: "2026-12-17T00:00" });
  await takePart(attune, en, PEOPLE);
  const ledger = ledgerOf(roster.assignments);
  const everyNudge = () => attune.store.nudgesDuring(instant(0), instant(Number.MAX_SAFE_INTEGER));
  const touched = new Set<number>();
  const whole = new Map<number, { person: string; at: Instant }>();
  const snoozes = new Map<string, number>();
  for (const [day, hour] of DAYS.flatMap((day) => HOURS.map((hour) => [day, hour]))) {
    await attune.until(`${day}T${hour}`);
    for (const [who, id] of PEOPLE.entries()) {
      const does = oneOf(DEEDS);
      if (does === "nothing" || silent.includes(id)) continue;
      const [open] = await attune.store.openNudges(personId(id), attune.clock.now());
      if (does === "snooze") {
        await attune.phone(id).says("snooze 20");
        if (open !== undefined) touched.add(open.id);
        snoozes.set(id, (snoozes.get(id) ?? 0) + 1);
        continue;
      }
      const turn = { who, does: "answers", seed, times: does === "one answer" ? 1 : 14 } as const;
      await take(attune, ledger, id, turn, { of: "nobody", items: new Set(), isOn: false });
      for (const one of await everyNudge())
        if (one.state === "answered" && !whole.has(one.id))
          whole.set(one.id, { person: one.person, at: attune.clock.now() });
    }
  }
  for (const id of PEOPLE)
    for (const { nudge } of (await attune.store.export(personId(id))).replies) touched.add(nudge);
  const nudges = await everyNudge();
  const posts = attune.cloud.deliveries.flatMap(({ type, key, at }): readonly Post[] => {
    const [, id, round] = /-(\d+)-(\d+)$/.exec(key) ?? [];
    const nudge = nudges.find((one) => one.id === Number(id) && !one.kind.endsWith("digest"));
    return type === "sent" && nudge !== undefined ? [{ nudge, isFirst: round === "0", at }] : [];
  });
  return { posts, nudges, touched, wholes: [...whole.values()], snoozes };
}
