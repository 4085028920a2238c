import type { Block } from "#src/card/card.ts";
import type { Person } from "#src/domain/person.ts";
import { weekOf } from "#src/domain/zone.ts";
import type { Words } from "#src/words/words.ts";
import { spanOf, weekNote } from "../digests/attending-digest.ts";
import { programBlocks } from "../digests/coordinator-digest.ts";
import type { Context } from "../context.ts";
import { rosterBlocks } from "../digests/roster-card.ts";

/** A coordinator's page: the program's figures, and whether this week's messages arrive. Nobody's answers. */
export async function coordinatorHome(
  context: Context,
  _reader: Person,
  words: Words,
): Promise<readonly Block[]> {
  const span = spanOf(context, weekOf(context.zone.dayOf(context.now)));
  return [
    { type: "text", text: `${words.say.home.program} · ${weekNote(words, span)}`, tone: "strong" },
    ...(await programBlocks(context, words, span)),
    ...rosterBlocks(context, words),
    { type: "visibility", text: words.say.coordinator.visible },
  ];
}
