import { Registry, collectDefaultMetrics } from "prom-client";
import { countInto, type Counting } from "./counters.ts";
import { gaugeDatabase, gaugeOutside, gaugePrograms, type GaugeDeps } from "./gauges.ts";

/** The metrics for Prometheus, and what counts them. */
export interface Metrics extends Counting {
  /** The figures in Prometheus' text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

/**
 * Counts by kind, state, component or code. Never by person. Never by program either: a process with 500 programs would have 500
 * times as many series. `/healthz` names programs in trouble.
 */
export function createMetrics(deps: GaugeDeps): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const { counting, lookIntoDatabase } = ownMetrics(registry, deps);
  return {
    ...counting,
    async text() {
      await lookIntoDatabase();
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}

function ownMetrics(registry: Registry, deps: GaugeDeps) {
  const registers = [registry];
  const lookIntoDatabase = gaugeDatabase(registers, deps);
  gaugePrograms(registers, deps.programs);
  gaugeOutside(registers, deps);
  return { counting: countInto(registers), lookIntoDatabase };
}

/** The names of all metrics of Attune's own that are there from the start. */
export function metricNames(): readonly string[] {
  const registry = new Registry();
  ownMetrics(registry, { nudgeCounts: async () => [], programs: () => [] });
  return registry.getMetricsAsArray().map(({ name }) => name);
}
