import { expect, it } from "vitest";
import { plain } from "#src/card/plain.ts";
import { PEOPLE, UNDO, type FileId } from "#src/domain/files.ts";
import type { Nudge } from "#src/domain/nudge.ts";
import { instant } from "#src/domain/time.ts";
import type { Context } from "#src/flows/context.ts";
import { takenOverCard } from "#src/flows/files/taken-over-card.ts";
import type { KeptFile } from "#src/ports/files.ts";
import { wordsFor } from "#src/words/words.ts";
import { local, programOf, someone } from "#test/support/programs.ts";

const AT = local("2026-12-01T10:00");
const words = wordsFor("en", programOf());

/** A list of people, in force since ten o'clock or before. */
const version = (id: string): KeptFile => ({
  id: id as FileId,
  part: PEOPLE,
  at: AT,
  why: "file",
  about: { name: `${id}.csv`, fingerprint: id },
  place: 2,
});

/** What a coordinator reads of the newest of these versions, so long after it came in force. */
async function reads(after: number, ...versions: readonly KeptFile[]): Promise<string> {
  const store = { keptFile: async () => versions[0], filesOf: async () => versions };
  const context = { store, now: instant(AT + after), person: () => undefined } as unknown as Context;
  const nudge = { subject: "new", sentAt: AT } as unknown as Nudge;
  return plain((await takenOverCard(context, nudge, someone("c1"), words))!);
}

it.each([
  ["to the very moment", UNDO, true],
  ["and no longer", UNDO + 1, false],
])("a file that has taken over can be taken back for a week %s", async (_, after, canUndo) => {
  const card = await reads(after, version("new"), version("old"));

  expect(card).toContain("old.csv");
  expect(card.includes(`[${words.say.buttons.undo}]`)).toBe(canUndo);
});

it("a file before which there was none has taken over from nothing", async () => {
  expect(await reads(0, version("new"))).toBe(words.say.files.gone);
});
