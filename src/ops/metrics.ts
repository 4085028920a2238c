import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";
import { itemOf } from "../domain/forms.ts";
import type { Meters } from "../ports/meters.ts";
import type { Store } from "../ports/store.ts";

/** What Prometheus reads, and how it comes to be counted. */
export interface Metrics {
  readonly meters: Meters;
  /** The same store, with every reply that it keeps counted. */
  counting<Kept extends Store>(store: Kept): Kept;
  /** Nudges that went out since the start. */
  sent(): number;
  /** The figures as Prometheus reads them. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** Numbers by kind, state, component or code: never by person. Nudges by state are counted in `store` at each reading. */
export function createMetrics(store: Pick<Store, "nudgeCounts">): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const nudges = new Gauge({
    name: "attune_nudges",
    help: "Nudges in the store, by kind and state",
    labelNames: ["kind", "state"],
    registers,
    async collect() {
      const counts = await store.nudgeCounts();
      nudges.reset();
      for (const { kind, state, count } of counts) nudges.set({ kind, state }, count);
    },
  });
  const lateness = new Histogram({
    name: "attune_nudge_lateness_seconds",
    help: "How long after it was due a nudge went out",
    labelNames: ["kind"],
    buckets: [1, 5, 15, 30, 60, 90, 120, 300, 900, 3_600],
    registers,
  });
  const ticks = new Histogram({
    name: "attune_tick_duration_seconds",
    help: "How long a beat of the engine took",
    buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 1, 5, 30, 60, 300],
    registers,
  });
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers });
  const replies = counter("attune_replies_total", "Answers kept, by item component", "component");
  const acts = counter("attune_acts_total", "What people did, and what came of it", "act", "outcome");
  const refusals = counter("attune_refusals_total", "Acts that were not taken, by reason", "reason");
  const errors = counter("attune_errors_total", "Failures, by error code", "code");

  let sent = 0;
  return {
    meters: {
      sent(kind, milliseconds) {
        sent += 1;
        lateness.observe({ kind }, milliseconds / 1_000);
      },
      failed: (code) => errors.inc({ code }),
      ticked: (milliseconds) => ticks.observe(milliseconds / 1_000),
      handled(act, outcome) {
        acts.inc({ act, outcome });
        if (outcome !== "card" && outcome !== "none") refusals.inc({ reason: outcome });
      },
    },

    counting: (kept) => ({
      ...kept,
      async record(recording) {
        const recorded = await kept.record(recording);
        if (recorded === "recorded") {
          for (const { item } of recording.replies)
            replies.inc({ component: itemOf(item)?.component ?? "other" });
        }
        return recorded;
      },
    }),

    sent: () => sent,
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
