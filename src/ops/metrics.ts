import { setTimeout as sleep } from "node:timers/promises";
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";
import { itemOf, type Component } from "../domain/forms.ts";
import { rulesOf } from "../domain/nudge.ts";
import { DISTRUST, type Call } from "../ports/callers.ts";
import type { Meters } from "../ports/meters.ts";
import type { Store } from "../ports/store.ts";
import { isSilent, type ProgramStanding } from "./health.ts";

/** The metrics for Prometheus, and what counts them. */
export interface Metrics {
  readonly meters: Meters;
  /** The same store. It counts every stored reply about strategy or trust. */
  counting<Counted extends Store>(store: Counted): Counted;
  /** Returns a function that counts requests to a platform's own address. Its series begin at 0 at once. */
  calls(platform: string): (call: Call) => void;
  /** How many nudges were sent since the start. */
  sent(): number;
  /** The figures in Prometheus' text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** What is read each time that Prometheus asks. */
export interface MetricsDeps {
  /** Of every program; the same kind and state may come several times. */
  readonly nudgeCounts: () => ReturnType<Store["nudgeCounts"]>;
  readonly programs: () => readonly ProgramStanding[];
  /** Milliseconds that the database has to answer. */
  readonly patience?: number;
}

/** Replies about goals and outcomes are not counted: if few people are on duty, one more would tell about a private goal. */
const COUNTED: ReadonlySet<Component | undefined> = new Set<Component>(["strategy", "trust"]);

/** Milliseconds for the database to answer. Prometheus gives up after 10 seconds and then gets no figures at all. */
const PATIENCE = 5_000;

/**
 * Counts by kind, state, component or code. Never by person. Never by program either: a process with 500 programs would have 500
 * times as many series. `/healthz` names programs in trouble.
 */
export function createMetrics(deps: MetricsDeps): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const lookIntoDatabase = gaugeDatabase(registers, deps);
  gaugePrograms(registers, deps.programs);
  const { lateness, beats } = timings(registers);
  const { replies, acts, refusals, errors, believed, refused } = counters(registers);

  let sent = 0;
  return {
    meters: {
      sent(kind, milliseconds) {
        sent += 1;
        if (milliseconds !== undefined) lateness.observe({ kind }, milliseconds / 1_000);
      },
      failed: (code) => errors.inc({ code }),
      beatEnded: (milliseconds) => beats.observe(milliseconds / 1_000),
      handled(act, outcome) {
        acts.inc({ act, outcome });
        if (outcome !== "card" && outcome !== "none") refusals.inc({ reason: outcome });
      },
    },

    counting: (store) => ({
      ...store,
      async record(recording) {
        const recorded = await store.record(recording);
        if (recorded === "recorded" || recorded === "moved") {
          for (const { item } of recording.replies) {
            const component = itemOf(item)?.component;
            if (component !== undefined && COUNTED.has(component)) replies.inc({ component });
          }
        }
        return recorded;
      },
    }),

    calls(platform) {
      believed.inc({ platform }, 0);
      for (const reason of DISTRUST) refused.inc({ platform, reason }, 0);
      return (call) =>
        call.isBelieved ? believed.inc({ platform }) : refused.inc({ platform, reason: call.why });
    },

    sent: () => sent,
    async text() {
      await lookIntoDatabase();
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}

function timings(registers: Registry[]) {
  const lateness = new Histogram({
    name: "attune_nudge_lateness_seconds",
    help: "How long after it was due a nudge went out",
    labelNames: ["kind"],
    buckets: [1, 5, 15, 30, 60, 90, 120, 300, 900, 3_600],
    registers,
  });
  const beats = new Histogram({
    name: "attune_beat_duration_seconds",
    help: "How long a beat of one program took",
    buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 1, 5, 30, 60, 300],
    registers,
  });
  return { lateness, beats };
}

function counters(registers: Registry[]) {
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers });
  const replies = counter(
    "attune_replies_total",
    "Answers about strategy and trust kept, by item component",
    "component",
  );
  const acts = counter(
    "attune_acts_total",
    "Homes that were opened, and acts that Attune could not take",
    "act",
    "outcome",
  );
  const refusals = counter("attune_refusals_total", "Acts that were not taken, by reason", "reason");
  const errors = counter("attune_errors_total", "Failures, by error code", "code");
  const believed = counter(
    "attune_requests_believed_total",
    "Requests to a platform's address that the platform has proved to be its own",
    "platform",
  );
  const refused = counter(
    "attune_requests_refused_total",
    "Requests to a platform's address that were not believed to be the platform's, by reason",
    "platform",
    "reason",
  );
  return { replies, acts, refusals, errors, believed, refused };
}

/** The figures from the database. If it cannot be read, only that is reported: the other figures are needed then most. */
function gaugeDatabase(
  registers: Registry[],
  { nudgeCounts, patience = PATIENCE }: MetricsDeps,
): () => Promise<void> {
  const isUp = new Gauge({
    name: "attune_database_up",
    help: "Whether the database could be read just now",
    registers,
  });
  const nudges = new Gauge({
    name: "attune_nudges",
    help: "Nudges on their way, open or failed, by kind and state, without looks back",
    labelNames: ["kind", "state"],
    registers,
  });
  return async () => {
    const counts = await Promise.race([
      nudgeCounts().catch(() => undefined),
      sleep(patience, undefined, { ref: false }),
    ]);
    isUp.set(counts === undefined ? 0 : 1);
    nudges.reset();
    const told = (counts ?? []).filter(({ kind }) => rulesOf(kind).comesAnyway);
    const nameOf = ({ kind, state }: (typeof told)[number]) => `${kind} ${state}`;
    for (const { kind, state, count } of told.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)))
      nudges.inc({ kind, state }, count);
  };
}

/** How many programs there are, and how many have which trouble. */
function gaugePrograms(registers: Registry[], programs: MetricsDeps["programs"]): void {
  const gauge = (name: string, help: string, is: (one: ProgramStanding) => boolean) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(programs().filter(is).length);
      },
    });
  gauge("attune_programs", "Programs that this process serves", () => true);
  gauge("attune_programs_silent", "Programs whose last beat is too long ago", (one) =>
    isSilent(one.lastBeat),
  );
  gauge(
    "attune_programs_without_roster",
    "Programs with a roster that cannot be had",
    (one) => one.troubles.length > 0,
  );
}
