import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { milliseconds, query, type Query } from "./promql.ts";
import { keyOf, type Recorded } from "./series.ts";

/** A rule of ops/alerts.yaml. */
export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly runbook: string };
}

export function alertRules(): readonly AlertRule[] {
  const { groups } = parse(readFileSync("ops/alerts.yaml", "utf8")) as {
    readonly groups: readonly { readonly rules: readonly AlertRule[] }[];
  };
  return groups.flatMap(({ rules }) => rules);
}

/** Looks at the rules as Prometheus does, one moment after the other. */
export interface Watch {
  /** The names of the alerts that fire at this moment. */
  look(recorded: Recorded, at: number): readonly string[];
}

export function watchRules(): Watch {
  const rules = alertRules().map((rule) => ({
    name: rule.alert,
    holds: query(rule.expr),
    patience: rule.for === undefined ? 0 : milliseconds(rule.for),
    since: new Map<string, number>(),
  }));
  return {
    look: (recorded, at) => rules.filter((rule) => fires(rule, recorded, at)).map(({ name }) => name),
  };
}

function fires(
  rule: { readonly holds: Query; readonly patience: number; readonly since: Map<string, number> },
  recorded: Recorded,
  at: number,
): boolean {
  const found = new Set(rule.holds(recorded, at).map(({ labels }) => keyOf(labels)));
  for (const key of rule.since.keys()) if (!found.has(key)) rule.since.delete(key);
  for (const key of found) if (!rule.since.has(key)) rule.since.set(key, at);
  return [...rule.since.values()].some((since) => at - since >= rule.patience);
}
