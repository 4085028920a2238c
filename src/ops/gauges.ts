import { setTimeout as sleep } from "node:timers/promises";
import { Gauge, type GaugeConfiguration, type Registry } from "prom-client";
import { NUDGE_KINDS, rulesOf } from "../domain/nudge.ts";
import { SECOND } from "../domain/time.ts";
import { PLATFORM_TROUBLES, type PlatformTrouble } from "../ports/platform.ts";
import type { Store } from "../ports/store.ts";
import { isSilent, type ProgramStanding } from "./health.ts";

/** What the database knows besides its nudges. */
export interface Kept {
  /** Seconds by which the newest answer, or message that is out, is ahead of the database's clock. Zero where none is. */
  readonly ahead: number;
  /** Seconds since the last `attune backup`; undefined where none was ever made. */
  readonly backup?: number;
}

/** What is read each time that Prometheus asks. The cost does not grow with what is stored. */
export interface GaugeDeps {
  /** Of every program; the same kind and state may come several times. */
  readonly nudgeCounts: () => ReturnType<Store["nudgeCounts"]>;
  readonly kept?: () => Promise<Kept>;
  readonly programs: () => readonly ProgramStanding[];
  /** Each configured platform, and what keeps it from doing its work. */
  readonly platforms?: () => Readonly<Record<string, PlatformTrouble | undefined>>;
  /** Milliseconds of a jump of the clock that is not believed yet. */
  readonly heldJump?: () => { readonly by: number } | undefined;
  /** Milliseconds that the database has to answer. */
  readonly patience?: number;
}

/** Milliseconds for the database to answer. Prometheus gives up after 10 seconds and then gets no figures at all. */
const PATIENCE = 5_000;

/** What is told of nudges. `waiting`: their people have yet to install Attune or to agree. */
const TOLD = ["claimed", "sending", "sent", "uncertain", "failed", "waiting"] as const;

/** The figures from the database. If it cannot be read, only that is reported: the other figures are needed then most. */
export function gaugeDatabase(
  registers: Registry[],
  { nudgeCounts, kept, patience = PATIENCE }: GaugeDeps,
): () => Promise<void> {
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  const isUp = gauge("attune_database_up", "Whether the database could be read just now");
  const nudges = new Gauge({
    name: "attune_nudges",
    help: "Nudges on their way or open, and those of the last day that failed or wait for their person, by kind and state",
    labelNames: ["kind", "state"],
    registers,
  });
  const ahead = gauge(
    "attune_moments_ahead_seconds",
    "By how much the newest stored moment is ahead of the clock",
  );
  // There only once a backup was made: who saves the database by the server's own ways makes none.
  let backup: Gauge | undefined;
  return async () => {
    const read = await Promise.race([
      Promise.all([nudgeCounts(), kept?.()]).catch(() => undefined),
      sleep(patience, undefined, { ref: false }),
    ]);
    isUp.set(read === undefined ? 0 : 1);
    nudges.reset();
    if (read === undefined) return;
    const [counts, found] = read;
    for (const kind of NUDGE_KINDS)
      if (rulesOf(kind).comesAnyway) for (const state of TOLD) nudges.set({ kind, state }, 0);
    for (const { kind, state, count } of counts)
      if (rulesOf(kind).comesAnyway) nudges.inc({ kind, state }, count);
    ahead.set(found?.ahead ?? 0);
    if (found?.backup === undefined) return;
    backup ??= gauge("attune_backup_age_seconds", "Seconds since the last attune backup");
    backup.set(found.backup);
  };
}

/** A gauge whose value is asked for at each scrape. */
const asked = (registers: Registry[], name: string, help: string, value: () => number) =>
  new Gauge({
    name,
    help,
    registers,
    collect() {
      this.set(value());
    },
  });

const labelled = <Label extends string>(options: GaugeConfiguration<Label>) => new Gauge(options);

/** How many programs there are, and how many have which trouble. */
export function gaugePrograms(registers: Registry[], programs: GaugeDeps["programs"]): void {
  const gauge = (name: string, help: string, is: (one: ProgramStanding) => boolean) =>
    asked(registers, name, help, () => programs().filter(is).length);
  gauge("attune_programs", "Programs that this process serves", () => true);
  gauge("attune_programs_silent", "Programs whose last beat is too long ago", (one) =>
    isSilent(one.lastBeat),
  );
  gauge("attune_programs_without_roster", "Programs with a roster's file that cannot be read", (one) =>
    one.troubles.some(({ of, doubt }) => of === undefined && doubt === undefined),
  );
  gauge("attune_programs_feed_failing", "Programs with a feed that cannot be had", (one) =>
    one.troubles.some(({ of }) => of === "feed"),
  );
  gauge("attune_programs_people_unread", "Programs whose people.csv is not followed", (one) =>
    one.troubles.some(({ of }) => of === "people"),
  );
  gauge(
    "attune_programs_in_doubt",
    "Programs with a change of the roster that waits for somebody to confirm it",
    (one) => one.troubles.some(({ doubt }) => doubt !== undefined),
  );
  gauge("attune_programs_over", "Programs whose rotations are all over", (one) => one.isOver === true);
  asked(registers, "attune_feed_age_seconds", "Seconds since the feed that was had longest ago was had", () =>
    Math.max(0, ...programs().map(({ feedAge }) => feedAge ?? 0)),
  );
}

/** What keeps platforms from their work, and whether a jump of the clock is held. */
export function gaugeOutside(registers: Registry[], { platforms, heldJump }: GaugeDeps): void {
  asked(
    registers,
    "attune_clock_held_seconds",
    "How large a jump of the clock is that is not believed yet; 0 without one",
    () => Math.abs(heldJump?.()?.by ?? 0) / SECOND,
  );
  const troubles = (): readonly (readonly [string, PlatformTrouble | undefined])[] =>
    Object.entries(platforms?.() ?? {});
  labelled({
    name: "attune_platform_trouble",
    help: "1 for what keeps a platform from its work just now",
    labelNames: ["platform", "trouble"],
    registers,
    collect() {
      for (const [platform, found] of troubles())
        for (const trouble of PLATFORM_TROUBLES) this.set({ platform, trouble }, trouble === found ? 1 : 0);
    },
  });
}
