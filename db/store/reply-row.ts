import { nudgeId } from "#src/domain/nudge.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { Reply } from "#src/domain/reply.ts";
import type { Key, Place } from "../keys.ts";
import type { Kept, Tables } from "../kept.ts";
import type { Steps } from "../statement.ts";
import { personKeys } from "./person-keys.ts";

export const replyColumns = ({ reply: t }: Tables) => ({
  nudge: t.nudge,
  person: t.person,
  about: t.about,
  occasion: t.occasion,
  item: t.item,
  value: t.value,
  words: t.words,
  text: t.text,
  at: t.at,
});

export type ReplyRow = Pick<Tables["reply"]["$inferSelect"], keyof ReturnType<typeof replyColumns>>;

type Sealed = Pick<ReplyRow, "nudge" | "person" | "occasion" | "item" | "at">;

/** Where a reply's words are sealed: they open as no other answer. */
export const wordsPlace = (program: string, { person, nudge, occasion, item, at }: Sealed): Place => ({
  table: "reply",
  row: JSON.stringify([program, person, nudge, occasion, item, at]),
  column: "words",
});

/** Rows as replies, their words opened with each person's key. */
export const openReplies = (kept: Kept) => {
  const keys = personKeys(kept);

  return function* (found: readonly ReplyRow[]): Steps<readonly Reply[]> {
    const opened = new Map<PersonId, Key | undefined>();
    for (const { person, words } of found) {
      if (words !== null && !opened.has(person)) opened.set(person, yield* keys.existing(person));
    }
    return found.map((row) => {
      const words =
        row.words && opened.get(row.person)?.open(row.words, wordsPlace(kept.program, row)).toString();
      return replyOf(row, row.text ? (words ?? null) : row.value);
    });
  };
};

const replyOf = (
  { nudge, person, about, occasion, item, text, at }: ReplyRow,
  value: string | null,
): Reply => ({
  nudge: nudgeId(nudge),
  person,
  ...(about === null ? {} : { about }),
  occasion,
  item,
  value,
  text,
  at,
});
