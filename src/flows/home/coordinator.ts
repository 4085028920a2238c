import type { Block } from "#src/card/card.ts";
import type { Person } from "#src/domain/person.ts";
import { weekOf } from "#src/domain/time.ts";
import type { Words } from "#src/words/words.ts";
import type { Context } from "../context.ts";
import { uploadAction } from "../files/upload.ts";
import { programBlocks } from "../digests/coordinator-digest.ts";
import { spanOf } from "../digests/week-span.ts";

/** A coordinator's page: whether this week's messages arrive, and the program's figures. Nobody's answers. */
export async function coordinatorHome(
  context: Context,
  _reader: Person,
  words: Words,
): Promise<readonly Block[]> {
  const span = spanOf(context, weekOf(context.zone.dayOf(context.now)));
  return [
    ...(await programBlocks(context, words, span)),
    ...(context.files === undefined ? [] : [{ type: "actions" as const, actions: [uploadAction(words)] }]),
    { type: "visibility", text: words.say.coordinator.visible },
  ];
}
