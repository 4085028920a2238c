import type { z } from "zod";
import { programShape, type ProgramFile } from "./program-shape.ts";

type Settings = Record<string, unknown>;

/** Replaces a missing path. It is never opened. */
export const NO_PATH = "-";

/** Long past, so that nothing of a roster falls into it. */
const ROTATION = { name: "-", from: "1970-01-01", to: "1970-01-01" };
const ROSTER = { file: NO_PATH, format: "csv" };

const STAND_INS: Settings = {
  name: "-",
  timeZone: "UTC",
  locale: "en",
  rotations: [ROTATION],
  people: NO_PATH,
  roster: [ROSTER],
};

const ELEMENTS: Settings = { rotations: ROTATION, roster: ROSTER, goals: { id: "none", en: "-", ja: "-" } };

/**
 * Replaces what is wrong in a program.yaml by valid values, so that the rest of it, people.csv and the rosters can be checked in the
 * same run. Attune never starts with it. Positions in lists stay the same.
 */
export function salvaged(value: unknown, issues: readonly z.core.$ZodIssue[]): ProgramFile | undefined {
  const settings: Settings = isSettings(value) ? structuredClone(value) : {};
  for (const issue of issues) {
    const [key, index] = issue.path;
    const list = typeof key === "string" ? settings[key] : undefined;
    if (issue.code === "unrecognized_keys") drop(settings, issue.path, issue.keys);
    else if (typeof key === "string" && Array.isArray(list) && typeof index === "number")
      list[index] = ELEMENTS[key];
    else if (key === "policy") drop(settings, issue.path.slice(0, -1), issue.path.slice(-1));
    else if (typeof key === "string") delete settings[key];
  }
  return programShape.safeParse({ ...STAND_INS, ...settings }).data;
}

const isSettings = (value: unknown): value is Settings =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function drop(settings: Settings, path: readonly PropertyKey[], keys: readonly PropertyKey[]): void {
  let at: unknown = settings;
  for (const key of path) at = (at as Settings | undefined)?.[key as string];
  if (isSettings(at)) for (const key of keys) delete at[key as string];
}
