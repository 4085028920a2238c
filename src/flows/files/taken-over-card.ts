import type { Block, Card } from "#src/card/card.ts";
import { act } from "#src/card/act.ts";
import { PEOPLE, rosterNameOf, UNDO, type FileId } from "#src/domain/files.ts";
import type { Nudge } from "#src/domain/nudge.ts";
import type { Person } from "#src/domain/person.ts";
import { later } from "#src/domain/time.ts";
import type { FileCounts } from "#src/ports/file-desk.ts";
import type { Words } from "#src/words/words.ts";
import { doubtBlocks } from "../digests/roster-card.ts";
import type { Context } from "../context.ts";
import { notice } from "../notice.ts";
import { fileTap, whoApplied } from "./file-parts.ts";

/**
 * For coordinators: a file that an operator put in its place counts instead of one of theirs; since when, what it changed, and how it is
 * taken back. Undefined where it is not sent any more: another version counts by now, or its reader coordinates the program no more.
 */
export async function takenOverCard(
  context: Context,
  nudge: Nudge,
  { roles }: Person,
  words: Words,
): Promise<Card | undefined> {
  const { store, files: desk, now } = context;
  const { files: say, buttons, roster, people } = words.say;
  const file = await store.keptFile(nudge.subject as FileId);
  const [newest, before] = file === undefined ? [] : await store.filesOf(file.part);
  const isStill = newest?.id === file?.id && roles.includes("coordinator");
  if (nudge.sentAt === undefined && !isStill) return undefined;
  if (file === undefined || before === undefined) return notice(words, say.gone);
  if (!isStill) return notice(words, say.notNewest(whoApplied(context, words, newest!)));
  const what = rosterNameOf(file.part) ?? say.people;
  const counts = await desk?.counts(file, before);
  const text = say.takenOver(what, file.about.name, words.format.moment(file.at));
  return {
    locale: words.locale,
    notification: text,
    blocks: [
      { type: "text", text },
      ...(counts === undefined ? [] : [countsBlock(counts, words)]),
      ...(file.part === PEOPLE ? [] : doubtBlocks(context, words)),
      { type: "text", text: say.countedBefore(whoApplied(context, words, before)), tone: "quiet" },
      {
        type: "actions",
        actions: [
          ...(later(file.at, UNDO) < now
            ? []
            : [{ label: buttons.undo, act: fileTap(file.id, "undo", ""), style: "quiet" as const }]),
          file.part === PEOPLE
            ? { label: people.title, act: act({ verb: "say", command: "people" }), style: "quiet" }
            : { label: roster.whole, act: act({ verb: "say", command: "roster" }), style: "quiet" },
        ],
      },
    ],
  };
}

function countsBlock(counts: FileCounts, { say: { files: say }, format }: Words): Block {
  if (counts.kind === "mistakes") return { type: "text", text: say.hasMistakes, tone: "strong" };
  const texts =
    counts.kind === "roster"
      ? [
          ...some(counts.added, say.countNew),
          ...some(counts.removed, say.countOff),
          ...some(counts.moved, say.countMoved),
        ]
      : [
          ...some(counts.joined, say.countJoined),
          ...some(counts.left, say.countLeft),
          ...some(counts.changed, say.countChanged),
        ];
  return { type: "text", text: say.itChanged(texts.length === 0 ? undefined : format.list(texts)) };
}

const some = (count: number, text: (count: number) => string): readonly string[] =>
  count === 0 ? [] : [text(count)];
