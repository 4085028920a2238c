import { rosterOf } from "./programs.ts";
import type { Flow } from "./attune.ts";
import type { Roster } from "#src/domain/roster.ts";

/** These people on duty together from 08:00 to 17:00 on these days of December 2026. */
export const together = (people: readonly string[], days: readonly string[]): Roster =>
  rosterOf(days.flatMap((day) => people.map((id) => `${id} 2026-12-${day}T08:00 2026-12-${day}T17:00`)));

/** Taps these answers one after the other, each on the newest message that offers it. */
export async function taps(attune: Flow, id: string, labels: readonly string[]): Promise<void> {
  for (const label of labels) await attune.phone(id).taps(label);
}
