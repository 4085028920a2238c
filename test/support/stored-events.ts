import type { Key } from "#db/keys/keys.ts";
import { sealedTexts } from "#db/store/people.ts";

export interface SealedEvent {
  readonly program: string;
  readonly sealed: string;
}

/** Which events an inbox has kept. */
export const storedEvents = (rows: readonly SealedEvent[], masterKey: Key): ReadonlySet<string> =>
  new Set(rows.map(({ program, sealed }) => sealedTexts({ program, masterKey }).event.open(sealed)));
