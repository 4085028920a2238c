import { Counter, Histogram, type Registry } from "prom-client";
import { itemOf, type Component } from "../domain/forms.ts";
import { NO_ADDRESS } from "../domain/nudge-life.ts";
import { NUDGE_KINDS, rulesOf } from "../domain/nudge.ts";
import { ERROR_CODES } from "../errors.ts";
import { DISTRUST, type Call } from "../ports/callers.ts";
import type { Inbound } from "../ports/inbound.ts";
import { COUNTED_REFUSALS, type Meters } from "../ports/meters.ts";
import type { Store } from "../ports/store.ts";

/** What is counted as it happens. */
export interface Counting {
  readonly meters: Meters;
  /** The same store. It counts every stored reply about strategy or trust. */
  counting<Counted extends Store>(store: Counted): Counted;
  /** Returns a function that counts requests to a platform's own address. */
  calls(platform: string): (call: Call) => void;
  /** How many nudges were sent since the start. */
  sent(): number;
}

/** Replies about goals and outcomes are not counted: if few people are on duty, one more would tell about a private goal. */
const COMPONENTS: readonly Component[] = ["strategy", "trust"];

const ACTS: Readonly<Record<Inbound["type"], true>> = {
  opened: true,
  said: true,
  edited: true,
  deleted: true,
  pressed: true,
  submitted: true,
  file: true,
};

/** Every series begins at 0: else the first of anything would be no increase. */
export function countInto(registers: Registry[]): Counting {
  const counters = countersIn(registers);
  const { lateness, beats } = timings(registers);
  fromZero(counters);
  let sent = 0;
  return {
    meters: {
      sent(kind, milliseconds) {
        sent += 1;
        if (milliseconds !== undefined) lateness.observe({ kind }, milliseconds / 1_000);
      },
      undelivered: (reason) => counters.undelivered.inc({ reason }),
      // A platform that asks for patience is at work, and so are we.
      failed: (code) => (code === "rate-limited" ? counters.paced.inc() : counters.errors.inc({ code })),
      beatEnded: (milliseconds) => beats.observe(milliseconds / 1_000),
      handled(act, outcome) {
        counters.acts.inc({ act, outcome });
        if (outcome !== "card" && outcome !== "none") counters.refusals.inc({ reason: outcome });
      },
    },

    counting: (store) => ({
      ...store,
      async record(recording) {
        const recorded = await store.record(recording);
        if (recorded === "recorded" || recorded === "moved") {
          for (const { item } of recording.replies) {
            const component = itemOf(item)?.component;
            if (component !== undefined && COMPONENTS.includes(component))
              counters.replies.inc({ component });
          }
        }
        return recorded;
      },
    }),

    calls(platform) {
      counters.believed.inc({ platform }, 0);
      for (const reason of DISTRUST) counters.refused.inc({ platform, reason }, 0);
      return (call) =>
        call.isBelieved
          ? counters.believed.inc({ platform })
          : counters.refused.inc({ platform, reason: call.why });
    },

    sent: () => sent,
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
  for (const kind of NUDGE_KINDS) if (rulesOf(kind).comesAnyway) lateness.zero({ kind });
  const beats = new Histogram({
    name: "attune_beat_duration_seconds",
    help: "How long a beat of one program took",
    buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 1, 5, 30, 60, 300],
    registers,
  });
  return { lateness, beats };
}

function countersIn(registers: Registry[]) {
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers });
  return {
    replies: counter("attune_replies_total", "Answers about strategy and trust that were kept", "component"),
    acts: counter("attune_acts_total", "Homes opened, and acts that were not taken", "act", "outcome"),
    refusals: counter("attune_refusals_total", "Acts that were not taken, by reason", "reason"),
    errors: counter("attune_errors_total", "Failures, by error code", "code"),
    paced: counter(
      "attune_paced_total",
      "Messages and edits that wait since their platform asked for patience",
    ),
    undelivered: counter(
      "attune_undelivered_total",
      "Messages that did not arrive, or may not have, and are not tried again",
      "reason",
    ),
    believed: counter(
      "attune_requests_believed_total",
      "Requests to a platform's address that the platform has proved to be its own",
      "platform",
    ),
    refused: counter(
      "attune_requests_refused_total",
      "Requests to a platform's address that were not believed to be the platform's, by reason",
      "platform",
      "reason",
    ),
  };
}

function fromZero({ replies, acts, refusals, errors, undelivered }: ReturnType<typeof countersIn>): void {
  for (const component of COMPONENTS) replies.inc({ component }, 0);
  for (const reason of COUNTED_REFUSALS) refusals.inc({ reason }, 0);
  acts.inc({ act: "opened", outcome: "card" }, 0);
  for (const act of Object.keys(ACTS)) for (const outcome of COUNTED_REFUSALS) acts.inc({ act, outcome }, 0);
  for (const code of [...ERROR_CODES, "bug"]) {
    if (code !== "rate-limited") errors.inc({ code }, 0);
  }
  for (const reason of [...ERROR_CODES, NO_ADDRESS]) undelivered.inc({ reason }, 0);
}
